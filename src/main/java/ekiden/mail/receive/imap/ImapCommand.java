package ekiden.mail.receive.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A command as it goes onto the wire: text, and strings that may need the form of a literal (RFC 3501 §4.3). */
final class ImapCommand {
    private final List<byte[]> literals = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    ImapCommand(String first) {
        text.append(first);
    }

    /** Words that are right as they are; never of a user. */
    ImapCommand words(String words) {
        text.append(words);
        return this;
    }

    /** A string of a user: quoted, or as a literal where it has what no quoted string may. */
    ImapCommand string(String value) {
        boolean quotable = value.chars().allMatch(c -> c >= ' ' && c < 0x7F) && value.length() < 1000;
        if (quotable) {
            text.append('"')
                    .append(value.replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
            return this;
        }
        literals.add(value.getBytes(StandardCharsets.UTF_8));
        texts.add(text.toString());
        text.setLength(0);
        return this;
    }

    /** Pieces of text: one more than there are literals. */
    List<String> texts() {
        List<String> all = new ArrayList<>(texts);
        all.add(text.toString());
        return all;
    }

    /** The literals between the pieces of text. */
    List<byte[]> literals() {
        return literals;
    }
}
