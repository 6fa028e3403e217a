package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.NamePattern;
import ekiden.model.definition.Retention;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveOptions.FileAccess;
import ekiden.model.definition.SaveRule;
import ekiden.yaml.Fields;
import ekiden.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key {@code save}: what is saved of a mail, where, and how. */
final class SaveParser {
    private static final Pattern MODE = Pattern.compile("0?([0-7]{3})");
    private static final Pattern FOLDER_MODE = Pattern.compile("0?(7[0-7]{2})");
    private static final Pattern DRIVE = Pattern.compile("[A-Za-z]:");
    private static final Pattern ABSOLUTE = Pattern.compile("([A-Za-z]:)?[/\\\\]");
    private static final Pattern PRINCIPAL = Pattern.compile("[^\\p{Cntrl}/:,]{1,100}");

    private static final Duration LONGEST_SETTLE = Duration.ofHours(1);

    private final Notes notes;
    private final WorkParser works;
    private final SavePlaces places;

    SaveParser(Notes notes, WorkParser works, SavePlaces places) {
        this.notes = notes;
        this.works = works;
        this.places = places;
    }

    SaveRule save(String job, YamlNode node, String where) {
        Fields fields = notes.open(node, where, DefinitionKeys.SAVE);
        if (fields == null) {
            return SaveRule.DEFAULT;
        }
        String to = folder(job, fields, "to");
        String body = name(job, fields, "body-name", NamePattern.OF_MAIL);
        String list = name(job, fields, "list-name", NamePattern.OF_MAIL);
        String mail = name(job, fields, "mail-name", NamePattern.OF_MAIL);
        boolean attachments = fields.flag("attachments", true);
        SaveOptions options = new SaveOptions(
                name(job, fields, "folder-name", NamePattern.OF_MAIL),
                name(job, fields, "attachment-name", NamePattern.OF_ATTACHMENT),
                folder(job, fields, "reception-list"),
                fields.choice("collision", SaveOptions.Collision.class, SaveOptions.Collision.UNIQUE),
                access(fields),
                retention(fields),
                new CheckParser(notes).checks(fields),
                fields.duration("settle", LONGEST_SETTLE));
        places.add(job, fields, to, options.folderName(), options.receptionList());
        places.files(fields, given(body, list, mail));
        return new SaveRule(to, body, list, mail, attachments, options.equals(SaveOptions.DEFAULT) ? null : options);
    }

    /** In the order in which they are told. */
    private static Map<String, String> given(@Nullable String body, @Nullable String list, @Nullable String mail) {
        Map<String, String> given = new LinkedHashMap<>();
        put(given, "body-name", body);
        put(given, "list-name", list);
        put(given, "mail-name", mail);
        return given;
    }

    private static void put(Map<String, String> given, String key, @Nullable String name) {
        if (name != null) {
            given.put(key, name);
        }
    }

    /** A path below some folder or an absolute one, each name of it a pattern. */
    private @Nullable String folder(String job, Fields fields, String key) {
        String text = works.path(job, fields, key);
        if (text == null) {
            return null;
        }
        List<String> pieces = Stream.of(filled(text).split("[/\\\\]", -1))
                .filter(piece -> !piece.isBlank())
                .toList();
        for (String piece : pieces) {
            pattern(fields, key, piece, NamePattern.OF_MAIL);
            places.name(fields, key, piece);
        }
        Stream<String> inside = pieces.stream().skip(DRIVE.matcher(text).lookingAt() ? 1 : 0);
        if (ABSOLUTE.matcher(text).lookingAt()
                && inside.findFirst().filter(NamePattern::hasBraces).isPresent()) {
            notes.add(
                    DefinitionMessage.PLACE_FROM_MAIL,
                    fields.at(key),
                    "where",
                    fields.where(key),
                    "found",
                    YamlNode.shorten(text));
        }
        return text;
    }

    private @Nullable String name(String job, Fields fields, String key, Set<String> known) {
        String text = works.path(job, fields, key);
        if (text == null || text.equals("..")) {
            return text;
        }
        boolean name = text.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || Character.isISOControl(c))
                && !text.equals(".");
        if (!name) {
            fields.badValue(key, "NAME.txt");
        } else {
            pattern(fields, key, filled(text), known);
            places.name(fields, key, filled(text));
        }
        return text;
    }

    private void pattern(Fields fields, String key, String piece, Set<String> known) {
        String wrong =
                NamePattern.hasBraces(piece) ? NamePattern.of(piece, known).wrong() : null;
        if (wrong != null) {
            String values = String.join(
                    " ",
                    new TreeSet<>(known)
                            .stream().map(value -> "{" + value + "}").toList());
            notes.add(
                    DefinitionMessage.NAME_PATTERN,
                    fields.at(key),
                    "where",
                    fields.where(key),
                    "found",
                    YamlNode.shorten(wrong),
                    "expected",
                    values);
        }
    }

    /** The text as it is once the values of the run are in it: these bring no braces of their own. */
    private static String filled(String text) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int open = text.indexOf("${"); open >= 0; open = text.indexOf("${", at)) {
            boolean doubled = open > at && text.charAt(open - 1) == '$';
            int close = text.indexOf('}', open);
            filled.append(text, at, doubled ? open - 1 : open).append(doubled ? "${" : "x");
            at = doubled || close < 0 ? open + 2 : close + 1;
        }
        return filled.append(text, at, text.length()).toString();
    }

    private @Nullable FileAccess access(Fields fields) {
        FileAccess access = new FileAccess(
                principal(fields, "owner"),
                principal(fields, "group"),
                mode(fields, "mode", MODE, "\"640\""),
                mode(fields, "folder-mode", FOLDER_MODE, "\"750\" (7..)"));
        return access.equals(new FileAccess(null, null, null, null)) ? null : access;
    }

    private @Nullable Retention retention(Fields fields) {
        YamlNode node = fields.node("retention");
        if (node instanceof YamlNode.Scalar) {
            boolean never = Retention.NEVER_WORD.equals(fields.text("retention"));
            if (!never) {
                fields.badValue("retention", "{age | count | size} | never");
            }
            return never ? Retention.NEVER : null;
        }
        Fields inner = node == null ? null : notes.open(node, fields.where("retention"), DefinitionKeys.RETENTION);
        if (inner == null) {
            return null;
        }
        Retention retention = new Retention(
                inner.duration("age", Retention.LONGEST_AGE),
                inner.node("count") == null ? null : inner.number("count", 1, Retention.MOST_RUNS, 1),
                inner.node("size") == null ? null : inner.size("size", 1, Retention.MOST_BYTES, 1));
        boolean none = inner.node("age") == null && inner.node("count") == null && inner.node("size") == null;
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()) {
            fields.badValue("retention", "{age | count | size} | never");
        }
        return none ? null : retention;
    }

    private static @Nullable String principal(Fields fields, String key) {
        String text = fields.text(key);
        if (text != null && !PRINCIPAL.matcher(text).matches()) {
            fields.badValue(key, "NAME");
            return null;
        }
        return text;
    }

    private static @Nullable String mode(Fields fields, String key, Pattern form, String expected) {
        String text = fields.text(key);
        if (text == null) {
            return null;
        }
        if (!form.matcher(text).matches()) {
            fields.badValue(key, expected);
            return null;
        }
        return text.substring(text.length() - 3);
    }
}
