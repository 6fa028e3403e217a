/**
 * Saves the files of a mail that was taken: body text, attachments, attachment list, manifest, in a folder of its own.
 *
 * <p>Files are complete or absent, never outside the folder that was asked for, never over something that is there.
 * Saving again under the same claim, after a crash at any point, gives the same result. Knows no mailbox and no job.
 * Limits: {@link ekiden.mail.mime.SafeName#MAX_BYTES} for names, {@link ekiden.mail.save.MailSaver#MAX_SAME_NAME} folders
 * of one name, 100,000 folders looked at for what a former process left.
 */
@NullMarked
package ekiden.mail.save;

import org.jspecify.annotations.NullMarked;
