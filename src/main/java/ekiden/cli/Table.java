package ekiden.cli;

import ekiden.message.Messages;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows in columns, for people. What comes from mails and commands is made harmless for a terminal. Where the terminal is narrower than
 * the rows, times lose their year, then the widest texts are cut, then times lose their seconds; a name is never cut, because people
 * give it to the next command: it stands on a line of its own.
 */
final class Table {
    /** No text is cut to fewer columns. */
    private static final int LEAST = 8;

    private static final String GAP = "  ";
    private static final int YEAR = "2026-".length();
    private static final int SECONDS = ":00".length();

    private enum Kind {
        NAME,
        WHOLE,
        CUT,
        TIME
    }

    private final List<Kind> kinds = new ArrayList<>();
    private final List<String> headings = new ArrayList<>();
    private final List<List<String>> rows = new ArrayList<>();

    private Table column(Kind kind, String heading) {
        kinds.add(kind);
        headings.add(heading);
        return this;
    }

    /** Adds the column, the first one, that names what the row is about. */
    Table name(String heading) {
        return column(Kind.NAME, heading);
    }

    /** Adds a column of numbers or statuses, which are never cut. */
    Table whole(String heading) {
        return column(Kind.WHOLE, heading);
    }

    /** Adds a column of texts. */
    Table cut(String heading) {
        return column(Kind.CUT, heading);
    }

    /** Adds a column of times, {@code 2026-11-27 03:50:12}. */
    Table time(String heading) {
        return column(Kind.TIME, heading);
    }

    void row(String... cells) {
        List<String> clean = new ArrayList<>();
        for (String cell : cells) {
            clean.add(Messages.clean(cell));
        }
        rows.add(clean);
    }

    boolean empty() {
        return rows.isEmpty();
    }

    /**
     * @param width how many columns the terminal has; 0 where it is none, and everything is shown whole
     */
    String show(int width) {
        List<List<String>> all = new ArrayList<>(List.of(headings));
        all.addAll(rows);
        int[] widths = widths(all);
        if (width > 0 && total(widths) > width) {
            all.replaceAll(row -> times(row, YEAR, 0));
            widths = widths(all);
            cut(widths, width);
        }
        if (width > 0 && total(widths) > width) {
            all.replaceAll(row -> times(row, 0, SECONDS));
            widths = widths(all);
            cut(widths, width);
            widths[0] = Math.max(Width.of(headings.getFirst()), widths[0] - Math.max(0, total(widths) - width));
        }
        StringBuilder out = new StringBuilder();
        for (List<String> row : all) {
            line(out, row, widths);
        }
        return out.toString();
    }

    private static int[] widths(List<List<String>> all) {
        int[] widths = new int[all.getFirst().size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Width.of(row.get(i)));
            }
        }
        return widths;
    }

    private static int total(int[] widths) {
        int total = GAP.length() * (widths.length - 1);
        for (int width : widths) {
            total += width;
        }
        return total;
    }

    /** The row with so many characters less at the beginning and at the end of its times. */
    private List<String> times(List<String> row, int first, int last) {
        List<String> shorter = new ArrayList<>(row);
        for (int i = 0; i < kinds.size(); i++) {
            String cell = row.get(i);
            if (kinds.get(i) == Kind.TIME && cell.indexOf(':') > 0) {
                shorter.set(i, cell.substring(first, cell.length() - last));
            }
        }
        return shorter;
    }

    /** Takes a column after the other from whichever text is the widest. */
    private void cut(int[] widths, int width) {
        for (int over = total(widths) - width; over > 0; over--) {
            int widest = -1;
            for (int i = 0; i < widths.length; i++) {
                boolean can = kinds.get(i) == Kind.CUT && widths[i] > Math.max(LEAST, Width.of(headings.get(i)));
                if (can && (widest < 0 || widths[i] > widths[widest])) {
                    widest = i;
                }
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
        }
    }

    private static void line(StringBuilder out, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            boolean alone = i == 0 && Width.of(row.getFirst()) > widths[0];
            if (alone) {
                out.append(row.getFirst()).append('\n');
            }
            line.append(Width.padded(alone ? "" : Width.cut(row.get(i), widths[i]), widths[i]));
            line.append(GAP);
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
