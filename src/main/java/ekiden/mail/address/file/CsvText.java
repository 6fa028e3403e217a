package ekiden.mail.address.file;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values (RFC 4180), also with semicolons or tabs. Pure. */
final class CsvText {
    private final String text;
    private final char separator;
    private int at;
    private int line = 1;

    /**
     * A row.
     *
     * @param line where it begins, from 1
     * @param values its fields
     */
    record Row(int line, List<String> values) {
        Row {
            values = List.copyOf(values);
        }

        boolean empty() {
            return values.stream().allMatch(String::isBlank);
        }
    }

    private CsvText(String text) {
        this.text = text;
        this.separator = separator(text);
    }

    /** {@return the rows, without empty ones} */
    static List<Row> rows(String text) {
        CsvText csv = new CsvText(text);
        List<Row> rows = new ArrayList<>();
        while (csv.at < text.length()) {
            Row row = csv.row();
            if (!row.empty()) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The sign that the line of headings has most of. */
    private static char separator(String text) {
        String first = text.lines().findFirst().orElse("");
        char best = ',';
        for (char sign : new char[] {';', '\t'}) {
            if (count(first, sign) > count(first, best)) {
                best = sign;
            }
        }
        return best;
    }

    private static long count(String text, char sign) {
        return text.chars().filter(c -> c == sign).count();
    }

    private Row row() {
        int begun = line;
        List<String> values = new ArrayList<>();
        boolean goesOn = true;
        while (goesOn) {
            values.add(value());
            goesOn = at < text.length() && text.charAt(at) == separator;
            at += goesOn ? 1 : 0;
        }
        if (at < text.length() && text.charAt(at) == '\r') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '\n') {
            at++;
        }
        line++;
        return new Row(begun, values);
    }

    private String value() {
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean end = !quoted && (c == separator || c == '\n' || c == '\r');
            if (end) {
                break;
            }
            at++;
            if (c == '"' && quoted && at < text.length() && text.charAt(at) == '"') {
                value.append(c);
                at++;
            } else if (c == '"' && (quoted || value.isEmpty())) {
                quoted = !quoted;
            } else {
                line += c == '\n' ? 1 : 0;
                value.append(c);
            }
        }
        return value.toString().strip();
    }
}
