package ekiden.mail.match;

import ekiden.regex.Escape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Writes an expression in the syntax of RE2 anew so that the characters that stand for themselves, however they are written, are those of the values that it
 * is tested on. A repetition belongs to a character as it was written, whatever became of it. What is no notation stays as it is: the compiler says so.
 * One pass, no recursion.
 */
final class PatternWriter {
    /** Flags that stand alone are no character: a repetition behind them belongs to what is before them. */
    private static final java.util.regex.Pattern FLAGS_REPEATED =
            java.util.regex.Pattern.compile("(?:\\(\\?[a-zA-Z-]+\\)|\\\\Q\\\\E)++(?:[*+?]|\\{[0-9])");

    private static final PatternSpelling AS_WRITTEN = new PatternSpelling(true, false, false, false);

    private final String text;
    private final PatternSpelling spelling;
    /** Whether groups keep their names and numbers, which nobody asks for and which take time. */
    private final boolean groups;

    private final StringBuilder out = new StringBuilder();
    /** Characters in a row that stand for themselves. */
    private final StringBuilder row = new StringBuilder();

    /** Whether it asks what follows a place: the end, or no letter. */
    private boolean looksAhead;

    /** Whether case does not matter in this place, and did not before each group that is open. */
    private boolean folds;

    private final Deque<Boolean> outside = new ArrayDeque<>();

    private int at;

    private PatternWriter(String text, PatternSpelling spelling, boolean groups) {
        this.text = text;
        this.spelling = spelling;
        this.groups = groups;
        this.folds = spelling.anyCase();
    }

    static String of(String expression, PatternSpelling spelling) {
        return new PatternWriter(expression, spelling, false).written();
    }

    /** The same characters, in the same groups: it compiles where the expression does, and sooner. */
    static String asWritten(String expression) {
        return new PatternWriter(expression, AS_WRITTEN, true).written();
    }

    /** The same for a beginning of a value, whose end is not the end of the value: a place that asks what follows is met where a character is seen to follow. */
    static String ofBeginning(String expression, PatternSpelling spelling) {
        PatternWriter writer = new PatternWriter(expression, spelling, false);
        String written = writer.written();
        return writer.looksAhead ? "(?:" + written + ")(?s:.)" : written;
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
            case ')', '|', '.', '^', '$' -> {
                looksAhead |= c == '$';
                endRow(false);
                folds = (c == ')' && !outside.isEmpty()) ? outside.pop() : folds;
                copy(at + 1);
            }
            case '{' -> brace();
            default -> {
                row.appendCodePoint(c);
                at += Character.charCount(c);
            }
        }
    }

    /** One that begins no repetition stands for itself; but the library lets none follow it, and says so. */
    private void brace() {
        if (groups) {
            endRow(false);
            copy(at + 1);
        } else {
            row.append('{');
            at++;
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
        endRow(FLAGS_REPEATED.matcher(text).region(at, text.length()).lookingAt());
        int end = at + 1;
        boolean named = text.startsWith("?P<", end) || text.startsWith("?<", end);
        if (text.startsWith("?", end) && !named) {
            copy(flags(end + 1));
            return;
        }
        outside.push(folds);
        end = named ? Math.max(end, text.indexOf('>', end) + 1) : end;
        if (groups) {
            copy(end);
        } else {
            out.append("(?:");
            at = end;
        }
    }

    /** {@return behind the flags that begin there, and what ends them} */
    private int flags(int from) {
        boolean before = folds;
        boolean on = true;
        int to = from;
        while (to < text.length() && ":)".indexOf(text.charAt(to)) < 0) {
            on &= text.charAt(to) != '-';
            folds = text.charAt(to) == 'i' ? on : folds;
            to++;
        }
        if (text.startsWith(":", to)) {
            outside.push(before);
        }
        return Math.min(text.length(), to + 1);
    }

    private void set() {
        endRow(false);
        PatternSet.Written set = PatternSet.at(text, at, spelling, folds);
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
            // it parts two repetitions
            out.append(row.isEmpty() ? "\\Q\\E" : "");
            at = end < 0 ? text.length() : end + 2;
            return;
        }
        Escape escape = Escape.at(text, at);
        if (escape.character() >= 0) {
            row.appendCodePoint(escape.character());
            at = escape.end();
            return;
        }
        endRow(false);
        looksAhead |= at + 1 < text.length() && "bBz".indexOf(text.charAt(at + 1)) >= 0;
        out.append(PatternSet.classAlone(text.substring(at, escape.end()), spelling));
        at = escape.end();
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
                : Escape.literal(spelling.of(String.join("", characters)));
    }
}
