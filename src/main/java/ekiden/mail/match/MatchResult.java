package ekiden.mail.match;

import java.util.List;

/** Whether a mail matched, and if not, why: for people. */
public sealed interface MatchResult {
    /** All lists that are not empty have an entry that the mail meets. */
    record Matched() implements MatchResult {}

    /**
     * At least one list has none.
     *
     * @param reasons the lists that failed, at least one
     */
    record NotMatched(List<Reason> reasons) implements MatchResult {
        /** Copies the list. */
        public NotMatched {
            reasons = List.copyOf(reasons);
        }
    }

    /** The lists of conditions. */
    enum Field {
        /** Senders. */
        FROM,
        /** Subjects. */
        SUBJECT,
        /** Body text. */
        TEXT,
        /** There is no condition at all; such a watch takes nothing. */
        NONE
    }

    /**
     * Why a list failed.
     *
     * @param field which list
     * @param seen the decoded value it was tested on, cut to {@value #MAX_SEEN} characters; mail content, so for the person who
     *     asks and never for logs
     */
    record Reason(Field field, String seen) {
        /** Characters of the value that are shown. */
        public static final int MAX_SEEN = 120;
    }
}
