/**
 * Sending mail: composing a message into a file, and the port {@link ekiden.mail.send.MailSender} that hands it to a mail
 * server and tells truly what became of it.
 *
 * <p>Says <em>accepted</em> only where a server took the mail, <em>failed</em> or <em>refused</em> only where nothing can
 * have been delivered, and <em>uncertain</em> for the window between the final dot and its reply (RFC 5321 §6.1). Never
 * retries, never resolves names, never opens a mailbox. Limits: {@link ekiden.mail.send.ComposeLimits} and the settings of
 * each adapter. Logs nothing of a mail but its Message-ID.
 */
@NullMarked
package ekiden.mail.send;

import org.jspecify.annotations.NullMarked;
