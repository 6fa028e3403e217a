package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.Include;
import ekiden.model.definition.Proof;
import ekiden.model.definition.SizeRange;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which mails are waited for: the conditions of one receive-mail. */
final class ConditionParser {
    /** What can be a condition by itself, in the order it is documented. */
    static final List<String> KEYS = List.of(
            "from", "to", "cc", "subject", "text", "attachment", "header", "size", "has-attachment", "authenticated");

    /** Those that the mail itself answers, wherever it is. */
    static final List<String> OF_THE_MAIL = KEYS.subList(0, KEYS.indexOf("authenticated"));

    private final Notes notes;
    private final EntryParser entries;
    private final Fields fields;

    ConditionParser(Notes notes, String job, Fields fields) {
        this.notes = notes;
        this.fields = fields;
        this.entries = new EntryParser(notes, job);
    }

    Conditions parse(String where) {
        int known = notes.problems().count();
        Conditions conditions = conditions(
                words("authenticated", Proof.Kind.class).stream()
                        .map(Proof.Kind::proof)
                        .toList(),
                words("include", Include.class));
        if (fields.flag("any", false)) {
            if (!conditions.none()) {
                fields.badValue("any", "false");
            }
            return Conditions.ANY.including(conditions.include());
        }
        atLeastOne(conditions, where, "any | " + String.join(" | ", KEYS), known);
        return conditions;
    }

    /** As {@link #parse} for fields that have {@link #OF_THE_MAIL} alone. */
    Conditions parseOfMail(String where) {
        int known = notes.problems().count();
        Conditions conditions = conditions(List.of(), List.of());
        atLeastOne(conditions, where, String.join(" | ", OF_THE_MAIL), known);
        return conditions;
    }

    private Conditions conditions(List<Proof> authenticated, List<Include> include) {
        Conditions conditions = new Conditions(
                list("from", EntryKind.ADDRESS),
                list("to", EntryKind.ADDRESS),
                list("cc", EntryKind.ADDRESS),
                list("subject", EntryKind.VALUE),
                list("text", EntryKind.TEXT),
                list("attachment", EntryKind.FILE),
                header(),
                size(),
                fields.node("has-attachment") == null ? null : fields.flag("has-attachment", true),
                authenticated,
                include);
        checkLengths(conditions);
        return conditions;
    }

    private void atLeastOne(Conditions conditions, String where, String expected, int known) {
        if (conditions.none() && notes.problems().count() == known) {
            notes.add(DefinitionMessage.NO_CONDITION, fields.at(), "where", where, "expected", expected);
        }
    }

    private List<Entry> list(String key, EntryKind kind) {
        YamlNode node = fields.node(key);
        return node == null ? List.of() : entries.list(node, fields.where(key), kind);
    }

    private List<HeaderCondition> header() {
        YamlNode node = fields.node("header");
        if (node == null) {
            return List.of();
        }
        List<HeaderCondition> conditions = new ArrayList<>();
        List<YamlNode.Entry> named = Fields.entries(node, fields.where("header"), notes.problems());
        if (named.isEmpty() && node instanceof YamlNode.Mapping) {
            fields.badValue("header", "{NAME: \"…\"}");
        }
        for (YamlNode.Entry entry : named) {
            String where = fields.where("header") + "." + entry.key();
            if (!fieldName(entry.key())) {
                fields.badItem("header", new Located(entry.key(), entry.at()), "{X-NAME: \"…\"}");
            }
            boolean there = entry.value() instanceof YamlNode.Scalar scalar
                    && scalar.plain()
                    && scalar.text().equals("true");
            List<Entry> values = there ? List.of() : entries.list(entry.value(), where, EntryKind.VALUE);
            conditions.add(new HeaderCondition(entry.key().toLowerCase(Locale.ROOT), values));
        }
        return conditions;
    }

    /** RFC 5322 §2.2: printable ASCII without the colon. */
    private static boolean fieldName(String name) {
        return !name.isEmpty() && name.length() <= 100 && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != ':');
    }

    private @Nullable SizeRange size() {
        YamlNode node = fields.node("size");
        Fields size = node == null ? null : notes.open(node, fields.where("size"), DefinitionKeys.SIZE);
        if (size == null) {
            return null;
        }
        if (size.node("min") == null && size.node("max") == null) {
            fields.badValue("size", "{min: 10KB, max: 5MB}");
            return null;
        }
        long min = size.size("min", 0, Long.MAX_VALUE, 0);
        long max = size.size("max", 0, Long.MAX_VALUE, Long.MAX_VALUE);
        if (min > max) {
            size.badValue("max", min + "..");
        }
        return new SizeRange(min, max);
    }

    private <E extends Enum<E>> List<E> words(String key, Class<E> type) {
        List<E> found = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            expected.add(Fields.word(constant));
        }
        List<Located> words = fields.texts(key);
        for (Located word : words) {
            int at = expected.indexOf(word.text());
            if (at < 0) {
                fields.badItem(key, word, String.join(" | ", expected));
            } else if (!found.contains(type.getEnumConstants()[at])) {
                found.add(type.getEnumConstants()[at]);
            }
        }
        if (words.isEmpty() && fields.node(key) instanceof YamlNode.Sequence) {
            fields.badValue(key, String.join(" | ", expected));
        }
        return found;
    }

    /** All of them are compiled into one index, which has to stay in memory. */
    private void checkLengths(Conditions conditions) {
        ConditionLimits limits = ConditionLimits.DEFAULT;
        long characters = conditions.entries().stream()
                .mapToLong(entry -> entry.text().length())
                .sum();
        if (characters > limits.allCharacters()) {
            notes.add(
                    DefinitionMessage.CONDITIONS_TOO_LARGE,
                    fields.at(),
                    "where",
                    fields.where("from").replace(".from", ""),
                    "found",
                    characters,
                    "expected",
                    limits.allCharacters());
        }
    }
}
