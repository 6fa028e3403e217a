package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.http.client.ApiClient;
import ekiden.model.run.JobStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code ekiden run rerun}: executes jobs once more that ended badly, and with them those that were given up because of them. A mail
 * whose acceptance cannot be known wants a word: {@code --resend} or {@code --assume-sent}.
 */
final class RerunCommand {
    private static final String AGAIN = "AGAIN";

    private RerunCommand() {}

    static Leaf rerun() {
        return new Leaf(
                "run rerun",
                List.of(Param.one("RUN"), Param.maybe("JOB")),
                List.of(
                        Opt.flag("--resend"),
                        Opt.flag("--assume-sent"),
                        Opt.flag("--wait"),
                        Opt.of("--timeout", "T"),
                        Opt.JSON,
                        Opt.HOME),
                RerunCommand::rerun);
    }

    private static ExitCode rerun(Arguments arguments, Session session) {
        Duration timeout = arguments.duration("--timeout");
        boolean wait = arguments.flag("--wait");
        if (timeout != null && !wait) {
            throw Failure.of(CliMessage.MISSING, "command", "ekiden run rerun", "missing", "--wait");
        }
        String how = how(arguments);
        String path = "/runs/" + ApiClient.encode(RunCommands.label(arguments.wanted(0, "RUN")));
        Data run = session.data(session.client().get(path));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("jobs", jobs(run, arguments.word(1), how));
        body.put("how", how);
        Data begun = session.data(session.client().post(path + "/rerun", body, Duration.ZERO));
        if (!session.json()) {
            session.print(begun.text("label") + "  " + begun.text("statusText"));
            session.terminal().out().flush();
        } else if (!wait) {
            session.print(begun.json());
        }
        return wait ? new RunWatch(session, run.text("id"), timeout, false).follow() : ExitCode.DONE;
    }

    private static String how(Arguments arguments) {
        arguments.notBoth("--resend", "--assume-sent");
        if (arguments.flag("--resend")) {
            return "RESEND";
        }
        return arguments.flag("--assume-sent") ? "ASSUME_SENT" : AGAIN;
    }

    /** The one that is named, or all that ended badly; where a word on uncertain mails is given, all of these. */
    private static List<Map<String, Object>> jobs(Data run, @Nullable String name, String how) {
        if (name != null) {
            return List.of(Map.of("job", name, "attempt", attempt(run, name)));
        }
        return run.list("jobs").stream()
                .filter(job -> meant(job, how))
                .map(job -> Map.<String, Object>of("job", job.text("name"), "attempt", job.number("attempt")))
                .toList();
    }

    private static long attempt(Data run, String name) {
        return run.list("jobs").stream()
                .filter(job -> job.text("name").equals(name))
                .mapToLong(job -> job.number("attempt"))
                .findFirst()
                .orElse(0);
    }

    /** The server decides; this only leaves out what it would refuse in any case. */
    private static boolean meant(Data job, String how) {
        String status = job.text("status");
        boolean uncertain = status.equals(JobStatus.UNCERTAIN.name());
        if (!how.equals(AGAIN)) {
            return uncertain;
        }
        try {
            JobStatus known = JobStatus.valueOf(status);
            return known.ended() && !known.good() && job.number("attempt") > 0;
        } catch (IllegalArgumentException newer) {
            return false;
        }
    }
}
