package ekiden.mail.send.sendmail;

import ekiden.base.Sha256;
import ekiden.mail.profile.Send;
import java.nio.charset.StandardCharsets;

/**
 * Makes the envelope sender of a mail its own: by it the mail is found in the queue and in the log, and a bounce can be told from others. It follows from
 * the Message-ID, so that it is the same after a restart.
 */
final class SenderTag {
    private static final String BEGIN = "ek";
    private static final int LENGTH = 16;
    /** RFC 5321 §4.5.3.1.1, in bytes. */
    private static final int LONGEST_LOCAL = 64;

    private SenderTag() {}

    /** {@return the sender with its mark; as it is where it is empty, would become too long, or none is wanted} */
    static String tagged(String sender, String messageId, Send.Tag tag) {
        int at = sender.lastIndexOf('@');
        if (at <= 0 || sender.charAt(at - 1) == '"') {
            return sender;
        }
        String mark = BEGIN + Sha256.hex(messageId).substring(0, LENGTH);
        String local = sender.substring(0, at)
                + switch (tag) {
                    case PLUS -> "+" + mark;
                    case MINUS -> "-" + mark;
                    case NONE -> "";
                };
        return local.getBytes(StandardCharsets.UTF_8).length > LONGEST_LOCAL ? sender : local + sender.substring(at);
    }
}
