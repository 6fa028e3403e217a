package ekiden.model.definition;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the files of a mail are named and made, beyond their places. Names are {@linkplain NamePattern patterns}.
 *
 * @param folderName the name of the mail's own folder; null for {@code RUN-JOB}
 * @param attachmentName the names of attachments; null for the declared ones, made safe
 * @param receptionList the file to which each mail that was taken is appended (JP1 mllst on UNIX); below the jobnet's files folder or absolute;
 *     null for none
 * @param collision what is done where the folder is there already
 * @param access whose the files are and who may read them, or null as the process makes them
 * @param retention when the files may go, or null for never
 * @param checks what looks at attachments before a job sees them, or null for nothing
 * @param settle how long other programs get to look at saved files before it is seen what they left, and then byte for byte; null for no time
 */
public record SaveOptions(
        @Nullable String folderName,
        @Nullable String attachmentName,
        @Nullable String receptionList,
        Collision collision,
        @Nullable FileAccess access,
        @Nullable Retention retention,
        @Nullable PartChecks checks,
        @Nullable Duration settle) {
    /** As it is without any of them. */
    public static final SaveOptions DEFAULT =
            new SaveOptions(null, null, null, Collision.UNIQUE, null, null, null, null);

    /** What is done where another mail, or something else, has the name of the mail's folder. */
    public enum Collision {
        /** The folder gets {@code -2} and so on behind its name; nothing is ever replaced. */
        UNIQUE,
        /** The folder of the other mail is replaced by this one's; what Ekiden did not write is never replaced. */
        OVERWRITE,
        /** The mail is not saved. */
        FAIL
    }

    /**
     * Owner, group and mode of what is saved; null where it stays as the process makes it.
     *
     * @param owner a user of the machine; only the superuser may give files away
     * @param group a group of the machine; other than the superuser, only one of one's own
     * @param mode of files, three octal digits
     * @param folderMode of the mail's folder, three octal digits; its owner may always read, write and enter it
     */
    public record FileAccess(
            @Nullable String owner,
            @Nullable String group,
            @Nullable String mode,
            @Nullable String folderMode) {}

    /**
     * @param resolved where the reception list is, with all that it is relative to; or null
     * @return this with that
     */
    public SaveOptions withReceptionList(@Nullable String resolved) {
        return new SaveOptions(folderName, attachmentName, resolved, collision, access, retention, checks, settle);
    }

    /**
     * @param resolved what looks at attachments, with paths that start nowhere else
     * @return this with that
     */
    public SaveOptions withChecks(@Nullable PartChecks resolved) {
        return new SaveOptions(
                folderName, attachmentName, receptionList, collision, access, retention, resolved, settle);
    }
}
