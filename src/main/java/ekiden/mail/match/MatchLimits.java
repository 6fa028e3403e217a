package ekiden.mail.match;

/**
 * Bounds of what a mail can make conditions do.
 *
 * @param patternText characters of a text that globs and regular expressions look at; words are looked for in all of it
 */
public record MatchLimits(int patternText) {
    /** What the product uses. */
    public static final MatchLimits DEFAULT = new MatchLimits(64 << 10);
}
