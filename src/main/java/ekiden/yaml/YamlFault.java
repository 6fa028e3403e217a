package ekiden.yaml;

/** What can be wrong with any YAML file, whatever it describes. The caller gives each a message id of its own area. */
public enum YamlFault {
    /** Not YAML; {@code found} is what the reader said. */
    SYNTAX,
    /** Longer than {@link YamlLimits#characters}, or a collection with more than {@link YamlLimits#items}. */
    TOO_LARGE,
    /** Deeper than {@link YamlLimits#depth}. */
    TOO_DEEP,
    /** An anchor, alias, tag or second document. */
    NOT_PLAIN,
    /** A key that stands twice in one mapping; {@code first} is the line of its first place. */
    DUPLICATE_KEY,
    /** A key nobody knows here. */
    UNKNOWN_KEY,
    /** A key nobody knows here, but {@code near} is much like it. */
    MISSPELT_KEY,
    /** A list, mapping, text or nothing where another kind was expected. */
    WRONG_TYPE,
    /** A text with a NUL character, which no program, file or mail can be given. */
    NUL,
    /** A key that must be there is not. */
    MISSING_KEY,
    /** The right kind, but not an allowed value. */
    BAD_VALUE,
    /** More than {@link YamlLimits#problems}; {@code more} were not told. */
    TOO_MANY
}
