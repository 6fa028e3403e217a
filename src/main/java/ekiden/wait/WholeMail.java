package ekiden.wait;

import ekiden.mail.match.TestedMail;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.AttachedText;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.RawSource;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Whether a mail whose bytes are all here is one that is waited for. */
final class WholeMail {
    private WholeMail() {}

    /**
     * {@return whether it does}
     *
     * @throws IOException where attachments cannot be read now: that is not one that has missed
     */
    static boolean matches(WatchSet watch, Message message, RawSource raw) throws IOException {
        TestedMail mail = TestedMail.whole(message.summary(), message.text(), message.header(), raw.size());
        try {
            return !watch.matching(mail.withAttached(() -> attached(message, raw)))
                    .isEmpty();
        } catch (UncheckedIOException unread) {
            throw unread.getCause();
        }
    }

    private static String attached(Message message, RawSource raw) {
        try {
            return AttachedText.of(message, raw, MimeLimits.DEFAULT);
        } catch (IOException unread) {
            throw new UncheckedIOException(unread);
        }
    }
}
