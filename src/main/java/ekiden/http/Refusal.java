package ekiden.http;

import ekiden.base.Problem;
import java.util.List;

/** Ends a request with problems. Stays inside this package. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final transient List<Problem> problems;

    Refusal(int status, List<Problem> problems) {
        super(null, null, false, false);
        this.status = status;
        this.problems = List.copyOf(problems);
    }

    static Refusal of(ApiMessage message, Object... namesAndValues) {
        return new Refusal(message.status(), List.of(Problem.of(message, namesAndValues)));
    }

    int status() {
        return status;
    }

    List<Problem> problems() {
        return problems;
    }
}
