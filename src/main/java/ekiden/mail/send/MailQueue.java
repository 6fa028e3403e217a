package ekiden.mail.send;

import ekiden.base.Problem;
import ekiden.mail.send.SendOutcome.Refusal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: the queue of the mail system of this machine, which takes mails before it sends them. Safe from any thread; may block for some seconds. */
public interface MailQueue {
    /**
     * A mail that was put there.
     *
     * @param sender its envelope sender
     * @param own whether no other mail has that sender
     * @param recipients its envelope recipients, at least one
     * @param messageId with angle brackets
     */
    record Entry(String sender, boolean own, List<String> recipients, String messageId) {
        /** Copies the list. */
        public Entry {
            recipients = List.copyOf(recipients);
        }
    }

    /** What is known of a mail. */
    sealed interface State {
        /**
         * It is there.
         *
         * @param id its queue id
         * @param reason why it has not left yet, one line; empty where none is given
         */
        record Waiting(String id, String reason) implements State {}

        /**
         * It has left the queue, and there is evidence for each recipient.
         *
         * @param id its queue id
         * @param reply what the next server said, one line; empty where everybody was refused
         * @param bounced who does not get it
         */
        record Left(String id, String reply, List<Refusal> bounced) implements State {
            /** Copies the list. */
            public Left {
                bounced = List.copyOf(bounced);
            }
        }

        /**
         * It is not there, and nothing shows that it left.
         *
         * @param id its queue id as far as it is known, or null
         */
        record NotSeen(@Nullable String id) implements State {}

        /**
         * Nothing can be known at present.
         *
         * @param problem why; of kind retryable where a later look may help
         */
        record Hidden(Problem problem) implements State {}
    }

    /**
     * Looks once.
     *
     * @param mail which
     * @return what is known of it now
     */
    State look(Entry mail);

    /** {@return how long a mail may stay there before that is told as its end} */
    Duration patience();

    /** {@return whether its mail system was asked to tell the sender of each delivery (RFC 3461: {@code NOTIFY=SUCCESS})} */
    default boolean tellsDelivery() {
        return false;
    }
}
