package ekiden.mail.save;

import ekiden.base.Result;
import ekiden.mail.mime.SafeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a saved file is named: text with values in braces, for example <code>{n}-{name}</code>. What comes out is one safe name, whatever the mail says.
 */
public final class NameTemplate {
    /** Values that every file has: the mail's running number, what the mailbox calls it, its subject, its sender's address. */
    public static final Set<String> OF_MAIL = Set.of("n", "uid", "subject", "from");

    /** Further values of attachments: the number in the mail from 1, the declared name, that in two parts. */
    public static final Set<String> OF_ATTACHMENT = Set.of("n", "uid", "subject", "from", "i", "name", "stem", "ext");

    /** The longest template, in characters. */
    public static final int MAX_LENGTH = 200;

    private final List<Piece> pieces;

    private NameTemplate(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** Text as it stands, or the name of a value. */
    private record Piece(String text, boolean value) {}

    /**
     * Reads a template.
     *
     * @param template for example <code>{n}.txt</code>
     * @param known the values there are
     * @return the template, or what is wrong with it: {@link SaveMessage#TEMPLATE}
     */
    public static Result<NameTemplate> parse(String template, Set<String> known) {
        if (template.isBlank() || template.length() > MAX_LENGTH) {
            return wrong(template, "1-" + MAX_LENGTH);
        }
        if (template.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            return wrong(template, "/ \\");
        }
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            int text = open < 0 ? template.length() : open;
            if (template.substring(at, text).indexOf('}') >= 0) {
                return wrong(template, "}");
            }
            if (text > at) {
                pieces.add(new Piece(template.substring(at, text), false));
            }
            at = text;
            if (open >= 0) {
                int close = template.indexOf('}', open);
                String name = close < 0 ? template.substring(open) : template.substring(open + 1, close);
                if (close < 0 || !known.contains(name)) {
                    return wrong(template, close < 0 ? name : "{" + name + "}");
                }
                pieces.add(new Piece(name, true));
                at = close + 1;
            }
        }
        return Result.ok(new NameTemplate(pieces));
    }

    private static <T> Result<T> wrong(String template, String what) {
        return Result.failed(SaveMessage.TEMPLATE, "template", template, "what", what);
    }

    /**
     * @param values every value that was known when the template was read; may be hostile
     * @return a safe file name of at most {@link SafeName#MAX_BYTES} bytes
     */
    String name(Map<String, String> values) {
        StringBuilder name = new StringBuilder();
        for (Piece piece : pieces) {
            name.append(piece.value ? flat(values.getOrDefault(piece.text, "")) : piece.text);
        }
        // a name that begins with a dot is hidden, and ours while they are being written
        String visible = name.indexOf(".") == 0 ? "_" + name : name.toString();
        return SafeName.clean(visible, SafeName.MAX_BYTES);
    }

    /** A separator in a value is a letter like any other, not a reason to drop what stands before it. */
    private static String flat(String value) {
        return value.indexOf('/') < 0 && value.indexOf('\\') < 0
                ? value
                : value.replace('/', '_').replace('\\', '_');
    }
}
