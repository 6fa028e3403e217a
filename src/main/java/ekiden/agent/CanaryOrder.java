package ekiden.agent;

import ekiden.mail.receive.CanaryPlan;

/**
 * Canaries that a mailbox at a server wants.
 *
 * @param mailbox the mail profile's name
 * @param sender the name of the profile that sends them
 * @param to the address under which they reach the mailbox
 * @param plan when they are sent and expected
 */
public record CanaryOrder(String mailbox, String sender, String to, CanaryPlan plan) {}
