package ekiden.model.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the saved files of a job may go; each of the three that is not null is a reason by itself.
 *
 * @param age so long after their mail was taken
 * @param count where so many newer runs of the jobnet have files of this job
 * @param size where the files of newer runs of this job have so many bytes together with them
 */
public record Retention(
        @Nullable Duration age,
        @Nullable Integer count,
        @Nullable Long size) {
    /** Files never go, whatever the profile says. */
    public static final Retention NEVER = new Retention(null, null, null);

    /** The word for {@link #NEVER}. */
    public static final String NEVER_WORD = "never";

    /** A longer age is none. */
    public static final Duration LONGEST_AGE = Duration.ofDays(36_500);

    /** A higher count is none. */
    public static final int MOST_RUNS = 1_000_000_000;

    /** A larger size is none. */
    public static final long MOST_BYTES = 1L << 50;
}
