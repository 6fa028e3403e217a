package ekiden.regex;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What can be told of an expression without compiling it: how large repetitions make it, how deep its groups lie, and which characters it needs. Where
 * the notation is wrong it tells anything; the compiler says so then. One pass, no recursion.
 */
final class RegexShape {
    private static final long MOST = 1L << 40;

    private final String text;
    private int at;
    private int deepest;

    /** Per open group: the states before it, and those of its present branch. */
    private final Deque<Long> outer = new ArrayDeque<>();

    private long states;
    /** The states of the last atom, which a repetition multiplies. */
    private long last;

    /** Those that stand in the text. */
    private long written;

    /** Per open group: whether it has a number or a name, which is a state of its own. */
    private final Deque<Boolean> numbered = new ArrayDeque<>();

    private boolean branches;
    private boolean flags;
    private final StringBuilder run = new StringBuilder();
    private String longest = "";

    private RegexShape(String text) {
        this.text = text;
    }

    static RegexShape of(String text) {
        RegexShape shape = new RegexShape(text);
        while (shape.at < text.length()) {
            shape.step();
        }
        shape.endRun();
        return shape;
    }

    long states() {
        return states;
    }

    /** Those that are there because something is repeated so many times. */
    long added() {
        return states - written;
    }

    int nesting() {
        return deepest;
    }

    /** Branches and flags inside make it too hard to say; then it needs nothing that is known. */
    Optional<String> needed() {
        return (branches || flags || longest.isEmpty()) ? Optional.empty() : Optional.of(longest);
    }

    private void step() {
        char c = text.charAt(at);
        switch (c) {
            case '(' -> open();
            case ')' -> close();
            case '[' -> set();
            case '\\' -> escape();
            case '*', '?' -> optional();
            case '+' -> repeated();
            case '{' -> braces();
            case '|' -> {
                branches |= outer.isEmpty();
                at++;
                endRun();
            }
            case '.', '^', '$' -> {
                at++;
                atom();
            }
            default -> literal(text.codePointAt(at), Character.charCount(text.codePointAt(at)));
        }
    }

    private void atom() {
        endRun();
        states = Math.min(MOST, states + 1);
        written++;
        last = 1;
    }

    private void literal(int codePoint, int length) {
        at += length;
        states = Math.min(MOST, states + 1);
        written++;
        last = 1;
        if (outer.isEmpty()) {
            run.appendCodePoint(codePoint);
        }
    }

    private void endRun() {
        if (run.length() > longest.length()) {
            longest = run.toString();
        }
        run.setLength(0);
    }

    private void open() {
        endRun();
        at++;
        outer.push(states);
        numbered.push(!text.startsWith("?", at) || text.startsWith("?P<", at) || text.startsWith("?<", at));
        deepest = Math.max(deepest, outer.size());
        states = 0;
        last = 0;
        if (text.startsWith("?", at)) {
            boolean harmless = text.startsWith("?:", at) || text.startsWith("?P<", at) || text.startsWith("?<", at);
            flags |= !harmless;
            int end = text.startsWith("?:", at) ? at + 1 : text.indexOf(harmless ? '>' : ')', at);
            // flags that stand alone close themselves
            at = end < 0 ? text.length() : harmless ? end + 1 : skipFlags();
        }
    }

    /** {@code (?i)} or {@code (?i:…)}. */
    private int skipFlags() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != ':' && text.charAt(end) != ')') {
            end++;
        }
        return end < text.length() && text.charAt(end) == ':' ? end + 1 : end;
    }

    private void close() {
        endRun();
        at++;
        if (!outer.isEmpty()) {
            boolean one = numbered.pop();
            written += one || states == 0 ? 1 : 0;
            last = states + (one || states == 0 ? 1 : 0);
            states = Math.min(MOST, outer.pop() + last);
        }
    }

    private void set() {
        int end = at + 1;
        if (text.startsWith("^", end)) {
            end++;
        }
        if (text.startsWith("]", end)) {
            end++;
        }
        while (end < text.length() && text.charAt(end) != ']') {
            boolean named = text.startsWith("[:", end) && text.indexOf(":]", end) > 0;
            end = named ? text.indexOf(":]", end) + 2 : end + (text.charAt(end) == '\\' ? 2 : 1);
        }
        at = Math.min(text.length(), end + 1);
        atom();
    }

    private void escape() {
        if (text.startsWith("\\Q", at)) {
            quoted();
            return;
        }
        Escape escape = Escape.at(text, at);
        if (escape.character() != Escape.NONE && !Character.isLetterOrDigit(text.charAt(at + 1))) {
            at++;
            literal(escape.character(), escape.end() - at);
        } else {
            at = escape.end();
            atom();
        }
    }

    private void quoted() {
        int from = at + 2;
        int end = text.indexOf("\\E", from);
        int to = end < 0 ? text.length() : end;
        at = from;
        // a repetition behind an empty one repeats what was repeated before
        flags |= from >= to;
        while (at < to) {
            int codePoint = text.codePointAt(at);
            literal(codePoint, Math.min(to - at, Character.charCount(codePoint)));
        }
        at = end < 0 ? text.length() : end + 2;
    }

    /** The atom before may be absent: it is no part of what is needed. */
    private void optional() {
        at++;
        dropLast();
        endRun();
    }

    private void repeated() {
        at++;
        endRun();
    }

    private void dropLast() {
        if (!run.isEmpty()) {
            run.setLength(run.offsetByCodePoints(run.length(), -1));
        }
    }

    private void braces() {
        int end = text.indexOf('}', at);
        String inside = end < 0 ? "" : text.substring(at + 1, end);
        if (!inside.matches("[0-9]{1,9}(,[0-9]{0,9})?")) {
            literal('{', 1);
            return;
        }
        at = end + 1;
        int comma = inside.indexOf(',');
        long least = Long.parseLong(comma < 0 ? inside : inside.substring(0, comma));
        boolean open = comma == inside.length() - 1;
        long most = (comma < 0 || open) ? least : Long.parseLong(inside.substring(comma + 1));
        long times = Math.max(1, Math.max(least, most));
        states = Math.min(MOST, states + last * (times - 1));
        last = Math.min(MOST, last * times);
        if (least == 0) {
            dropLast();
        }
        endRun();
    }
}
