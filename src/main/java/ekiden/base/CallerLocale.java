package ekiden.base;

import java.util.Map;

/**
 * The locale that Ekiden was called with. The virtual machine takes the encoding of file names from the locale and from nothing else,
 * so the launcher starts it with {@code LC_ALL=C.UTF-8}: under cron and systemd no file could have a Japanese name otherwise. What
 * {@code LC_ALL} was before stands in {@link #KEPT}; messages and the programs that Ekiden starts get that one.
 */
public final class CallerLocale {
    /** The variable in which the launcher keeps the caller's {@code LC_ALL}; empty where there was none. */
    public static final String KEPT = "EKIDEN_LC_ALL";

    private CallerLocale() {}

    /**
     * Puts back what the launcher changed; does nothing where there was no launcher.
     *
     * @param environment of this process or of one to be started; is changed
     */
    public static void restore(Map<String, String> environment) {
        String kept = environment.remove(KEPT);
        if (kept == null) {
            return;
        }
        if (kept.isEmpty()) {
            environment.remove("LC_ALL");
        } else {
            environment.put("LC_ALL", kept);
        }
    }
}
