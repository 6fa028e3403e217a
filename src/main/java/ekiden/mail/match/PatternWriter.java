package ekiden.mail.match;

import java.util.ArrayList;
import java.util.List;

/**
 * Writes an expression in the syntax of RE2 anew so that the characters that stand for themselves, however they are written, are those of the values that it
 * is tested on. A repetition belongs to a character as it was written, whatever became of it. What is no notation stays as it is: the compiler says so.
 * One pass, no recursion.
 */
final class PatternWriter {
    /** Met by nothing. */
    private static final String NEVER = "[^\\x{0}-\\x{10FFFF}]";

    private final String text;
    private final PatternSpelling spelling;
    private final boolean endless;
    private final StringBuilder out = new StringBuilder();
    /** Characters in a row that stand for themselves. */
    private final StringBuilder row = new StringBuilder();

    private boolean manyLines;
    private int at;

    private PatternWriter(String text, PatternSpelling spelling, boolean endless) {
        this.text = text;
        this.spelling = spelling;
        this.endless = endless;
    }

    static String of(String expression, PatternSpelling spelling) {
        return new PatternWriter(expression, spelling, false).written();
    }

    /** The same for a beginning of a value, whose end is not the end of the value. */
    static String ofBeginning(String expression, PatternSpelling spelling) {
        return new PatternWriter(expression, spelling, true).written();
    }

    private String written() {
        while (at < text.length()) {
            step();
        }
        endRow(false);
        return out.toString();
    }

    private void step() {
        int c = text.codePointAt(at);
        int repeated = repetition();
        if (repeated > at) {
            endRow(true);
            copy(repeated);
            return;
        }
        switch (c) {
            case '[' -> set();
            case '\\' -> escape();
            case '(' -> open();
            case '$' -> end(1);
            case ')', '|', '.', '^' -> {
                endRow(false);
                copy(at + 1);
            }
            default -> {
                row.appendCodePoint(c);
                at += Character.charCount(c);
            }
        }
    }

    /** {@return behind the repetition that begins here, or before where there is none} */
    private int repetition() {
        char c = text.charAt(at);
        if (c == '*' || c == '+' || c == '?') {
            return at + 1;
        }
        int end = c == '{' ? text.indexOf('}', at) : -1;
        return end > 0 && text.substring(at + 1, end).matches("[0-9]+(,[0-9]*)?") ? end + 1 : -1;
    }

    private void copy(int end) {
        out.append(text, at, end);
        at = end;
    }

    private void open() {
        endRow(false);
        int end = at + 1;
        if (text.startsWith("?P<", end) || text.startsWith("?<", end)) {
            end = Math.max(end, text.indexOf('>', end) + 1);
        } else if (text.startsWith("?", end)) {
            int to = end + 1;
            while (to < text.length() && ":)".indexOf(text.charAt(to)) < 0) {
                to++;
            }
            manyLines |= text.substring(end, to).contains("m");
            end = Math.min(text.length(), to + 1);
        }
        copy(end);
    }

    private void set() {
        endRow(false);
        PatternSet.Written set = PatternSet.at(text, at, spelling);
        if (set == null) {
            copy(text.length());
            return;
        }
        out.append(set.expression());
        at = set.end();
    }

    private void escape() {
        if (text.startsWith("\\Q", at)) {
            int end = text.indexOf("\\E", at + 2);
            row.append(text, at + 2, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 2;
            return;
        }
        if (text.startsWith("\\z", at)) {
            end(2);
            return;
        }
        PatternEscape escape = PatternEscape.at(text, at);
        if (escape.character() >= 0) {
            row.appendCodePoint(escape.character());
            at = escape.end();
            return;
        }
        endRow(false);
        out.append(PatternSet.classAlone(text.substring(at, escape.end()), spelling));
        at = escape.end();
    }

    private void end(int length) {
        endRow(false);
        // of many lines the end of each is meant
        if (endless && (length > 1 || !manyLines)) {
            out.append(NEVER);
            at += length;
        } else {
            copy(at + length);
        }
    }

    /** Writes the characters in a row, the last of which may be repeated. */
    private void endRow(boolean repeated) {
        if (row.isEmpty()) {
            return;
        }
        List<String> characters = new ArrayList<>();
        for (int from = 0; from < row.length(); ) {
            int to = from + Character.charCount(row.codePointAt(from));
            while (to < row.length() && spelling.joins(row.codePointAt(to))) {
                to += Character.charCount(row.codePointAt(to));
            }
            characters.add(row.substring(from, to));
            from = to;
        }
        row.setLength(0);
        String last = repeated ? characters.removeLast() : "";
        out.append(inARow(characters));
        if (repeated) {
            String own = spelling.of(last);
            String one = inARow(List.of(last));
            boolean several = own.codePointCount(0, own.length()) > 1 && !one.startsWith("(?:");
            out.append(several ? "(?:" + one + ")" : one);
        }
    }

    private String inARow(List<String> characters) {
        return spelling.anyCase()
                ? PatternCases.of(characters.stream().map(spelling::of).toList(), spelling.anyWidth())
                : PatternEscape.literal(spelling.of(String.join("", characters)));
    }
}
