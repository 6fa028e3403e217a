package ekiden.agent;

import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.Wait;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** How a reader waits for a hint. The simulation waits in its own time. */
public interface ReaderWaits {
    /**
     * Waits; returns at once.
     *
     * @param session the open session
     * @param wait how long, and how often the server is asked meanwhile
     * @param later asked before each question: whether it is put off
     * @param ended called once, on another stack, when the wait ended
     */
    void await(MailboxSession session, Wait wait, BooleanSupplier later, Consumer<Result<MailboxSession.Woken>> ended);

    /**
     * A wait in which the server is asked many times is one of much sleeping and waking: on a thread of its own it costs a fraction, and
     * {@link ShortLooks} lets there be few of them at a time.
     *
     * @param tasks where the wait blocks
     * @return waits that block a task of their own
     */
    static ReaderWaits blocking(Tasks tasks) {
        return (session, wait, later, ended) -> {
            Runnable blocking = () -> ended.accept(session.await(wait, later));
            if (wait.asks()) {
                tasks.runApart("wait for mail", blocking);
            } else {
                tasks.run("wait for mail", blocking);
            }
        };
    }
}
