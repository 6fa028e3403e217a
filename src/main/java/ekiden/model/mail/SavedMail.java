package ekiden.model.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of a mail that was saved; all paths are absolute.
 *
 * @param folder the mail's own folder
 * @param body the body text, or null where none was asked for
 * @param list the attachment list, or null where none was asked for
 * @param mail the whole mail as it arrived, or null where it was not asked for
 * @param attachments in the order of the mail; empty where none were asked for
 */
public record SavedMail(
        String folder,
        @Nullable String body,
        @Nullable String list,
        @Nullable String mail,
        List<SavedFile> attachments) {
    /** Copies the list. */
    public SavedMail {
        attachments = List.copyOf(attachments);
    }

    /**
     * An attachment.
     *
     * @param name as the mail declares it; may be hostile
     * @param path where it lies, or null where it could not be saved
     * @param type media type in lower case
     * @param size decoded bytes
     * @param sha256 of the decoded bytes, 64 hexadecimal digits in lower case; null where it could not be saved
     */
    public record SavedFile(
            String name,
            @Nullable String path,
            String type,
            long size,
            @Nullable String sha256) {}
}
