package ekiden.agent;

import ekiden.mail.receive.CanaryNote;

/**
 * How a mailbox's canary is, for people.
 *
 * @param mailbox the mail profile's name
 * @param note where the newest one stands, and when one was last seen
 */
public record CanaryStatus(String mailbox, CanaryNote note) {}
