package ekiden.store.jdbc;

import java.time.Duration;

/**
 * Limits of a store.
 *
 * @param patience how long is waited for those before in this process, and again for other processes; after it: {@code BUSY}
 * @param batch at most so many transactions share one commit
 * @param readers at most so many reads at once
 * @param checkAlways a SQLite database up to this many bytes is checked whenever it is opened
 * @param checkAfterCrash one up to this many bytes is checked when the process before ended without closing it
 */
public record StoreLimits(Duration patience, int batch, int readers, long checkAlways, long checkAfterCrash) {
    private static final long MIB = 1024 * 1024;

    /** Fits most homes. */
    public static final StoreLimits DEFAULT = new StoreLimits(Duration.ofSeconds(10), 64, 4, 16 * MIB, 256 * MIB);
}
