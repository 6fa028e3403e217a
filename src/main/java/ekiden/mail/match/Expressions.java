package ekiden.mail.match;

import ekiden.model.definition.Entry;
import ekiden.regex.Regex;
import ekiden.regex.RegexLimits;
import java.util.Optional;

/** Regular expressions of entries, as they are tested on the values of mails. */
public final class Expressions {
    private static final RegexLimits WRITTEN = RegexLimits.DEFAULT;
    /** A character can become many, or a group of ways to write it; and what looks ahead becomes a group. */
    private static final RegexLimits MEANT =
            new RegexLimits(64 * WRITTEN.characters(), 10 * WRITTEN.states(), WRITTEN.nesting() + 2);

    private Expressions() {}

    /**
     * @param entry whose form is {@link Entry.Form#REGEX}
     * @param addresses whether it stands in a list of addresses
     * @return the compiled expression; or what is wrong with it, as it is written or as it is meant
     */
    public static Regex.Compiling compile(Entry entry, boolean addresses) {
        PatternSpelling spelling = PatternSpelling.of(entry, PatternSpelling.bare(addresses, entry.look()));
        Optional<String> refused = Regex.refused(entry.text(), entry.anyCase(), WRITTEN);
        if (refused.isPresent()) {
            return new Regex.Compiling.Wrong(refused.get());
        }
        // the notation is the same in any case, and without it the library need not look at each character of a set
        return switch (Regex.compile(PatternWriter.asWritten(entry.text()), false, MEANT)) {
            case Regex.Compiling.Wrong wrong -> wrong;
            case Regex.Compiling.Good _ -> meant(PatternWriter.of(entry.text(), spelling), spelling);
        };
    }

    /** The same for the beginning of a value, whose end is not in sight: what asks for the end is not met. */
    static Regex.Compiling ofBeginning(Entry entry, boolean addresses) {
        PatternSpelling spelling = PatternSpelling.of(entry, PatternSpelling.bare(addresses, entry.look()));
        return meant(PatternWriter.ofBeginning(entry.text(), spelling), spelling);
    }

    private static Regex.Compiling meant(String expression, PatternSpelling spelling) {
        return Regex.compile(expression, spelling.anyCase(), MEANT);
    }

    /**
     * Characters that must stand in a value, one after the other, but for their case where that does not matter; or empty. The ways to write a letter in the other case are made alike with it
     * where they are looked for, so they need not break what is needed into pieces.
     */
    static String needed(Entry entry, boolean addresses, Regex compiled) {
        PatternSpelling spelling = PatternSpelling.of(entry, PatternSpelling.bare(addresses, entry.look()));
        if (!spelling.anyCase()) {
            return compiled.needed().orElse("");
        }
        PatternSpelling one = new PatternSpelling(spelling.asIs(), spelling.anyWidth(), false, false);
        return Regex.needed(PatternWriter.of(entry.text(), one)).orElse("");
    }
}
