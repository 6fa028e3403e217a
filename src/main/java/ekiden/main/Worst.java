package ekiden.main;

import ekiden.base.ExitCode;
import java.util.List;

/** Which of two ends a person must look at first. */
final class Worst {
    private static final List<ExitCode> ORDER = List.of(
            ExitCode.DONE,
            ExitCode.WARNING,
            ExitCode.TIMED_OUT,
            ExitCode.REFUSED,
            ExitCode.NOT_REACHABLE,
            ExitCode.BAD_MAIL,
            ExitCode.USAGE,
            ExitCode.SETTINGS,
            ExitCode.UNCERTAIN,
            ExitCode.STOPPED,
            ExitCode.INTERNAL);

    private Worst() {}

    static ExitCode of(ExitCode one, ExitCode other) {
        return ORDER.indexOf(one) >= ORDER.indexOf(other) ? one : other;
    }
}
