package ekiden.model.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a mail are that was taken. Paths are absolute.
 *
 * @param folder the mail's own folder
 * @param body the body text, or null where none was saved
 * @param list the attachment list, or null where none was asked for
 * @param attachments in the order of the mail
 */
public record SavedMail(
        String folder, @Nullable String body, @Nullable String list, List<SavedFile> attachments) {
    /** Copies the list. */
    public SavedMail {
        attachments = List.copyOf(attachments);
    }

    /**
     * One attachment.
     *
     * @param name as declared in the mail
     * @param path where it lies, or null where it could not be saved
     * @param type media type
     * @param size decoded bytes
     * @param sha256 of the decoded bytes, or null where it could not be saved
     */
    public record SavedFile(
            String name,
            @Nullable String path,
            String type,
            long size,
            @Nullable String sha256) {}
}
