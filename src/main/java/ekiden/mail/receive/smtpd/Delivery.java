package ekiden.mail.receive.smtpd;

import ekiden.model.mail.RawMail;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Port: what the listener hands a mail to between the end of its bytes and the reply. */
@FunctionalInterface
public interface Delivery {
    /**
     * Takes a mail that is durable in the spool, with its first opening mark. From here on the entry is the receiver's: it
     * deletes the entry of a mail that nobody keeps, also after it has answered not now or never.
     *
     * <p>The listener waits {@link SmtpdLimits#delivery} at most, then tells the client 451 and forgets the answer; the
     * client's next try is the same mail ({@link SmtpdIdentity}) and has to be recognised. Called from many threads.
     *
     * @param envelope whom it is for
     * @param mail where its bytes are
     * @return one verdict for each recipient, in the order of the envelope
     */
    CompletableFuture<List<RecipientVerdict>> deliver(Envelope envelope, RawMail mail);
}
