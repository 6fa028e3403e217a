package ekiden.mail.send;

import ekiden.model.definition.IfRefused;
import org.jspecify.annotations.Nullable;

/**
 * Hands a mail to a mail system. Blocks, bounded by the deadlines of the adapter's settings; meant for a virtual thread,
 * where an interrupt drops the connection. Safe from any thread.
 *
 * <p>The rules every implementation keeps (see {@code MailSenderContract}): {@link SendProgress#endingData} is asked once,
 * after the whole content is with the server and before it may count as sent; before that, nothing can have been delivered.
 * A mail is submitted once per call: repeating is the caller's decision, with the same Message-ID.
 */
public interface MailSender {
    /**
     * Submits a mail.
     *
     * @param mail what to send, and to whom
     * @param progress asked before the point of no return
     * @return what became of it; never null, and no failure of mail system, network or content leaves as an exception
     */
    SendOutcome submit(OutgoingMail mail, SendProgress progress);

    /** {@return how many mails it takes at the same time, 1 or more; further ones wait in {@link #submit} for their turn} */
    default int atOnce() {
        return 1;
    }

    /**
     * @param rule whether some get a mail where others are refused
     * @return the same sender, which sends every mail under that rule
     */
    default MailSender under(IfRefused rule) {
        MailSender same = this;
        return new MailSender() {
            @Override
            public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
                return same.submit(mail.with(rule), progress);
            }

            @Override
            public int atOnce() {
                return same.atOnce();
            }

            @Override
            public @Nullable MailQueue queue() {
                return same.queue();
            }
        };
    }

    /** {@return where a mail stands that it answered with {@link SendOutcome.Queued}, or null where it never does} */
    default @Nullable MailQueue queue() {
        return null;
    }
}
