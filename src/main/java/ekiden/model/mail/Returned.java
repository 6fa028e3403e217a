package ekiden.model.mail;

import java.time.Instant;

/**
 * What is known of the delivery of a mail that a job sent: who said it is not proven, that it is about this mail is.
 *
 * @param job the job that sent it
 * @param mail the number of the mail that says so, in the catalogue
 * @param at when that was found
 * @param recipient what became of it, for whom
 */
public record Returned(String job, long mail, Instant at, Bounce.Recipient recipient) {}
