package ekiden.http.client;

import ekiden.base.Problem;
import org.jspecify.annotations.Nullable;

/**
 * A problem, with its words where the API gave them.
 *
 * @param problem what went wrong
 * @param text the words, or null where this process has to find them in its own catalogue
 * @param cause why that happens; may be empty
 * @param next what to do; may be empty
 * @param exit what a command ends with, or null where that is not known
 */
public record ApiProblem(
        Problem problem,
        @Nullable String text,
        String cause,
        String next,
        @Nullable Integer exit) {
    static ApiProblem own(ClientMessage message, Object... namesAndValues) {
        return new ApiProblem(
                Problem.of(message, namesAndValues),
                null,
                "",
                "",
                message.exit().code());
    }
}
