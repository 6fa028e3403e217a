package ekiden.definition.yaml;

/**
 * How large conditions may be.
 *
 * @param entryCharacters of one entry
 * @param allCharacters of all entries of one receive-mail
 * @param regexStates of all regular expressions of one file
 * @param regexRepeated those of them that repetitions add
 */
public record ConditionLimits(int entryCharacters, int allCharacters, int regexStates, int regexRepeated) {
    /** What the product uses. */
    public static final ConditionLimits DEFAULT = new ConditionLimits(1_000, 100_000, 100_000, 20_000);
}
