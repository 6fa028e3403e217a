package ekiden.yaml;

/**
 * A text and where it stands.
 *
 * @param text without quotes
 * @param at where it begins
 */
public record Located(String text, Place at) {}
