package ekiden.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Help texts, put together from the words of one language. Pure. */
final class Help {
    private static final int WIDTH = 100;
    private static final int WIDEST_NAME = 28;
    /** What must not stand at the beginning of a line (JIS X 4051). */
    private static final String NOT_FIRST = "。、)」ー・:";

    private final Words words;

    Help(Words words) {
        this.words = words;
    }

    String of(Leaf leaf) {
        StringBuilder out = new StringBuilder();
        usage(out, leaf);
        out.append('\n');
        wrapped(out, "", "", words.of(leaf.path()));
        Map<String, String> rows = new LinkedHashMap<>();
        leaf.params().forEach(param -> rows.put(param.label(), words.of(leaf.path(), param.label())));
        list(out, rows);
        rows.clear();
        leaf.allOptions().forEach(option -> rows.put(option.synopsis(), words.of(leaf.path(), option.name())));
        rows.put("-h, --help", words.of("any.--help"));
        list(out, rows);
        if (words.has(leaf.path() + ".more")) {
            out.append('\n');
            wrapped(out, "", "", words.of(leaf.path() + ".more"));
        }
        return out.toString();
    }

    String of(Tree.Node group) {
        boolean root = group.path().isEmpty();
        StringBuilder out = new StringBuilder(words.of("help.usage"));
        out.append(root ? " ekiden " : " ekiden " + group.path() + " ");
        out.append(words.of("help.command")).append("\n\n");
        wrapped(out, "", "", words.of(root ? "ekiden" : group.path()));
        out.append('\n').append(words.of("help.commands"));
        Map<String, String> rows = new LinkedHashMap<>();
        group.below().forEach(node -> rows.put(node.name(), words.of(node.path())));
        list(out, rows);
        out.append('\n');
        wrapped(out, "", "", words.of("help.more"));
        return out.toString();
    }

    private void usage(StringBuilder out, Leaf leaf) {
        List<String> parts = new ArrayList<>();
        leaf.params().forEach(param -> parts.add(param.synopsis()));
        leaf.allOptions().forEach(option -> parts.add("[" + option.synopsis() + "]" + (option.many() ? "..." : "")));
        String first = words.of("help.usage") + " ekiden " + leaf.path();
        String indent = " ".repeat(Width.of(first) + 1);
        StringBuilder line = new StringBuilder(first);
        for (String part : parts) {
            if (Width.of(line.toString()) + 1 + part.length() > WIDTH) {
                out.append(line).append('\n');
                line = new StringBuilder(indent.substring(1));
            }
            line.append(' ').append(part);
        }
        out.append(line).append('\n');
    }

    private static void list(StringBuilder out, Map<String, String> rows) {
        if (rows.isEmpty()) {
            return;
        }
        out.append('\n');
        int column = 0;
        for (String name : rows.keySet()) {
            column = Math.max(column, Width.of(name) <= WIDEST_NAME ? Width.of(name) : 0);
        }
        String indent = " ".repeat(column + 4);
        for (Map.Entry<String, String> row : rows.entrySet()) {
            boolean wide = Width.of(row.getKey()) > column;
            if (wide) {
                out.append("  ").append(row.getKey()).append('\n');
            }
            String first = wide ? indent : "  " + Width.padded(row.getKey(), column) + "  ";
            wrapped(out, first, indent, row.getValue());
        }
    }

    /** Text in lines: broken at blanks, and between East Asian characters. */
    private static void wrapped(StringBuilder out, String first, String indent, String text) {
        StringBuilder line = new StringBuilder(first);
        int width = Width.of(first);
        for (String piece : pieces(text)) {
            if (width + Width.of(piece.stripTrailing()) > WIDTH) {
                out.append(line.toString().stripTrailing()).append('\n');
                line = new StringBuilder(indent);
                width = indent.length();
            }
            line.append(piece);
            width += Width.of(piece);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    /** What is not broken: a word with the blank behind it, or one East Asian character with what may not follow a break. */
    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            piece.append(c);
            boolean last = i + 1 == text.length();
            boolean wide = !last && (Width.of(String.valueOf(c)) == 2 || Width.of(text.substring(i + 1, i + 2)) == 2);
            boolean open = c == '(' || c == '「';
            if (last || c == ' ' || (wide && !open && NOT_FIRST.indexOf(text.charAt(i + 1)) < 0)) {
                pieces.add(piece.toString());
                piece.setLength(0);
            }
        }
        return pieces;
    }
}
