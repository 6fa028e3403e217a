package ekiden.mail.send.smtp;

import java.util.ArrayList;
import java.util.List;

/**
 * A reply (RFC 5321 §4.2).
 *
 * @param code 200 to 599
 * @param lines the text of each line, control characters replaced, at least one (possibly empty)
 */
record SmtpReply(int code, List<String> lines) {
    private static final int SHOWN = 300;

    SmtpReply {
        lines = List.copyOf(lines);
    }

    /** {@return whether the server did what it was asked to} */
    boolean positive() {
        return code < 300;
    }

    /** {@return whether the server asks for more} */
    boolean intermediate() {
        return code >= 300 && code < 400;
    }

    /** {@return the same without that text} */
    SmtpReply without(String secret) {
        return secret.isEmpty()
                ? this
                : new SmtpReply(
                        code,
                        lines.stream().map(line -> line.replace(secret, "…")).toList());
    }

    /** {@return the same with one more line, unless that is empty} */
    SmtpReply and(String line) {
        if (line.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new SmtpReply(code, more);
    }

    /** {@return all lines as one, cut at a length that fits a message} */
    String text() {
        String text = String.join(" ", lines).strip();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
    }
}
