/**
 * Sending over SMTP to one server (RFC 5321) with a client that knows its phase: our own code on plain sockets, fit for
 * virtual threads.
 *
 * <p>Uses PIPELINING (also from the end of a mail to the beginning of the next one, where the caller has it ready), CHUNKING for large mails, DSN, 8BITMIME,
 * SIZE, SMTPUTF8, STARTTLS and AUTH where the server offers them. Never retries, never follows MX
 * records, never says <em>sent</em> for what was not accepted. Limits and deadlines: {@link ekiden.mail.send.smtp.SmtpLimits},
 * {@link ekiden.mail.send.smtp.SmtpTimeouts}. Logs no replies and no mails.
 */
@NullMarked
package ekiden.mail.send.smtp;

import org.jspecify.annotations.NullMarked;
