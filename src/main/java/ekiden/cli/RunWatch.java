package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.http.client.Answer;
import ekiden.http.client.ApiClient;
import ekiden.http.client.ApiProblem;
import ekiden.model.run.JobStatus;
import ekiden.model.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Follows a run to its end. A process that cannot be reached for a while, because it is started again, does not end the
 * command: the run goes on by itself.
 */
final class RunWatch {
    static final Duration AGAIN = Duration.ofSeconds(1);

    private static final Duration LOST_FOR = Duration.ofSeconds(60);
    private static final long LONGEST_POLL = 20;

    private final Session session;
    private final String run;
    private final @Nullable Duration timeout;
    private final boolean told;
    private long after;

    RunWatch(Session session, String run, @Nullable Duration timeout, boolean told) {
        this.session = session;
        this.run = run;
        this.timeout = timeout;
        this.told = told;
    }

    /** Waits for the end, tells events where asked to; the run's result is the command's. */
    ExitCode follow() {
        long begin = session.terminal().clock().nanos();
        boolean over = false;
        while (!over) {
            long left = left(begin);
            if (left <= 0) {
                throw Failure.of(CliMessage.STILL_RUNNING, "run", run, "timeout", seconds());
            }
            Data news = session.data(patiently(
                    "/events?after=" + after + "&wait=" + Math.clamp(left, 1, LONGEST_POLL),
                    Math.min(left, LONGEST_POLL)));
            news.list("events").forEach(this::tell);
            session.terminal().out().flush();
            over = news.flag("over");
        }
        Data end = session.data(patiently("", 0));
        if (session.json()) {
            session.print(end.json());
        } else {
            session.print(end.text("label") + "  " + end.text("statusText"));
            end.list("jobs").forEach(this::problem);
        }
        return RunResult.of(end);
    }

    private long seconds() {
        return timeout == null ? 0 : timeout.toSeconds();
    }

    private long left(long begin) {
        if (timeout == null) {
            return LONGEST_POLL;
        }
        long nanos = timeout.toNanos() - (session.terminal().clock().nanos() - begin);
        return nanos <= 0 ? 0 : Math.max(1, Duration.ofNanos(nanos).toSeconds());
    }

    private Answer patiently(String path, long wait) {
        long begin = session.terminal().clock().nanos();
        boolean said = false;
        while (true) {
            Answer answer = session.client().get("/runs/" + ApiClient.encode(run) + path, Duration.ofSeconds(wait));
            boolean lost = answer instanceof Answer.Bad(List<ApiProblem> problems) && away(problems.getFirst());
            boolean late = session.terminal().clock().nanos() - begin >= LOST_FOR.toNanos();
            if (!lost || late) {
                return answer;
            }
            if (!said) {
                said = true;
                session.tell(ekiden.base.Problem.of(CliMessage.TRYING_AGAIN, "seconds", LOST_FOR.toSeconds()));
            }
            if (!session.terminal().pause().pause(AGAIN)) {
                return answer;
            }
        }
    }

    /** Reading is safe to repeat, so it does not matter whether the request had arrived. */
    private static boolean away(ApiProblem problem) {
        Integer exit = problem.exit();
        return exit != null && (exit == ExitCode.NOT_REACHABLE.code() || exit == ExitCode.UNCERTAIN.code());
    }

    private void tell(Data event) {
        after = Math.max(after, event.number("sequence"));
        if (!told) {
            return;
        }
        if (session.json()) {
            session.print(event.json());
            return;
        }
        String job = event.text("job");
        session.print(session.time(event.maybe("at")) + "  " + (job.isEmpty() ? "" : job + "  ") + what(event));
    }

    private String what(Data event) {
        String words = session.word("event." + event.text("type"));
        return switch (event.text("type")) {
            case "RunEnded" -> words + " " + status(event.text("status"), false);
            case "JobEnded" -> words + " " + status(event.text("status"), true) + code(event);
            case "JobFilesChanged" -> words + why(event.inner("problem"));
            case "JobPutOff" -> words + " " + session.time(event.maybe("until")) + because(event.inner("problem"));
            case "JobTookMail" -> words + " " + event.text("claim").replaceAll("@.*", "");
            case "JobKillRequested" -> words + " (" + session.word("because." + event.text("because")) + ")";
            default -> words;
        };
    }

    private static String why(@Nullable Data problem) {
        return problem == null ? "" : " " + problem.text("id");
    }

    /** The problem behind the one that says when it goes on. */
    private static String because(@Nullable Data problem) {
        Data values = problem == null ? null : problem.inner("values");
        String id = values == null ? "" : values.text("because");
        return id.isEmpty() ? "" : " (" + id + ")";
    }

    private String code(Data event) {
        String code = event.maybe("exitCode");
        return code == null ? "" : " (" + session.word("event.code") + " " + code + ")";
    }

    private String status(String name, boolean job) {
        boolean japanese = session.language().equals(Locale.JAPANESE);
        try {
            if (job) {
                JobStatus status = JobStatus.valueOf(name);
                return japanese ? status.japanese() : status.english();
            }
            RunStatus status = RunStatus.valueOf(name);
            return japanese ? status.japanese() : status.english();
        } catch (IllegalArgumentException newer) {
            return name;
        }
    }

    private void problem(Data job) {
        Data problem = job.inner("problem");
        if (problem != null) {
            session.tell(problem);
        }
    }
}
