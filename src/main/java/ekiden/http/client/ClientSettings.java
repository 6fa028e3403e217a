package ekiden.http.client;

import java.time.Duration;
import java.util.Locale;

/**
 * How the API is asked.
 *
 * @param language of the answers
 * @param connect how long a connection may take
 * @param silence how long the process may say nothing
 * @param answer bytes of an answer that is held in memory
 */
public record ClientSettings(Locale language, Duration connect, Duration silence, int answer) {
    /**
     * 5 s to connect, 40 s of silence, 64 MiB.
     *
     * @param language of the answers
     * @return the settings
     */
    public static ClientSettings defaults(Locale language) {
        return new ClientSettings(language, Duration.ofSeconds(5), Duration.ofSeconds(40), 64 * 1024 * 1024);
    }
}
