package ekiden.mail.spool;

import ekiden.base.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A mail in quarantine.
 *
 * @param place its name, unique within the agent
 * @param problem why it is there
 * @param at since when
 * @param entry the mail, or null where not even the entry could be read
 */
public record Quarantined(
        String place, Problem problem, Instant at, @Nullable SpoolEntry entry) {}
