package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Field;
import ekiden.model.definition.Entry;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A glob or a regular expression. Looks at the beginning of a long text only ({@link MatchLimits#patternText}), and at a text line by line unless it was asked to look
 * across lines.
 *
 * @param facet number of what it looks at
 * @param needed a term without which it cannot be met, or null where there is none that is known
 * @param pattern tests one value
 * @param byLine whether each line is a value
 */
record Check(int facet, Terms.@Nullable Term needed, Pattern pattern, boolean byLine) {
    /** So many characters of a mail can become one. */
    private static final int BECOME_ONE = 4;

    static Check of(Field field, String header, Entry entry, Terms terms) {
        Facet facet = Facet.of(field, header, entry);
        boolean byLine = field == Field.TEXT && !entry.acrossLines();
        boolean glob = entry.form() == Entry.Form.GLOB;
        Pattern pattern = glob ? new Pattern.OfGlob(new Glob(entry.text(), facet)) : Pattern.ofRegex(entry, facet);
        Facet side = glob ? facet : facet.forNeeded(entry);
        String phrase = side.phrase(pattern.needed());
        Terms.Term term = phrase.isEmpty() ? null : terms.part(side, phrase);
        return new Check(terms.facet(facet), term, pattern, byLine);
    }

    /** Whether a value meets it; where the values are not known it does not. */
    boolean met(MailLook look) {
        if (needed != null && !look.has(needed.facet(), needed.number())) {
            return false;
        }
        List<String> values = look.values(facet);
        for (int i = 0; values != null && i < values.size(); i++) {
            if (meets(i, values.get(i), look)) {
                return true;
            }
        }
        return false;
    }

    /** What is short, and read as it is compared, needs no look at how the mail has it. */
    private boolean meets(int number, String value, MailLook look) {
        int most = MatchLimits.DEFAULT.patternText();
        if (!pattern.counts() && value.length() <= most / BECOME_ONE) {
            return meets(value, false, false);
        }
        List<String> plain = look.facet(facet).plain(look.mail());
        String written = plain == null ? value : plain.get(number);
        boolean counts = pattern.counts() && !ascii(written);
        if (written.length() <= most) {
            return meets(counts ? written : value, counts, false);
        }
        int end = Character.isHighSurrogate(written.charAt(most - 1)) ? most - 1 : most;
        String beginning = written.substring(0, end);
        boolean lineEnds = byLine && (written.charAt(end) == '\n' || written.charAt(end) == '\r');
        return meets(counts ? beginning : look.facet(facet).phrase(beginning), counts, !lineEnds);
    }

    private boolean meets(String seen, boolean written, boolean cut) {
        if (!byLine || seen.isEmpty()) {
            return pattern.meets(seen, written, cut);
        }
        boolean ended = seen.endsWith("\n") || seen.endsWith("\r");
        for (Iterator<String> lines = seen.lines().iterator(); lines.hasNext(); ) {
            String line = lines.next();
            if (pattern.meets(line, written, cut && !ended && !lines.hasNext())) {
                return true;
            }
        }
        return false;
    }

    private static boolean ascii(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
