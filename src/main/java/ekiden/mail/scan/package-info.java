/**
 * What looks at attachments before a job sees them: a filter program, and a virus scanner that speaks the protocol of clamd.
 *
 * <p>Starts programs without a shell and talks to the scanner that a definition names; nothing else. Attachments are read from their files, never
 * from a mail. Limits: a time for each attachment, {@link ekiden.mail.scan.FilterCheck#MAX_OUTPUT} bytes of what a program says,
 * {@link ekiden.mail.scan.Clamd#MAX_ANSWER} bytes of a scanner's answer.
 */
@NullMarked
package ekiden.mail.scan;

import org.jspecify.annotations.NullMarked;
