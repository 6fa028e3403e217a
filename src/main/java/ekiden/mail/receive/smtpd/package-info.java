/**
 * Our own SMTP and LMTP listener, so that a mail system or a program can hand mail straight to Ekiden.
 *
 * <p>250 means: the bytes are durable in the spool, and {@link ekiden.mail.receive.smtpd.Delivery} has accepted the mail
 * (its commit is done). Everything before that leaves nothing behind but, at most, a complete spool entry that the agent
 * finds at its next start; the sender then tries again and its mail joins the first one
 * ({@link ekiden.mail.receive.smtpd.SmtpdIdentity}).
 *
 * <p>The bytes are stored as they were submitted. No {@code Received} or {@code Return-Path} header is put in front, as a
 * relay would: this is the last stop, the envelope stands in the spool's header, and an equal submission must stay equal.
 * Bare CR and LF stay what they are; only CRLF . CRLF ends a mail and only a dot behind CRLF is taken off, so that no one
 * can smuggle a second mail into a first (and there is no next server to see it otherwise).
 *
 * <p>RFC 5321, 2033 (LMTP), 1870 (SIZE), 2920 (PIPELINING), 3030 (CHUNKING, without BINARYMIME), 6152 (8BITMIME), 6531
 * (SMTPUTF8), 2034 and 3463 (ENHANCEDSTATUSCODES), 3207 (STARTTLS). One reply stands for all recipients in SMTP; LMTP
 * answers for each. A line of the mail may have any length, since nothing here holds a line.
 *
 * <p>Never relays, never parses the mail, never asks for a name or password, never asks the DNS. {@code <postmaster>} is
 * taken only where it is configured like any other recipient. Limits: {@link ekiden.mail.receive.smtpd.SmtpdLimits}.
 */
@NullMarked
package ekiden.mail.receive.smtpd;

import org.jspecify.annotations.NullMarked;
