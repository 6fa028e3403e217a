package ekiden.agent;

import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.receive.MailboxSession;
import java.time.Duration;
import java.util.function.Consumer;

/** How a reader waits for a hint. The simulation waits in its own time. */
public interface ReaderWaits {
    /**
     * Waits; returns at once.
     *
     * @param session the open session
     * @param atMost how long
     * @param ended called once, on another stack, when the wait ended
     */
    void await(MailboxSession session, Duration atMost, Consumer<Result<MailboxSession.Woken>> ended);

    /**
     * @param tasks where the wait blocks
     * @return waits that block a task of their own
     */
    static ReaderWaits blocking(Tasks tasks) {
        return (session, atMost, ended) -> tasks.run("wait for mail", () -> ended.accept(session.await(atMost)));
    }
}
