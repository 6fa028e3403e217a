package ekiden.definition;

/**
 * Bounds of filled templates, in UTF-16 units.
 *
 * @param value the longest single value
 * @param text the longest filled text
 * @param arguments the most arguments a list becomes
 * @param allArguments the length of all arguments of one list together
 */
public record TemplateLimits(int value, int text, int arguments, int allArguments) {
    /** 8,192 characters a value, 1 MiB a text, 10,000 arguments of 512 Ki characters in all. */
    public static final TemplateLimits DEFAULT = new TemplateLimits(8_192, 1024 * 1024, 10_000, 512 * 1024);
}
