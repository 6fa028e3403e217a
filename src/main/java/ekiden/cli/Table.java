package ekiden.cli;

import ekiden.message.Messages;
import java.util.ArrayList;
import java.util.List;

/** Rows in columns, for people. What comes from mails and commands is made harmless for a terminal. */
final class Table {
    private static final int WIDEST = 60;

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    void row(String... cells) {
        List<String> clean = new ArrayList<>();
        for (String cell : cells) {
            clean.add(Width.cut(Messages.clean(cell), WIDEST));
        }
        rows.add(clean);
    }

    boolean empty() {
        return rows.size() == 1;
    }

    String show() {
        int columns = rows.getFirst().size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], Width.of(row.get(i)));
            }
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(Width.padded(row.get(i), widths[i])).append("  ");
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
