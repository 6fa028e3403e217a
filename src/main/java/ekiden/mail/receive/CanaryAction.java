package ekiden.mail.receive;

import ekiden.base.Problem;
import java.util.UUID;

/** What is to be done about a mailbox's canary. */
public sealed interface CanaryAction {
    /**
     * It is handed to the server.
     *
     * @param id which one
     */
    record Send(UUID id) implements CanaryAction {}

    /**
     * People hear that none can be sent.
     *
     * @param because why
     */
    record TellUnsent(Problem because) implements CanaryAction {}

    /** People hear that one was sent and did not arrive. */
    record TellOverdue() implements CanaryAction {}

    /** People hear that what they were told is over. */
    record AllClear() implements CanaryAction {}
}
