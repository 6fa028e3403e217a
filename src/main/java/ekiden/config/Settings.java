package ekiden.config;

import ekiden.base.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * What the settings say.
 *
 * @param language {@code en} or {@code ja}, or null for the language of the environment
 * @param listen where the API listens, on this machine; port 0 for any free one
 * @param store the database
 * @param limits bounds of the work
 * @param mail the mail section, readable or not
 */
public record Settings(
        @Nullable String language, HostPort listen, StoreSettings store, RunLimits limits, MailSettings mail) {
    /** Where the API listens unless the settings say otherwise. */
    public static final HostPort DEFAULT_LISTEN = new HostPort("127.0.0.1", 8017);

    /**
     * @param home the home folder's names
     * @return the settings of a home without a settings file
     */
    public static Settings defaults(HomePaths home) {
        return new Settings(
                null, DEFAULT_LISTEN, new StoreSettings.Sqlite(home.database()), RunLimits.DEFAULT, MailSettings.NONE);
    }
}
