package ekiden.model.run;

import ekiden.base.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something a person must look at. One row a key: raised again while it is open, it stays the same alarm.
 *
 * @param id counts from 1
 * @param key what it is about, for example {@code mailbox/orders} or {@code disk/spool}
 * @param problem what is wrong
 * @param since when it was raised
 * @param cleared when it ended, or null while it is open
 */
public record Alarm(
        long id,
        String key,
        Problem problem,
        Instant since,
        @Nullable Instant cleared) {}
