package ekiden.yaml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes a tree of maps, lists of texts and of small maps, texts, numbers and truth values as YAML that {@link YamlText} reads back to the same.
 * Pure; the order is the caller's.
 */
public final class YamlWriter {
    private static final Pattern BARE = Pattern.compile("[\\p{L}/.][\\p{L}\\p{N}/._@+=-]*");
    private static final Pattern BARE_NUMBER = Pattern.compile("[0-9]+[dhms]([0-9]+[hms])*");
    private static final Pattern WORD =
            Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|\\.nan|[-+]?\\.inf|\\.|\\.\\.\\.");
    private static final int WIDTH = 100;

    private YamlWriter() {}

    /**
     * @param tree keys to texts, numbers, truth values, lists of texts, or further such maps
     * @return the text, ending with a line feed
     */
    public static String write(Map<String, ?> tree) {
        StringBuilder out = new StringBuilder();
        mapping(out, tree, 0);
        return out.toString();
    }

    private static void mapping(StringBuilder out, Map<String, ?> tree, int indent) {
        for (Map.Entry<String, ?> entry : tree.entrySet()) {
            out.repeat(' ', indent).append(scalar(entry.getKey())).append(':');
            value(out, entry.getValue(), indent);
        }
    }

    private static void value(StringBuilder out, Object value, int indent) {
        switch (value) {
            case Map<?, ?> map when map.isEmpty() -> out.append(" {}\n");
            case Map<?, ?> map -> {
                out.append('\n');
                mapping(out, texts(map), indent + 2);
            }
            case List<?> list -> list(out, list, indent + 2);
            case String text when literal(text) -> block(out, text, indent + 2);
            case String text -> out.append(' ').append(scalar(text)).append('\n');
            default -> out.append(' ').append(value).append('\n');
        }
    }

    private static Map<String, ?> texts(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }

    private static void list(StringBuilder out, List<?> list, int indent) {
        List<String> items = list.stream().map(YamlWriter::item).toList();
        String flow = " [" + String.join(", ", items) + "]";
        if (flow.length() <= WIDTH) {
            out.append(flow).append('\n');
            return;
        }
        out.append('\n');
        for (String item : items) {
            out.repeat(' ', indent).append("- ").append(item).append('\n');
        }
    }

    /** A mapping in a list stands in one line. */
    private static String item(Object item) {
        if (!(item instanceof Map<?, ?> map)) {
            return scalar(String.valueOf(item));
        }
        List<String> entries = new ArrayList<>();
        texts(map).forEach((key, value) -> entries.add(scalar(key) + ": " + item(value)));
        return "{" + String.join(", ", entries) + "}";
    }

    /** Several lines that stand unchanged in a literal block: nothing invisible, and a first line that shows the indent. */
    private static boolean literal(String text) {
        if (text.indexOf('\n') < 1 || text.startsWith(" ") || text.endsWith("\n\n")) {
            return false;
        }
        return text.codePoints().allMatch(c -> c == '\n' || visible(c));
    }

    private static boolean visible(int c) {
        boolean odd = c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 || c == 0xfeff;
        boolean surrogateOrNone = (c >= 0xd800 && c < 0xe000) || (c & 0xfffe) == 0xfffe;
        return !odd && !surrogateOrNone;
    }

    private static void block(StringBuilder out, String text, int indent) {
        boolean ends = text.endsWith("\n");
        out.append(ends ? " |\n" : " |-\n");
        String body = ends ? text.substring(0, text.length() - 1) : text;
        for (String line : body.split("\n", -1)) {
            out.repeat(' ', line.isEmpty() ? 0 : indent).append(line).append('\n');
        }
    }

    private static String scalar(String text) {
        boolean bare = BARE.matcher(text).matches() || BARE_NUMBER.matcher(text).matches();
        return bare && !WORD.matcher(text).matches() && text.codePoints().allMatch(YamlWriter::visible)
                ? text
                : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> character(out, c);
            }
        });
        return out.append('"').toString();
    }

    private static void character(StringBuilder out, int c) {
        if (visible(c)) {
            out.appendCodePoint(c);
        } else {
            out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08X" : "\\u%04X", c));
        }
    }
}
