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
        @Nullable Long size) {}
