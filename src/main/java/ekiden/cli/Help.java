package ekiden.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Help texts, put together from the words of one language. Pure. */
final class Help {
    /** Columns of the narrowest terminal that is usual. */
    static final int WIDTH = 80;

    private static final int WIDEST_NAME = 28;

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

    private static void wrapped(StringBuilder out, String first, String indent, String text) {
        Wrap.lines(text, first, indent, WIDTH).forEach(line -> out.append(line).append('\n'));
    }
}
