package ekiden.mail.receive;

import ekiden.base.Result;

/**
 * One folder of a mailbox at a server. Makes sessions; holds none itself. Safe from any thread.
 */
public interface Mailbox {
    /**
     * Connects, logs in and opens the folder, within the deadlines of its settings.
     *
     * @return the session, or why not: a problem of {@link ReceiveMessage}; retryable causes pass by themselves, permanent ones
     *     need a person
     */
    Result<MailboxSession> open();
}
