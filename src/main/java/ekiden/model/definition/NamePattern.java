package ekiden.model.definition;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a saved file or folder is named: text with values of the mail in braces, for example <code>{date}-{subject}</code>. A doubled brace stands
 * for itself. Pure: what a value is made of is for whoever fills it in.
 *
 * @param pieces text and values in turn
 * @param wrong the piece that cannot be, or null
 */
public record NamePattern(List<Piece> pieces, @Nullable String wrong) {
    /** The longest pattern of one name, in characters. */
    public static final int MAX_LENGTH = 200;

    /** Values of every mail that a job takes. */
    public static final Set<String> OF_MAIL = Set.of("subject", "from", "date", "time", "run", "job", "mail");

    /** Further values of an attachment: its number in the mail from 1, its declared name, that in two parts. */
    public static final Set<String> OF_ATTACHMENT =
            Set.of("subject", "from", "date", "time", "run", "job", "mail", "i", "name", "stem", "ext");

    /** How the names begin of what lies beside saved mails while it is being written. */
    private static final String OWN = ".ekiden-";

    /** Copies the list. */
    public NamePattern {
        pieces = List.copyOf(pieces);
    }

    /**
     * A piece of a name.
     *
     * @param text the text as it stands, or the name of the value
     * @param value whether it is a value
     */
    public record Piece(String text, boolean value) {}

    /**
     * Reads the pattern of one name.
     *
     * @param text what a user wrote; any
     * @param known the values there are
     * @return its pieces, or what is wrong with it
     */
    public static NamePattern of(String text, Set<String> known) {
        return text.length() > MAX_LENGTH ? wrong("1-" + MAX_LENGTH) : filled(text, known);
    }

    /**
     * Reads a pattern whose templates were filled: values of the run may be longer than what a user writes.
     *
     * @param text any
     * @param known the values there are
     * @return its pieces, or what is wrong with it
     */
    public static NamePattern filled(String text, Set<String> known) {
        if (text.isBlank()) {
            return wrong("1-" + MAX_LENGTH);
        }
        if (text.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            return wrong("/ \\");
        }
        List<Piece> pieces = new ArrayList<>();
        StringBuilder plain = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean brace = c == '{' || c == '}';
            if (!brace || text.startsWith(String.valueOf(c), at + 1)) {
                plain.append(c);
                at += brace ? 2 : 1;
                continue;
            }
            int close = c == '{' ? text.indexOf('}', at) : -1;
            String name = close < 0 ? "" : text.substring(at + 1, close);
            if (!known.contains(name)) {
                return wrong(close < 0 ? String.valueOf(c) : "{" + name + "}");
            }
            flush(plain, pieces);
            pieces.add(new Piece(name, true));
            at = close + 1;
        }
        flush(plain, pieces);
        return new NamePattern(pieces, null);
    }

    private static void flush(StringBuilder plain, List<Piece> pieces) {
        if (!plain.isEmpty()) {
            pieces.add(new Piece(plain.toString(), false));
            plain.setLength(0);
        }
    }

    private static NamePattern wrong(String what) {
        return new NamePattern(List.of(), what);
    }

    /**
     * @param text any
     * @return a pattern that stands for it, whatever braces it has
     */
    public static String literal(String text) {
        return text.replace("{", "{{").replace("}", "}}");
    }

    /**
     * Whether a name is kept for what this program makes for a time and removes again: no mail may be saved under it.
     *
     * @param name of a file or folder, any
     * @return whether it begins as those do, or would once it is cleaned, or on a disk that does not tell upper from lower case
     */
    public static boolean own(String name) {
        StringBuilder shown = new StringBuilder(name.length());
        name.codePoints()
                .filter(c -> Character.getType(c) != Character.FORMAT && !Character.isISOControl(c))
                .forEach(shown::appendCodePoint);
        return Normalizer.normalize(shown, Normalizer.Form.NFKC)
                .strip()
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT)
                .startsWith(OWN);
    }

    /**
     * @param text a pattern or a path of patterns
     * @return whether it has a value or a doubled brace
     */
    public static boolean hasBraces(String text) {
        return text.indexOf('{') >= 0 || text.indexOf('}') >= 0;
    }
}
