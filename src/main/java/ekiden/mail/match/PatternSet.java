package ekiden.mail.match;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A set of an expression, {@code […]}, written anew so that it has the characters of values. What becomes several characters stands beside the set;
 * of a set that is denied, each of them is a member.
 */
final class PatternSet {
    /** Of a longer range not each member is looked at, only the twins inside. */
    private static final int MOST = 1_024;

    private static final String SMALL = "a-z";

    private final String text;
    private final PatternSpelling spelling;
    private final boolean denied;
    private final StringBuilder members = new StringBuilder();
    private final BitSet more = new BitSet();
    private final Set<String> longer = new LinkedHashSet<>();
    /** The character before, which a mark may join; empty where there is none. */
    private String last = "";

    private int at;
    private boolean wrong;

    private PatternSet(String text, int from, PatternSpelling spelling) {
        this.text = text;
        this.spelling = spelling;
        this.denied = text.startsWith("^", from + 1);
        this.at = from + (denied ? 2 : 1);
    }

    /**
     * A set that was read.
     *
     * @param end behind it
     * @param expression for the same
     */
    record Written(int end, String expression) {}

    /** The set that begins at a place; null where it is none that compiles. */
    static @Nullable Written at(String text, int from, PatternSpelling spelling) {
        PatternSet set = new PatternSet(text, from, spelling);
        int first = set.at;
        // a bracket that comes first is one of the set
        while (!set.wrong && set.at < text.length() && (text.charAt(set.at) != ']' || set.at == first)) {
            set.member();
        }
        set.endLast();
        return set.wrong || set.at >= text.length() ? null : new Written(set.at + 1, set.written());
    }

    /** A class that stands alone, outside of sets. */
    static String classAlone(String written, PatternSpelling spelling) {
        boolean capitals = written.equals("\\p{Lu}") || written.equals("\\P{Lu}") || written.equals("\\p{^Lu}");
        if (!capitals || !spelling.smallLetters()) {
            return written;
        }
        return (written.equals("\\p{Lu}") ? "[" : "[^") + "\\p{Lu}" + SMALL + "]";
    }

    private void member() {
        boolean named = text.startsWith("[:", at) && text.indexOf(":]", at + 2) > 0;
        if (named || (text.charAt(at) == '\\' && PatternEscape.isClass(text, at))) {
            endLast();
            int end = named
                    ? text.indexOf(":]", at + 2) + 2
                    : PatternEscape.at(text, at).end();
            String written = text.substring(at, end);
            boolean capitals = written.equals("[:upper:]") || written.equals("\\p{Lu}");
            members.append(written).append(capitals && spelling.smallLetters() ? SMALL : "");
            at = end;
            return;
        }
        int low = character();
        boolean range = at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
        if (range) {
            endLast();
            at++;
            range(low, character());
        } else if (!wrong) {
            single(Character.toString(low));
        }
    }

    private int character() {
        int c = text.codePointAt(at);
        PatternEscape escape = c == '\\' ? PatternEscape.at(text, at) : null;
        at = escape == null ? at + Character.charCount(c) : escape.end();
        int meant = escape == null ? c : escape.character();
        wrong |= meant < 0;
        return meant;
    }

    private void single(String character) {
        if (!last.isEmpty() && spelling.joins(character.codePointAt(0)) && single(last, character)) {
            last += character;
            return;
        }
        endLast();
        last = character;
    }

    private boolean single(String one, String other) {
        String both = spelling.of(one + other);
        return both.codePointCount(0, both.length()) == 1;
    }

    private void endLast() {
        if (last.isEmpty()) {
            return;
        }
        String own = spelling.of(last);
        if (own.codePointCount(0, own.length()) == 1) {
            members.append(escaped(own.codePointAt(0)));
        } else {
            lengthened(own);
        }
        if (spelling.anyCase() && !denied) {
            longer.addAll(PatternCases.others(own, spelling.anyWidth()));
        }
        last = "";
    }

    private void lengthened(String own) {
        if (denied) {
            own.codePoints().forEach(more::set);
        } else {
            longer.add(own);
        }
    }

    private void range(int low, int high) {
        if (wrong || low > high) {
            wrong = true;
            return;
        }
        members.append(escaped(low)).append('-').append(escaped(high));
        if (!spelling.asIs()) {
            for (int c : high - low < MOST && spelling.anyWidth() ? all(low, high) : JisTwins.in(low, high)) {
                changed(c);
            }
        }
        if (spelling.smallLetters()) {
            int from = Math.max(low, 'A');
            int to = Math.min(high, 'Z');
            more.set(from + 32, Math.max(from, to + 1) + 32);
        }
    }

    private static int[] all(int low, int high) {
        return IntStream.rangeClosed(low, high)
                .filter(c -> c >= 0x80 && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                .toArray();
    }

    /** A member of a range that values have in another form. */
    private void changed(int c) {
        String own = spelling.of(Character.toString(c));
        if (own.codePointCount(0, own.length()) > 1) {
            lengthened(own);
        } else {
            more.set(own.codePointAt(0));
        }
    }

    private String written() {
        StringBuilder all = new StringBuilder(members);
        for (int from = more.nextSetBit(0); from >= 0; from = more.nextSetBit(from)) {
            int to = more.nextClearBit(from);
            all.append(escaped(from));
            if (to - from > 1) {
                all.append('-').append(escaped(to - 1));
            }
            from = to;
        }
        List<String> ways = new ArrayList<>();
        if (!all.isEmpty()) {
            ways.add("[" + (denied ? "^" : "") + all + "]");
        }
        longer.forEach(one -> ways.add(PatternEscape.literal(one)));
        return longer.isEmpty() ? ways.getFirst() : "(?:" + String.join("|", ways) + ")";
    }

    private static String escaped(int c) {
        return ("\\^[]-".indexOf(c) >= 0 ? "\\" : "") + Character.toString(c);
    }
}
