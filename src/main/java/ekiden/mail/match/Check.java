package ekiden.mail.match;

import ekiden.mail.match.MatchResult.Field;
import ekiden.model.definition.Entry;
import ekiden.regex.Regex;
import ekiden.regex.RegexLimits;
import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A glob or a regular expression. Looks at the beginning of a long text only ({@link MatchLimits#patternText}), and at a text line by line unless it was asked to look
 * across lines.
 *
 * @param facet number of what it looks at
 * @param needed a term without which it cannot be met, or null where there is none that is known
 * @param met tests one value
 * @param byLine whether each line is a value
 */
record Check(int facet, Terms.@Nullable Term needed, Predicate<String> met, boolean byLine) {
    static Check of(Field field, String header, Entry entry, Terms terms) {
        Facet facet = Facet.of(field, header, entry);
        boolean byLine = field == Field.TEXT && !entry.acrossLines();
        String needed;
        Predicate<String> met;
        if (entry.form() == Entry.Form.GLOB) {
            Glob glob = new Glob(facet.phrase(entry.anyWidth() ? Widths.ofPattern(entry.text()) : entry.text()));
            needed = glob.needed();
            met = glob::covers;
        } else {
            Optional<Regex> regex = regex(entry, facet.bare());
            needed = regex.flatMap(Regex::needed).orElse("");
            met = value -> regex.isPresent() && regex.get().in(value);
        }
        Facet side = entry.form() == Entry.Form.GLOB ? facet : facet.forNeeded(entry);
        String phrase = side.phrase(needed);
        Terms.Term term = phrase.isEmpty() ? null : terms.part(side, phrase);
        return new Check(terms.facet(facet), term, met, byLine);
    }

    /** One that does not compile was refused when it was defined; it is met by nothing. */
    private static Optional<Regex> regex(Entry entry, boolean bare) {
        String normal = entry.anyWidth()
                ? Widths.ofPattern(entry.text())
                : Normalizer.normalize(entry.text(), Normalizer.Form.NFC);
        String expression = JisTwins.ofPattern(normal, entry.anyWidth());
        return switch (Regex.compile(expression, entry.anyCase() || bare, RegexLimits.DEFAULT)) {
            case Regex.Compiling.Good(Regex regex) -> Optional.of(regex);
            case Regex.Compiling.Wrong ignored -> Optional.empty();
        };
    }

    /** Whether a value meets it; where the values are not known it does not. */
    boolean met(MailLook look) {
        if (needed != null && !look.has(needed.facet(), needed.number())) {
            return false;
        }
        List<String> values = look.values(facet);
        for (String value : values == null ? List.<String>of() : values) {
            if (meets(value)) {
                return true;
            }
        }
        return false;
    }

    private boolean meets(String value) {
        int most = MatchLimits.DEFAULT.patternText();
        String seen = value.length() <= most ? value : value.substring(0, most);
        return (byLine && !seen.isEmpty()) ? seen.lines().anyMatch(met) : met.test(seen);
    }
}
