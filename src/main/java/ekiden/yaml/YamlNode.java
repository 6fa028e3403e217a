package ekiden.yaml;

import java.util.List;

/** A piece of a YAML file, with its place. */
public sealed interface YamlNode {
    /** How much of a value is repeated in a message. */
    int SHOWN = 60;

    /** {@return where it begins} */
    Place at();

    /**
     * A text, number, truth value or nothing; what it is depends on who asks.
     *
     * @param text without quotes
     * @param plain whether it stood without quotes; only then can it be a number, a truth value or nothing
     * @param at where it begins
     */
    record Scalar(String text, boolean plain, Place at) implements YamlNode {
        /** {@return whether nothing was written: an empty place, {@code ~} or {@code null}} */
        public boolean nothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equalsIgnoreCase("null"));
        }
    }

    /**
     * A list.
     *
     * @param items in the order of the file
     * @param at where it begins
     */
    record Sequence(List<YamlNode> items, Place at) implements YamlNode {
        /** Copies the items. */
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /**
     * A mapping.
     *
     * @param entries in the order of the file, keys unique
     * @param at where it begins
     */
    record Mapping(List<Entry> entries, Place at) implements YamlNode {
        /** Copies the entries. */
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /**
     * One entry of a mapping.
     *
     * @param key its key
     * @param at where the key stands
     * @param value its value
     */
    record Entry(String key, Place at, YamlNode value) {}

    /** {@return the value as a message shows it: shortened, a collection only by its kind} */
    default String shown() {
        return switch (this) {
            case Scalar scalar -> shorten(scalar.text());
            case Sequence _ -> "[…]";
            case Mapping _ -> "{…}";
        };
    }

    /**
     * @param text any text
     * @return at most {@link #SHOWN} characters of its first line
     */
    static String shorten(String text) {
        int end = text.indexOf('\n');
        String line = end < 0 ? text : text.substring(0, end) + "…";
        if (line.length() <= SHOWN) {
            return line;
        }
        int cut = Character.isHighSurrogate(line.charAt(SHOWN - 1)) ? SHOWN - 1 : SHOWN;
        return line.substring(0, cut) + "…";
    }
}
