package ekiden.regex;

/**
 * What one regular expression may ask for.
 *
 * @param characters of the expression
 * @param states that its repetitions make of it; the time for a character of a text grows with them
 * @param nesting groups inside each other
 */
public record RegexLimits(int characters, int states, int nesting) {
    /** What the product uses. */
    public static final RegexLimits DEFAULT = new RegexLimits(1_000, 2_000, 50);
}
