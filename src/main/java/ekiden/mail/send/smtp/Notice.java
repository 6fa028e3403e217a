package ekiden.mail.send.smtp;

import ekiden.mail.profile.Send;
import ekiden.mail.send.OutgoingMail;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of MAIL and RCPT that ask for a delivery status notification (RFC 3461): with the header of the mail only, under the Message-ID, so that
 * a bounce can be tied to its mail.
 *
 * @param wanted of what the sender wants to be told, at least one
 * @param messageId without angle brackets
 */
record Notice(Set<Send.Notify> wanted, String messageId) {
    /** RFC 3461 §4.4. */
    private static final int LONGEST_ENVELOPE_ID = 100;

    /** RFC 3461 §4.2. */
    private static final int LONGEST_ORIGINAL = 500;

    /** {@return what to ask for, or null where nobody wants it, or the server does not offer it} */
    static @Nullable Notice of(SmtpConnection connection, OutgoingMail mail) {
        Set<Send.Notify> wanted = connection.settings().notices();
        if (wanted.isEmpty() || !connection.extensions().has("DSN")) {
            return null;
        }
        String id = mail.messageId();
        boolean bracketed = id.startsWith("<") && id.endsWith(">");
        return new Notice(wanted, bracketed ? id.substring(1, id.length() - 1) : id);
    }

    String mail() {
        String id = xtext(messageId);
        return " RET=HDRS" + (id.isEmpty() || id.length() > LONGEST_ENVELOPE_ID ? "" : " ENVID=" + id);
    }

    /** @param path the recipient as RCPT has it */
    String recipient(String path) {
        String notify = wanted.stream()
                .map(one -> one.name().toUpperCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
        String original = xtext(path);
        boolean told = !original.isEmpty() && original.length() <= LONGEST_ORIGINAL;
        return " NOTIFY=" + notify + (told ? " ORCPT=rfc822;" + original : "");
    }

    /** RFC 3461 §4. {@return empty where there is no such form} */
    private static String xtext(String text) {
        StringBuilder written = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                return "";
            }
            if (b > ' ' && b < 0x7f && b != '+' && b != '=') {
                written.append((char) b);
            } else {
                written.append('+').append(String.format(Locale.ROOT, "%02X", (int) b));
            }
        }
        return written.toString();
    }
}
