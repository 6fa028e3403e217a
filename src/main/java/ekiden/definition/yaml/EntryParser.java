package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.definition.yaml.TemplateUse.Role;
import ekiden.mail.match.Expressions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.regex.Regex;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of one list of conditions: texts, or mappings that say how they are meant. */
final class EntryParser {
    private static final String ADDRESS = "name@example.jp";
    private static final List<String> FORMS = List.of("text", "glob", "regex");

    private final Notes notes;
    private final String job;

    EntryParser(Notes notes, String job) {
        this.notes = notes;
        this.job = job;
    }

    /** One text or mapping stands for a list of one. */
    List<Entry> list(YamlNode node, String where, EntryKind kind) {
        List<Entry> entries = new ArrayList<>();
        switch (node) {
            case YamlNode.Sequence sequence -> sequence.items().forEach(item -> add(item, where, kind, entries));
            case YamlNode.Scalar _, YamlNode.Mapping _ -> add(node, where, kind, entries);
        }
        return entries;
    }

    private void add(YamlNode node, String where, EntryKind kind, List<Entry> entries) {
        Entry entry = node instanceof YamlNode.Mapping ? mapping(node, where, kind) : text(node, where, kind);
        if (entry != null) {
            entries.add(entry);
        }
    }

    private @Nullable Entry text(YamlNode node, String where, EntryKind kind) {
        if (node instanceof YamlNode.Sequence) {
            notes.problems()
                    .fault(
                            YamlFault.WRONG_TYPE,
                            node.at(),
                            "where",
                            where,
                            "found",
                            node.shown(),
                            "expected",
                            "\"…\"" + " | {" + String.join(", ", kind.keys().keys()) + "}");
            return null;
        }
        String text = Fields.text(node, where, notes.problems());
        if (text == null) {
            return null;
        }
        Entry entry = Entry.fromText(text);
        check(entry, new Located(text, node.at()), where, kind);
        return entry;
    }

    private @Nullable Entry mapping(YamlNode node, String where, EntryKind kind) {
        int known = notes.problems().count();
        Fields fields = notes.open(node, where, kind.keys());
        if (fields == null) {
            return null;
        }
        List<String> given =
                FORMS.stream().filter(form -> fields.node(form) != null).toList();
        if (given.size() != 1) {
            if (notes.problems().count() == known) {
                notes.add(
                        DefinitionMessage.ENTRY_FORM,
                        node.at(),
                        "where",
                        where,
                        "found",
                        given.isEmpty() ? "-" : String.join(", ", given),
                        "expected",
                        String.join(" | ", FORMS));
            }
            return null;
        }
        String form = given.getFirst();
        String text = fields.text(form);
        boolean anyCase = alike(fields, "case");
        boolean anyWidth = alike(fields, "width");
        boolean acrossLines = kind.texts() && alike(fields, "line-breaks");
        Look look = look(fields, kind);
        if (text == null) {
            return null;
        }
        Entry entry = new Entry(text, form(form), look, anyCase, anyWidth, acrossLines);
        check(entry, new Located(text, fields.at(form)), fields.where(form), kind);
        return entry;
    }

    private static Form form(String word) {
        return switch (word) {
            case "glob" -> Form.GLOB;
            case "regex" -> Form.REGEX;
            default -> Form.TEXT;
        };
    }

    private enum Alike {
        MATTERS,
        IGNORE
    }

    private static boolean alike(Fields fields, String key) {
        return fields.choice(key, Alike.class, Alike.MATTERS) == Alike.IGNORE;
    }

    private static Look look(Fields fields, EntryKind kind) {
        String place = kind.places().isEmpty() ? null : fields.text("in");
        if (place != null && !kind.places().contains(place)) {
            fields.badValue("in", String.join(" | ", kind.places()));
        }
        return place == null ? Look.USUAL : kind.look(place);
    }

    /** Where blanks are nothing, blanks that no line may be broken at are nothing either. */
    private static boolean blank(Entry entry) {
        return entry.text()
                .codePoints()
                .allMatch(c -> Character.isWhitespace(c) || (entry.acrossLines() && Character.isSpaceChar(c)));
    }

    private void check(Entry entry, Located text, String where, EntryKind kind) {
        int most = ConditionLimits.DEFAULT.entryCharacters();
        if (blank(entry)) {
            bad(text, where, "\"…\"");
        } else if (entry.text().length() > most) {
            notes.add(
                    DefinitionMessage.ENTRY_TOO_LONG,
                    text.at(),
                    "where",
                    where,
                    "found",
                    entry.text().length(),
                    "expected",
                    most);
        } else {
            switch (entry.form()) {
                case TEXT -> checkWords(entry, text, where, kind);
                case GLOB -> withoutValues(text, where);
                case REGEX -> {
                    withoutValues(text, where);
                    checkRegex(entry, text, where, kind);
                }
            }
        }
    }

    private void checkWords(Entry entry, Located text, String where, EntryKind kind) {
        notes.template(job, where, text, Role.ITEM);
        boolean fixed = !entry.text().contains("${");
        boolean bare = kind.addresses() && entry.look() == Look.USUAL;
        if (bare && fixed && !address(entry.text())) {
            bad(text, where, ADDRESS);
        }
        if (entry.look() == Look.X500 && fixed && !entry.text().startsWith("/")) {
            bad(text, where, "/O=…/OU=…/CN=…");
        }
        if (kind.files() && (entry.text().contains("*") || entry.text().contains("?"))) {
            bad(text, where, "{glob: \"…\"}");
        }
    }

    /** A bare address; anything that could never equal one is a slip of the pen. */
    private static boolean address(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at < text.length() - 1
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || c == '<' || c == '>' || c == ',');
    }

    /** What a mail says must not mean something in a pattern. */
    private void withoutValues(Located text, String where) {
        if (text.text().contains("${")) {
            notes.add(
                    DefinitionMessage.TEMPLATE_IN_PATTERN,
                    text.at(),
                    "where",
                    where,
                    "found",
                    YamlNode.shorten(text.text()),
                    "expected",
                    "{text: \"${…}\"}");
        }
    }

    private void checkRegex(Entry entry, Located text, String where, EntryKind kind) {
        switch (Expressions.compile(entry, kind.addresses())) {
            case Regex.Compiling.Good(Regex regex) -> {
                String tooMany = notes.regexStates(regex);
                if (tooMany != null) {
                    badRegex(text, where, tooMany);
                }
            }
            case Regex.Compiling.Wrong(String reason) -> badRegex(text, where, YamlNode.shorten(reason));
        }
    }

    private void badRegex(Located text, String where, String reason) {
        notes.add(
                DefinitionMessage.BAD_REGEX,
                text.at(),
                "where",
                where,
                "found",
                YamlNode.shorten(text.text()),
                "reason",
                reason);
    }

    private void bad(Located text, String where, String expected) {
        notes.problems()
                .fault(
                        YamlFault.BAD_VALUE,
                        text.at(),
                        "where",
                        where,
                        "found",
                        YamlNode.shorten(text.text()),
                        "expected",
                        expected);
    }
}
