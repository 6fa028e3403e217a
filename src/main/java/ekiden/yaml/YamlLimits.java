package ekiden.yaml;

/**
 * Bounds of one file.
 *
 * @param characters length of the whole text, in UTF-16 units
 * @param depth how deep collections may lie in one another
 * @param items entries of one list or mapping
 * @param problems how many problems are told before the rest is only counted
 */
public record YamlLimits(int characters, int depth, int items, int problems) {
    /** A process may watch thousands of mailboxes: entries of one list or mapping in the settings. */
    public static final int SETTINGS_ITEMS = 10_000;

    /** 1 MiB, 50 levels, 1,000 entries, 100 problems. */
    public static final YamlLimits DEFAULT = new YamlLimits(1024 * 1024, 50, 1000, 100);

    /** The same for the settings, with more profiles. */
    public static final YamlLimits SETTINGS =
            new YamlLimits(DEFAULT.characters(), DEFAULT.depth(), SETTINGS_ITEMS, DEFAULT.problems());
}
