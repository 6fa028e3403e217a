package ekiden.http.client;

import java.util.List;
import java.util.Map;

/** What the API said. */
public sealed interface Answer {
    /**
     * It did what it was asked.
     *
     * @param status 200 to 299
     * @param headers in lower case
     * @param body the text; empty where the bytes were written elsewhere
     */
    record Good(int status, Map<String, String> headers, String body) implements Answer {}

    /**
     * It did not, or could not be asked.
     *
     * @param problems at least one
     */
    record Bad(List<ApiProblem> problems) implements Answer {
        /** Copies the list. */
        public Bad {
            problems = List.copyOf(problems);
        }
    }
}
