package ekiden.yaml;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Asks a mapping for its values by key. Whatever is unknown, missing or of the wrong kind becomes a problem, and the asker goes on
 * with the default, so that one reading tells everything. Belongs to one thread.
 *
 * <p>What was expected is told in the notation of the file itself ({@code "…"} a text, {@code ["…"]} a list, {@code {…}} a
 * mapping, {@code 1..9} a whole number), the same in every language.
 */
public final class Fields {
    private static final String TEXT = "\"…\"";
    private static final String LIST = "[\"…\"]";
    private static final String MAPPING = "{…}";
    private static final int NUMBER_DIGITS = 18;

    private final YamlNode.Mapping mapping;
    private final String where;
    private final KeySet keys;
    private final YamlProblems problems;
    private final Map<String, YamlNode> values = new LinkedHashMap<>();

    private Fields(YamlNode.Mapping mapping, String where, KeySet keys, YamlProblems problems) {
        this.mapping = mapping;
        this.where = where;
        this.keys = keys;
        this.problems = problems;
    }

    /**
     * Opens a mapping and notes its unknown keys.
     *
     * @param node what should be a mapping
     * @param where its path in the file, for example {@code jobs.load}; empty for the whole file
     * @param keys which keys it may have
     * @param problems takes what is wrong
     * @return to ask, or null where the node is no mapping (noted)
     */
    public static @Nullable Fields of(YamlNode node, String where, KeySet keys, YamlProblems problems) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            problems.fault(
                    YamlFault.WRONG_TYPE, node.at(), "where", where, "found", node.shown(), "expected", expected(keys));
            return null;
        }
        Fields fields = new Fields(mapping, where, keys, problems);
        for (YamlNode.Entry entry : mapping.entries()) {
            fields.accept(entry);
        }
        return fields;
    }

    /**
     * Opens a mapping whose keys are names that the writer chose.
     *
     * @param node what should be a mapping
     * @param where its path in the file
     * @param problems takes what is wrong
     * @return its entries; empty where it is no mapping (noted)
     */
    public static List<YamlNode.Entry> entries(YamlNode node, String where, YamlProblems problems) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping.entries();
        }
        problems.fault(YamlFault.WRONG_TYPE, node.at(), "where", where, "found", node.shown(), "expected", MAPPING);
        return List.of();
    }

    private static String expected(KeySet keys) {
        return "{" + String.join(", ", keys.keys()) + "}";
    }

    private void accept(YamlNode.Entry entry) {
        if (keys.keys().contains(entry.key())) {
            values.put(entry.key(), entry.value());
            return;
        }
        String shown = YamlNode.shorten(entry.key());
        String known = String.join(", ", keys.keys());
        Optional<String> near = Nearest.of(entry.key(), keys.keys());
        if (near.isPresent()) {
            problems.fault(
                    YamlFault.MISSPELT_KEY,
                    entry.at(),
                    "where",
                    where,
                    "found",
                    shown,
                    "near",
                    near.get(),
                    "expected",
                    known);
        } else {
            problems.fault(YamlFault.UNKNOWN_KEY, entry.at(), "where", where, "found", shown, "expected", known);
        }
    }

    /**
     * @param wanted some of the keys
     * @return whether an unknown key reads like one of them, so that its absence need not be told as well
     */
    public boolean misspelt(List<String> wanted) {
        return mapping.entries().stream()
                .map(YamlNode.Entry::key)
                .filter(key -> !keys.keys().contains(key))
                .anyMatch(key ->
                        Nearest.of(key, keys.keys()).filter(wanted::contains).isPresent());
    }

    /** {@return where the mapping begins} */
    public Place at() {
        return mapping.at();
    }

    /**
     * @param key one of the keys
     * @return its path in the file
     */
    public String where(String key) {
        return where.isEmpty() ? key : where + "." + key;
    }

    /**
     * @param key one of the keys
     * @return where its value stands, or the mapping where it is absent
     */
    public Place at(String key) {
        YamlNode node = node(key);
        return node == null ? mapping.at() : node.at();
    }

    /**
     * @param key one of the keys
     * @return its value, or null where it is absent
     */
    public @Nullable YamlNode node(String key) {
        if (!keys.keys().contains(key)) {
            throw new IllegalArgumentException(keys.name() + " has no key " + key);
        }
        return values.get(key);
    }

    /**
     * @param key one of the keys
     * @return its value, or null where it is absent (noted)
     */
    public @Nullable YamlNode required(String key) {
        YamlNode node = node(key);
        if (node == null) {
            problems.fault(
                    YamlFault.MISSING_KEY, mapping.at(), "where", where.isEmpty() ? key : where, "expected", key);
        }
        return node;
    }

    /**
     * @param key one of the keys
     * @return its text, or null where it is absent, nothing or no text (noted unless absent)
     */
    public @Nullable String text(String key) {
        YamlNode node = node(key);
        return node == null ? null : textOf(node, key, TEXT);
    }

    /**
     * @param key one of the keys
     * @return its text, or null where there is none (noted)
     */
    public @Nullable String requiredText(String key) {
        return required(key) == null ? null : text(key);
    }

    private @Nullable String textOf(YamlNode node, String key, String expected) {
        return text(node, where(key), expected, problems);
    }

    /**
     * @param node what should be a text
     * @param where its path in the file
     * @param problems takes what is wrong
     * @return the text, or null where it is none (noted)
     */
    public static @Nullable String text(YamlNode node, String where, YamlProblems problems) {
        return text(node, where, TEXT, problems);
    }

    private static @Nullable String text(YamlNode node, String where, String expected, YamlProblems problems) {
        if (node instanceof YamlNode.Scalar scalar && !scalar.nothing()) {
            if (scalar.text().indexOf('\0') < 0) {
                return scalar.text();
            }
            String shown = node.shown().replace("\0", "\\0");
            problems.fault(YamlFault.NUL, node.at(), "where", where, "found", shown, "expected", expected);
            return null;
        }
        problems.fault(YamlFault.WRONG_TYPE, node.at(), "where", where, "found", node.shown(), "expected", expected);
        return null;
    }

    /**
     * A list of texts; one text stands for a list of one.
     *
     * @param key one of the keys
     * @return its texts with their places; empty where it is absent
     */
    public List<Located> texts(String key) {
        YamlNode node = node(key);
        List<YamlNode> items = switch (node) {
            case null -> List.of();
            case YamlNode.Sequence sequence -> sequence.items();
            case YamlNode.Scalar scalar -> List.of(scalar);
            case YamlNode.Mapping wrong -> List.of(wrong);
        };
        List<Located> texts = new ArrayList<>();
        for (YamlNode item : items) {
            String text = textOf(item, key, LIST);
            if (text != null) {
                texts.add(new Located(text, item.at()));
            }
        }
        return texts;
    }

    /**
     * @param key one of the keys
     * @param absent the value where it is absent or wrong
     * @return {@code true} or {@code false} as it stands there
     */
    public boolean flag(String key, boolean absent) {
        return choice(key, Flag.class, absent ? Flag.TRUE : Flag.FALSE) == Flag.TRUE;
    }

    private enum Flag {
        TRUE,
        FALSE
    }

    /**
     * One of some words: the names of an enum in lower case, {@code _} written as {@code -}.
     *
     * @param key one of the keys
     * @param type the enum
     * @param absent the value where it is absent or wrong
     * @param <E> the enum
     * @return what stands there
     */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E absent) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        for (E constant : type.getEnumConstants()) {
            if (word(constant).equals(text)) {
                return constant;
            }
        }
        badValue(
                key,
                String.join(
                        " | ",
                        Arrays.stream(type.getEnumConstants()).map(Fields::word).toList()));
        return absent;
    }

    /**
     * @param constant of an enum
     * @return its word in a file
     */
    public static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param key one of the keys
     * @param least the least allowed value
     * @param most the greatest allowed value
     * @param absent the value where it is absent or wrong
     * @return the whole number that stands there
     */
    public int number(String key, int least, int most, int absent) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        if (text.matches("-?[0-9]{1," + NUMBER_DIGITS + "}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return (int) value;
            }
        }
        badValue(key, least == most ? String.valueOf(least) : least + ".." + most);
        return absent;
    }

    /**
     * @param key one of the keys
     * @param most the greatest allowed duration; the least is one second
     * @return what stands there, or null where it is absent or wrong
     */
    public @Nullable Duration duration(String key, Duration most) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Optional<Duration> duration = Quantities.duration(text);
        if (duration.isEmpty()) {
            badValue(key, Quantities.DURATION_FORM);
            return null;
        }
        if (duration.get().isZero() || duration.get().compareTo(most) > 0) {
            badValue(key, "1s.." + Quantities.format(most));
            return null;
        }
        return duration.get();
    }

    /**
     * @param key one of the keys
     * @param least bytes
     * @param most bytes
     * @param absent the value where it is absent or wrong
     * @return the bytes that stand there
     */
    public long size(String key, long least, long most, long absent) {
        String text = text(key);
        if (text == null) {
            return absent;
        }
        OptionalLong size = Quantities.size(text);
        if (size.isEmpty()) {
            badValue(key, Quantities.SIZE_FORM);
            return absent;
        }
        if (size.getAsLong() < least || size.getAsLong() > most) {
            badValue(key, least + ".." + most);
            return absent;
        }
        return size.getAsLong();
    }

    /**
     * Notes that the value of a key is of the right kind but not allowed.
     *
     * @param key one of the keys
     * @param expected what is allowed, in the notation of the file
     */
    public void badValue(String key, String expected) {
        YamlNode node = node(key);
        problems.fault(
                YamlFault.BAD_VALUE,
                at(key),
                "where",
                where(key),
                "found",
                node == null ? "" : node.shown(),
                "expected",
                expected);
    }

    /**
     * Notes that one item of a list is not allowed.
     *
     * @param key one of the keys
     * @param item the item
     * @param expected what is allowed, in the notation of the file
     */
    public void badItem(String key, Located item, String expected) {
        problems.fault(
                YamlFault.BAD_VALUE,
                item.at(),
                "where",
                where(key),
                "found",
                YamlNode.shorten(item.text()),
                "expected",
                expected);
    }
}
