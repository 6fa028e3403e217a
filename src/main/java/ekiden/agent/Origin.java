package ekiden.agent;

import java.time.Instant;

/**
 * Where a mail comes from.
 *
 * @param mailbox into which it came
 * @param arrived when its server took it
 */
record Origin(String mailbox, Instant arrived) {}
