package ekiden.mail.match;

import ekiden.base.Ascii;
import ekiden.regex.Escape;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.Set;
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
    private final SetMembers members = new SetMembers();
    /** What was looked at in ranges, so that it is looked at once, however many ranges have it. */
    private final BitSet looked = new BitSet();

    private final BitSet lookedClosely = new BitSet();
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

    /**
     * A set that was read.
     *
     * @param end behind it
     * @param expression for the same
     */
    record Written(int end, String expression) {}

    /** The set that begins at a place, where case does not matter if it {@code folds}; null where it is none that compiles. */
    static @Nullable Written at(String text, int from, PatternSpelling spelling, boolean folds) {
        PatternSet set = new PatternSet(text, from, spelling);
        int first = set.at;
        // a bracket that comes first is one of the set
        while (!set.wrong && set.at < text.length() && (text.charAt(set.at) != ']' || set.at == first)) {
            set.member();
        }
        set.endLast();
        set.voiced();
        return set.wrong || set.at >= text.length()
                ? null
                : new Written(set.at + 1, set.members.written(set.denied, folds));
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
        if (named || (text.charAt(at) == '\\' && Escape.isClass(text, at))) {
            endLast();
            int end =
                    named ? text.indexOf(":]", at + 2) + 2 : Escape.at(text, at).end();
            String written = text.substring(at, end);
            boolean capitals = written.equals("[:upper:]") || written.equals("\\p{Lu}");
            members.addClass(written);
            if (capitals && spelling.smallLetters()) {
                members.add('a', 'z');
            }
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
        Escape escape = c == '\\' ? Escape.at(text, at) : null;
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
            members.add(own.codePointAt(0));
            kana(own.codePointAt(0), own.codePointAt(0));
        } else {
            lengthened(own);
        }
        for (String other : spelling.anyCase() ? PatternCases.others(own, spelling.anyWidth()) : Set.<String>of()) {
            if (other.codePointCount(0, other.length()) == 1) {
                members.add(other.codePointAt(0));
            } else if (!denied) {
                members.addLonger(other);
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

    /** What the marks make of the kana: values have it as one character. */
    private void voiced() {
        for (String mark : marks) {
            kana.stream()
                    .mapToObj(c -> spelling.of(Character.toString(c) + mark))
                    .filter(own -> own.length() == 1)
                    .forEach(own -> members.add(own.charAt(0)));
        }
    }

    private void lengthened(String own) {
        if (denied) {
            own.codePoints().forEach(members::add);
        } else {
            members.addLonger(own);
        }
    }

    private void range(int low, int high) {
        if (wrong || low > high) {
            wrong = true;
            return;
        }
        members.add(low, high);
        kana(low, high);
        mark(low, high);
        if (!spelling.asIs()) {
            others(low, high);
        }
        if (spelling.smallLetters() && low <= 'Z' && high >= 'A') {
            members.add(Math.max(low, 'A') + 32, Math.min(high, 'Z') + 32);
        }
    }

    /** Adds what members of a range are in the other form that values have. */
    private void others(int low, int high) {
        boolean each = high - low < MOST;
        if (each && spelling.anyWidth()) {
            for (int c = Math.max(low, 0x80); c <= high; c++) {
                boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
                if (!half && !lookedClosely.get(c)) {
                    other(c, spelling.of(Character.toString(c)), low, high);
                }
            }
            return;
        }
        for (int i = 0; i < OtherForms.count(); i++) {
            int c = OtherForms.character(i);
            boolean known = lookedClosely.get(c) || (!each && looked.get(c));
            if (low <= c && c <= high && !known) {
                String own = OtherForms.own(i, spelling.anyWidth());
                other(c, spelling.smallLetters() ? Ascii.lower(own) : own, low, high);
            }
        }
    }

    private void other(int c, String own, int low, int high) {
        boolean each = high - low < MOST;
        (each ? lookedClosely : looked).set(c);
        int first = own.codePointAt(0);
        boolean there = own.codePointCount(0, own.length()) == 1 && low <= first && first <= high;
        if (!there && (each || own.codePoints().allMatch(o -> o >= 0x80))) {
            changed(own);
        }
    }

    /** A member of a range, in the other form that values have. */
    private void changed(String own) {
        if (own.codePointCount(0, own.length()) > 1) {
            lengthened(own);
        } else {
            members.add(own.codePointAt(0));
            kana(own.codePointAt(0), own.codePointAt(0));
        }
    }
}
