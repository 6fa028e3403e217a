package ekiden.cli;

import org.jspecify.annotations.Nullable;

/**
 * An option of a command.
 *
 * @param name with its hyphens
 * @param label of its value, or null where it is a flag
 * @param many whether it may be given several times
 */
record Opt(String name, @Nullable String label, boolean many) {
    static final Opt JSON = flag("--json");
    static final Opt HOME = of("--home", "DIR");
    static final Opt LANG = of("--lang", "en|ja");
    static final Opt LIMIT = of("--limit", "N");

    String synopsis() {
        return label == null ? name : name + "=" + label;
    }

    static Opt flag(String name) {
        return new Opt(name, null, false);
    }

    static Opt of(String name, String label) {
        return new Opt(name, label, false);
    }

    static Opt many(String name, String label) {
        return new Opt(name, label, true);
    }
}
