package ekiden.mail.match;

import java.text.Normalizer;
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
    /** Of a longer range only those members are looked at that are others in NFC already; and what becomes ASCII is no member of it: nobody means it. */
    private static final int MOST = 1_024;
    /** The kana that values have, which the half-width marks may make others. */
    private static final int KANA = 0x3041;

    private static final int LAST_KANA = 0x30ff;
    private static final int HALF_VOICED = 0xff9e;
    private static final int HALF_SEMI_VOICED = 0xff9f;

    private static final String SMALL = "a-z";

    private final String text;
    private final PatternSpelling spelling;
    private final boolean denied;
    private final StringBuilder members = new StringBuilder();
    private final BitSet more = new BitSet();
    private final Set<String> longer = new LinkedHashSet<>();
    private final BitSet kana = new BitSet();
    /** Half-width voiced marks that are members. */
    private final Set<String> marks = new LinkedHashSet<>();
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

    /** Characters that NFC, and one for both twins, makes one other character; in order. */
    private static final class Changed {
        /** Never written again. */
        private static final int[] ALL = IntStream.concat(
                        IntStream.range(0x80, Character.MIN_SURROGATE),
                        IntStream.concat(IntStream.rangeClosed(0xf900, 0xffff), IntStream.range(0x2f800, 0x2fa20)))
                .filter(Changed::is)
                .toArray();

        private static boolean is(int c) {
            String own = JisTwins.one(Normalizer.normalize(Character.toString(c), Normalizer.Form.NFC), false);
            return own.codePointCount(0, own.length()) == 1 && own.codePointAt(0) != c;
        }

        static int[] in(int low, int high) {
            return IntStream.of(ALL).filter(c -> low <= c && c <= high).toArray();
        }
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
        set.voiced();
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
        int c = character.codePointAt(0);
        boolean mark = mark(c, c);
        if (!mark && !last.isEmpty() && spelling.joins(c) && single(last, character)) {
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
            kana(own.codePointAt(0), own.codePointAt(0));
            cases(own.codePointAt(0), own.codePointAt(0));
        } else {
            lengthened(own);
        }
        for (String other : spelling.anyCase() ? PatternCases.others(own, spelling.anyWidth()) : Set.<String>of()) {
            if (other.codePointCount(0, other.length()) == 1) {
                more.set(other.codePointAt(0));
            } else if (!denied) {
                longer.add(other);
            }
        }
        last = "";
    }

    /** {@return whether half-width marks are among characters; they are members of their own, not one with the character before} */
    private boolean mark(int low, int high) {
        boolean found = false;
        for (int mark = HALF_VOICED; spelling.anyWidth() && mark <= HALF_SEMI_VOICED; mark++) {
            if (low <= mark && mark <= high) {
                marks.add(Character.toString(mark));
                found = true;
            }
        }
        return found;
    }

    private void kana(int low, int high) {
        int from = Math.max(low, KANA);
        kana.set(from, Math.max(from, Math.min(high, LAST_KANA) + 1));
    }

    private void cases(int low, int high) {
        if (spelling.anyCase()) {
            PatternCases.inSets(low, high, more);
        }
    }

    /** What the marks make of the kana: values have it as one character. */
    private void voiced() {
        for (String mark : marks) {
            kana.stream()
                    .mapToObj(c -> spelling.of(Character.toString(c) + mark))
                    .filter(own -> own.length() == 1)
                    .forEach(own -> more.set(own.charAt(0)));
        }
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
        kana(low, high);
        mark(low, high);
        cases(low, high);
        boolean each = high - low < MOST;
        if (!spelling.asIs()) {
            for (int c : each && spelling.anyWidth() ? all(low, high) : Changed.in(low, high)) {
                String own = spelling.of(Character.toString(c));
                int first = own.codePointAt(0);
                boolean there = own.codePointCount(0, own.length()) == 1 && low <= first && first <= high;
                if (!there && (each || own.codePoints().allMatch(o -> o >= 0x80))) {
                    changed(own);
                }
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

    /** A member of a range, in the other form that values have. */
    private void changed(String own) {
        if (own.codePointCount(0, own.length()) > 1) {
            lengthened(own);
        } else {
            more.set(own.codePointAt(0));
            kana(own.codePointAt(0), own.codePointAt(0));
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
