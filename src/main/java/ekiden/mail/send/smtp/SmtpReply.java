package ekiden.mail.send.smtp;

import ekiden.mail.connect.ServerWords;
import java.util.ArrayList;
import java.util.List;

/**
 * A reply (RFC 5321 §4.2).
 *
 * @param code 200 to 599
 * @param lines the text of each line, control characters replaced, at least one (possibly empty); for people there is {@link #text}
 * @param words those of the connection
 */
record SmtpReply(int code, List<String> lines, ServerWords words) {
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

    /** {@return the same with one more line, unless that is empty} */
    SmtpReply and(String line) {
        if (line.isEmpty()) {
            return this;
        }
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new SmtpReply(code, more, words);
    }

    /** {@return all lines as one, as it may stand in a message: cut, and with no secret of this connection in it} */
    String text() {
        return words.shown(String.join(" ", lines));
    }

    @Override
    public String toString() {
        return code + " " + text();
    }
}
