package ekiden.mail.receive.smtpd;

import java.util.Optional;

/**
 * {@code <…>} of MAIL and RCPT (RFC 5321 §4.1.2): the mailbox without brackets and source route, and what stands behind.
 *
 * @param mailbox empty for {@code <>}
 * @param rest the parameters, without the blanks before them
 */
record SmtpPath(String mailbox, String rest) {
    static Optional<SmtpPath> read(String text) {
        String path = text.stripLeading();
        if (!path.startsWith("<")) {
            return Optional.empty();
        }
        int end = closing(path);
        if (end < 0) {
            return Optional.empty();
        }
        String rest = path.substring(end + 1);
        if (!rest.isEmpty() && rest.charAt(0) != ' ') {
            return Optional.empty();
        }
        return withoutRoute(path.substring(1, end)).map(mailbox -> new SmtpPath(mailbox, rest.strip()));
    }

    /** The bracket that closes, which is not one inside a quoted local part. */
    private static int closing(String path) {
        boolean quoted = false;
        for (int i = 1; i < path.length(); i++) {
            char c = path.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == '>' && !quoted) {
                return i;
            }
        }
        return -1;
    }

    /** RFC 5321 §4.1.1.3: a route must be accepted and should be ignored. */
    private static Optional<String> withoutRoute(String path) {
        if (!path.startsWith("@")) {
            return Optional.of(path);
        }
        int colon = path.indexOf(':');
        return colon < 0 ? Optional.empty() : Optional.of(path.substring(colon + 1));
    }

    /** Local part and domain are there; a local part with blanks or brackets is quoted. */
    boolean isMailbox() {
        int at = mailbox.lastIndexOf('@');
        if (at < 1 || at == mailbox.length() - 1) {
            return false;
        }
        String local = mailbox.substring(0, at);
        String domain = mailbox.substring(at + 1);
        boolean quoted = local.length() > 1 && local.startsWith("\"") && local.endsWith("\"");
        return (quoted || plain(local)) && plain(domain);
    }

    boolean isAscii() {
        return mailbox.chars().allMatch(c -> c < 0x80);
    }

    private static boolean plain(String text) {
        return text.chars().noneMatch(c -> c <= ' ' || "<>()\",;\\".indexOf(c) >= 0);
    }
}
