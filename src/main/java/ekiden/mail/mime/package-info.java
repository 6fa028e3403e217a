/**
 * Bytes to message: headers, addresses, text, attachments as slices of the raw mail. Reads what people really send:
 * wrong labels, raw 8-bit headers, missing boundaries, names split inside a character.
 *
 * <p>Pure but for reading the {@link ekiden.mail.mime.RawSource}; no network, no file, no clock. Never throws on any
 * input, never holds an attachment in memory, takes time linear in the size of the mail. Limits:
 * {@link ekiden.mail.mime.MimeLimits}; a mail beyond one is {@link ekiden.mail.mime.Reading.Unreadable}. What was odd
 * about a readable mail stands in its problems ({@link ekiden.mail.mime.MimeMessage}).
 */
@NullMarked
package ekiden.mail.mime;

import org.jspecify.annotations.NullMarked;
