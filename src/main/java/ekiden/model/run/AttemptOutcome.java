package ekiden.model.run;

import ekiden.base.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an attempt ended. */
public sealed interface AttemptOutcome {
    /**
     * The command ended by itself.
     *
     * @param code its exit code, 0 to 255; 128 + n when signal n ended it
     */
    record Exited(int code) implements AttemptOutcome {}

    /** It was killed because that was asked for. */
    record Killed() implements AttemptOutcome {}

    /**
     * It is sure that the program did not run.
     *
     * @param problem why
     * @param again whether another attempt can help
     */
    record NotStarted(Problem problem, boolean again) implements AttemptOutcome {}

    /**
     * Whether or how it ended cannot be known.
     *
     * @param problem what is known
     */
    record Unknown(Problem problem) implements AttemptOutcome {}

    /**
     * A server accepted the mail for at least one recipient.
     *
     * @param reply the server's words
     * @param refused recipients it refused, with its answer
     * @param note what people should know of how it was written, or null
     */
    record Sent(
            String reply, List<Refusal> refused, @Nullable Problem note) implements AttemptOutcome {
        /** Copies the list. */
        public Sent {
            refused = List.copyOf(refused);
        }

        /**
         * With nothing to say of how it was written.
         *
         * @param reply the server's words
         * @param refused recipients it refused, with its answer
         */
        public Sent(String reply, List<Refusal> refused) {
            this(reply, refused, null);
        }
    }

    /**
     * A recipient that was refused.
     *
     * @param recipient the address
     * @param answer the server's code and text
     */
    record Refusal(String recipient, String answer) {}

    /**
     * Nobody got the mail.
     *
     * @param problem why
     * @param refused recipients refused, with the server's answer
     */
    record NotSent(Problem problem, List<Refusal> refused) implements AttemptOutcome {
        /** Copies the list. */
        public NotSent {
            refused = List.copyOf(refused);
        }
    }

    /**
     * The connection was lost after the end of the data.
     *
     * @param problem what is known
     * @param reply the server's words, or null
     */
    record Uncertain(Problem problem, @Nullable String reply) implements AttemptOutcome {}
}
