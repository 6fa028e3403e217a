package ekiden.mail.save;

import ekiden.base.Result;
import ekiden.mail.mime.SafeName;
import ekiden.model.definition.NamePattern;
import java.util.Map;
import java.util.Set;

/**
 * How a saved file is named: text with values in braces, for example <code>{n}-{name}</code>. What comes out is one safe name, whatever the mail says.
 */
public final class NameTemplate {
    /** Values that every file of a call that waits has: the mail's running number, what the mailbox calls it, its subject, its sender's address. */
    public static final Set<String> OF_MAIL = Set.of("n", "uid", "subject", "from", "date", "time");

    /** Further values of attachments: the number in the mail from 1, the declared name, that in two parts. */
    public static final Set<String> OF_ATTACHMENT =
            Set.of("n", "uid", "subject", "from", "date", "time", "i", "name", "stem", "ext");

    private final NamePattern pattern;

    private NameTemplate(NamePattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Reads a template.
     *
     * @param template for example <code>{n}.txt</code>
     * @param known the values there are
     * @return the template, or what is wrong with it: {@link SaveMessage#TEMPLATE}
     */
    public static Result<NameTemplate> parse(String template, Set<String> known) {
        return of(template, NamePattern.of(template, known));
    }

    /**
     * Reads a template that holds values of a run already, which may be long.
     *
     * @param template any
     * @param known the values there are
     * @return the template, or what is wrong with it: {@link SaveMessage#TEMPLATE}
     */
    public static Result<NameTemplate> filled(String template, Set<String> known) {
        return of(template, NamePattern.filled(template, known));
    }

    private static Result<NameTemplate> of(String template, NamePattern pattern) {
        return pattern.wrong() == null
                ? Result.ok(new NameTemplate(pattern))
                : Result.failed(SaveMessage.TEMPLATE, "template", template, "what", pattern.wrong());
    }

    /**
     * @param values every value that was known when the template was read; may be hostile
     * @return a safe file name of at most {@link SafeName#MAX_BYTES} bytes
     */
    String name(Map<String, String> values) {
        StringBuilder name = new StringBuilder();
        for (NamePattern.Piece piece : pattern.pieces()) {
            name.append(piece.value() ? flat(values.getOrDefault(piece.text(), "")) : piece.text());
        }
        String clean = SafeName.clean(name.toString().isBlank() ? "_" : name.toString(), SafeName.MAX_BYTES);
        // a name that begins with a dot is hidden, and ours while they are being written; cleaning can bring one to the
        // front
        return clean.startsWith(".") ? SafeName.clean("_" + clean, SafeName.MAX_BYTES) : clean;
    }

    /** A separator in a value is a letter like any other, not a reason to drop what stands before it. */
    private static String flat(String value) {
        return value.indexOf('/') < 0 && value.indexOf('\\') < 0
                ? value
                : value.replace('/', '_').replace('\\', '_');
    }
}
