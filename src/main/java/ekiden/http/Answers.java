package ekiden.http;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.manager.ManagerMessage;
import ekiden.message.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Problems as answers: the status, and the words in the caller's language. Safe from any thread. */
final class Answers {
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;
    private static final Map<String, Integer> STATUS = statuses();

    private final Messages messages;

    Answers(Messages messages) {
        this.messages = messages;
    }

    private static Map<String, Integer> statuses() {
        Map<String, Integer> statuses = new HashMap<>();
        statuses.put(ManagerMessage.NO_UNIT.id(), NOT_FOUND);
        statuses.put(ManagerMessage.NO_RUN.id(), NOT_FOUND);
        statuses.put(ManagerMessage.NO_MAIL.id(), NOT_FOUND);
        statuses.put(ManagerMessage.NO_ALARM.id(), NOT_FOUND);
        statuses.put(ManagerMessage.NOT_QUARANTINED.id(), CONFLICT);
        statuses.put(ManagerMessage.RUN_ENDED.id(), CONFLICT);
        statuses.put(ManagerMessage.UNIT_BUSY.id(), CONFLICT);
        statuses.put(ManagerMessage.RUN_FORGOTTEN.id(), CONFLICT);
        statuses.put(ManagerMessage.RERUN_WHILE_KILLED.id(), CONFLICT);
        statuses.put(ManagerMessage.NOTHING_TO_RERUN.id(), CONFLICT);
        statuses.put(ManagerMessage.CANNOT_RERUN.id(), CONFLICT);
        statuses.put(ManagerMessage.RERUN_NEEDS_A_WORD.id(), CONFLICT);
        statuses.put(ManagerMessage.NOT_UNCERTAIN.id(), CONFLICT);
        statuses.put(ManagerMessage.TOO_MANY_ATTEMPTS.id(), CONFLICT);
        for (ApiMessage message : ApiMessage.values()) {
            statuses.put(message.id(), message.status());
        }
        return Map.copyOf(statuses);
    }

    /** The refusal that a problem of the manager becomes. */
    Refusal refusal(Problem problem) {
        Integer known = STATUS.get(problem.id());
        int status = known != null ? known : status(problem);
        return new Refusal(status, List.of(problem));
    }

    private int status(Problem problem) {
        boolean bug = messages.exit(problem.id()).orElse(ExitCode.USAGE) == ExitCode.INTERNAL;
        return switch (problem.kind()) {
            case RETRYABLE -> 503;
            case UNKNOWN -> 504;
            case PERMANENT, INFORMATION -> bug ? 500 : 400;
        };
    }

    Views.ProblemView view(Problem problem, Locale language) {
        return new Views.ProblemView(
                problem.id(),
                problem.kind(),
                problem.values(),
                words(problem, language),
                messages.cause(problem, language),
                messages.next(problem, language),
                messages.exit(problem.id()).map(ExitCode::code).orElse(null));
    }

    Views.@Nullable ProblemView viewOrNull(@Nullable Problem problem, Locale language) {
        return problem == null ? null : view(problem, language);
    }

    private String words(Problem problem, Locale language) {
        String line = messages.render(problem, language);
        return line.startsWith(problem.id() + " ") ? line.substring(problem.id().length() + 1) : line;
    }

    Response problems(Refusal refusal, Locale language) {
        List<Views.ProblemView> views = refusal.problems().stream()
                .map(problem -> view(problem, language))
                .toList();
        return new Response.Value(refusal.status(), new Views.Problems(views));
    }

    /** Whether a request with this answer may be sent again as it is. */
    static boolean retryable(Problem problem) {
        return problem.kind() == MessageId.Kind.RETRYABLE;
    }
}
