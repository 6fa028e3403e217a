package ekiden.cli;

import ekiden.base.Problem;
import ekiden.http.client.ApiProblem;
import java.util.List;

/** Ends a command with problems. Stays inside this package. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient List<ApiProblem> problems;

    Failure(List<ApiProblem> problems) {
        super(null, null, false, false);
        this.problems = List.copyOf(problems);
    }

    static Failure of(CliMessage message, Object... namesAndValues) {
        return new Failure(List.of(own(message, namesAndValues)));
    }

    static ApiProblem own(CliMessage message, Object... namesAndValues) {
        Problem problem = Problem.of(message, namesAndValues);
        return new ApiProblem(problem, null, "", "", message.exit().code());
    }

    List<ApiProblem> problems() {
        return problems;
    }
}
