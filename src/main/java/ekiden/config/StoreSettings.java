package ekiden.config;

import ekiden.base.HostPort;
import ekiden.mail.profile.SecretSource;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which database holds the state. */
public sealed interface StoreSettings {
    /**
     * A SQLite file, opened by one process only.
     *
     * @param file absolute
     */
    record Sqlite(Path file) implements StoreSettings {}

    /**
     * A PostgreSQL database.
     *
     * @param server host and port
     * @param database its name
     * @param options the part of the URL behind {@code ?}, for the driver; empty for none
     * @param user who logs in, or null for the driver's default
     * @param password where the password comes from, or null for none
     */
    record Postgres(
            HostPort server,
            String database,
            String options,
            @Nullable String user,
            @Nullable SecretSource password) implements StoreSettings {
        /** {@return the URL for the JDBC driver, without user and password} */
        public String jdbcUrl() {
            return "jdbc:postgresql://" + server + "/" + database + (options.isEmpty() ? "" : "?" + options);
        }
    }
}
