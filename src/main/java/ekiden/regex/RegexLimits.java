package ekiden.regex;

/**
 * What one regular expression may ask for.
 *
 * @param characters of the expression
 * @param states that its repetitions add to those that are written; the time for a character of a text grows with them
 * @param nesting groups inside each other
 */
public record RegexLimits(int characters, int states, int nesting) {
    /** What the product uses. */
    public static final RegexLimits DEFAULT = new RegexLimits(1_000, 400, 50);
}
