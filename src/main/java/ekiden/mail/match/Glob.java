package ekiden.mail.match;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * {@code *} for anything, {@code ?} for one character, {@code \} before a character that means itself. Covers the whole value. Takes at most length times
 * length steps. A {@code ?} is one character as the mail has it, in NFC, whatever that becomes when it is compared.
 */
final class Glob {
    /** A character that stands for itself is not negative. */
    private static final int ANY = -1;

    private static final int ONE = -2;
    /** Of marks in a row so many may change places, in values of so many characters. */
    private static final int MOST_MARKS = 4;

    private static final int MOST_ORDERED = 1_000;

    private final Facet facet;
    private final int[] signs;
    private final String needed;

    /** A pattern as it is written, for values of a facet. */
    Glob(String pattern, Facet facet) {
        this.facet = facet;
        IntStream.Builder read = IntStream.builder();
        StringBuilder run = new StringBuilder();
        String longest = "";
        String written = facet.bare() ? pattern.strip() : pattern;
        for (int at = 0; at <= written.length(); ) {
            int c = at == written.length() ? ANY : written.codePointAt(at);
            boolean sign = c == '*' || c == '?' || c == ANY;
            if (sign) {
                String own = facet.part(run.toString());
                longest = own.length() > longest.length() ? own : longest;
                own.codePoints().forEach(read::add);
                run.setLength(0);
                at++;
            } else {
                at += Character.charCount(c);
                boolean escaped = c == '\\' && at < written.length();
                int meant = escaped ? written.codePointAt(at) : c;
                at += escaped ? Character.charCount(meant) : 0;
                run.appendCodePoint(meant);
            }
            if (sign && c != ANY) {
                read.add(c == '*' ? ANY : ONE);
            }
        }
        this.needed = longest;
        this.signs = read.build().toArray();
    }

    /** Characters that must stand in a value; empty where any will do. */
    String needed() {
        return needed;
    }

    /** Whether it must see how a value is written in the mail. */
    boolean counts() {
        return facet.lengthens() && Arrays.stream(signs).anyMatch(sign -> sign == ONE);
    }

    /** Whether it covers a value of which only the beginning is in sight: where it takes anything that may follow. */
    boolean coversBeginning(boolean covers) {
        return covers && signs.length > 0 && signs[signs.length - 1] == ANY;
    }

    /** As it is compared; each of its characters is one. */
    boolean covers(String value) {
        return covers(value.codePoints().toArray(), null);
    }

    /** As the mail has it. */
    boolean coversWritten(String written) {
        String whole = facet.part(written);
        String normal =
                facet.folding().anyWidth() ? Marks.composed(written) : Marks.normal(written, Normalizer.Form.NFC);
        List<String> characters = new ArrayList<>();
        for (int from = 0; from < normal.length(); ) {
            int to = one(normal, from);
            characters.add(facet.part(normal.substring(from, to)));
            from = to;
        }
        if (characters.size() <= MOST_ORDERED && !String.join("", characters).equals(whole)) {
            order(characters);
        }
        // characters of different origin may have become one
        return String.join("", characters).equals(whole)
                ? covers(whole.codePoints().toArray(), ends(characters))
                : covers(whole);
    }

    /** Behind each character, as often as it has code points: where it ends. */
    private static int[] ends(List<String> characters) {
        IntStream.Builder ends = IntStream.builder();
        int count = 0;
        for (String own : characters) {
            int length = own.codePointCount(0, own.length());
            count += length;
            for (int i = 0; i < length; i++) {
                ends.add(count);
            }
        }
        return ends.build().toArray();
    }

    /** Marks that become others when they are compared change places there, and so they do here; rows of more of them than anybody writes may not be followed. */
    private void order(List<String> characters) {
        for (int pass = 0; pass < MOST_MARKS; pass++) {
            for (int i = 1; i < characters.size(); i++) {
                String one = characters.get(i - 1);
                String other = characters.get(i);
                if (facet.part(one + other).equals(other + one)) {
                    characters.set(i - 1, other);
                    characters.set(i, one);
                }
            }
        }
    }

    /** {@return behind the character that begins there: with the voiced mark that stands by itself where it is half as wide} */
    private int one(String normal, int from) {
        int to = from + Character.charCount(normal.codePointAt(from));
        if (to < normal.length() && PatternSpelling.widthJoins(normal.codePointAt(to))) {
            String both = facet.part(normal.substring(from, to + 1));
            return both.codePointCount(0, both.length()) == 1 ? to + 1 : to;
        }
        return to;
    }

    /**
     * @param text code points
     * @param ends of each of them: behind the last one that was the same character in the mail; null where each is one
     */
    private boolean covers(int[] text, int @Nullable [] ends) {
        int at = 0;
        int sign = 0;
        int star = -1;
        int retry = 0;
        while (at < text.length) {
            int next = sign < signs.length ? behind(signs[sign], at, text, ends) : at;
            if (next > at) {
                at = next;
                sign++;
            } else if (sign < signs.length && signs[sign] == ANY) {
                star = sign;
                retry = at;
                sign++;
            } else if (star >= 0) {
                retry++;
                at = retry;
                sign = star + 1;
            } else {
                return false;
            }
        }
        while (sign < signs.length && signs[sign] == ANY) {
            sign++;
        }
        return sign == signs.length;
    }

    /** {@return behind what a sign that stands for one character takes; where it takes nothing, the same place} */
    private static int behind(int sign, int at, int[] text, int @Nullable [] ends) {
        if (sign != ONE || ends == null) {
            return sign == ONE || sign == text[at] ? at + 1 : at;
        }
        boolean begins = at == 0 || ends[at - 1] == at;
        return begins ? ends[at] : at;
    }
}
