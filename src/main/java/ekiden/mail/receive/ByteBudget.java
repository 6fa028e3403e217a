package ekiden.mail.receive;

import java.time.Duration;

/**
 * How many bytes of mails may be fetched from a server in a time. Readers with an equal budget share it.
 *
 * @param server the server, as people write it
 * @param bytes how many, at least 1
 * @param per in which time
 */
public record ByteBudget(String server, long bytes, Duration per) {}
