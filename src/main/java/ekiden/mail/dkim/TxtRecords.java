package ekiden.mail.dkim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the keys of domains stand: the TXT records of the DNS. Implementations may be asked by many threads and answer within a deadline of theirs. */
@FunctionalInterface
public interface TxtRecords {
    /** {@return what is known of a name} */
    Answer of(String name);

    /** {@return what is known of a name without a question, or null where that has to be asked} */
    default @Nullable Answer known(String name) {
        return null;
    }

    /** What was answered. */
    sealed interface Answer {
        /**
         * There are records.
         *
         * @param texts one for each record, its strings joined (RFC 6376 §3.6.2.2); never empty
         */
        record Found(List<String> texts) implements Answer {
            public Found {
                texts = List.copyOf(texts);
            }
        }

        /** The name is not there, or has no text: permanent. */
        record Absent() implements Answer {}

        /**
         * No answer for now: retryable.
         *
         * @param why for people
         */
        record Unavailable(String why) implements Answer {}
    }
}
