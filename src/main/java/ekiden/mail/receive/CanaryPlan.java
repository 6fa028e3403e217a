package ekiden.mail.receive;

import java.time.Duration;

/**
 * When canaries are sent to a mailbox and expected there.
 *
 * @param every so often one is sent
 * @param within so soon after the server took it a reader must see it; at most {@code every}
 * @param limits bounds
 */
public record CanaryPlan(Duration every, Duration within, CanaryLimits limits) {}
