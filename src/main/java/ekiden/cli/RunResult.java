package ekiden.cli;

import ekiden.base.ExitCode;
import java.util.List;

/**
 * What a run's end means for a command that waited for it: 0 ended normally, 1 with warning; otherwise the worst that is known
 * of its jobs: 5 something is uncertain or unknown, 3 something timed out, 4 anything else went wrong or was killed. Pure.
 */
final class RunResult {
    private static final int TIMED_OUT = ExitCode.TIMED_OUT.code();

    private RunResult() {}

    static ExitCode of(Data run) {
        return switch (run.text("status")) {
            case "ENDED_NORMALLY" -> ExitCode.DONE;
            case "ENDED_WITH_WARNING" -> ExitCode.WARNING;
            default -> bad(run.list("jobs"));
        };
    }

    private static ExitCode bad(List<Data> jobs) {
        boolean late = false;
        for (Data job : jobs) {
            String status = job.text("status");
            if (status.equals("UNCERTAIN") || status.equals("UNKNOWN")) {
                return ExitCode.UNCERTAIN;
            }
            boolean good = status.equals("ENDED_NORMALLY") || status.equals("ENDED_WITH_WARNING");
            Data problem = job.inner("problem");
            late |= !good && problem != null && problem.text("exit").equals(Integer.toString(TIMED_OUT));
        }
        return late ? ExitCode.TIMED_OUT : ExitCode.REFUSED;
    }
}
