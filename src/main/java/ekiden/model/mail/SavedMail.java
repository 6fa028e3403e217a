package ekiden.model.mail;

import java.time.Instant;
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
 * @param bytes of all files together; null where an older release saved it
 * @param pruned when its files went, or null where nobody has let them go
 * @param manifest SHA-256 of the manifest, by which it is known again; null where an older release saved it, or there is none
 */
public record SavedMail(
        String folder,
        @Nullable String body,
        @Nullable String list,
        @Nullable String mail,
        List<SavedFile> attachments,
        @Nullable Long bytes,
        @Nullable Pruned pruned,
        @Nullable String manifest) {
    /** Copies the list. */
    public SavedMail {
        attachments = List.copyOf(attachments);
    }

    /**
     * @param folder the mail's own folder
     * @param body the body text, or null
     * @param list the attachment list, or null
     * @param mail the whole mail, or null
     * @param attachments in the order of the mail
     */
    public SavedMail(
            String folder,
            @Nullable String body,
            @Nullable String list,
            @Nullable String mail,
            List<SavedFile> attachments) {
        this(folder, body, list, mail, attachments, null, null, null);
    }

    /**
     * That files were let go.
     *
     * @param at when
     * @param bytes that became free
     * @param kept names in the folder that stayed, because they were changed since or were never Ekiden's
     */
    public record Pruned(Instant at, long bytes, List<String> kept) {
        /** Copies the list. */
        public Pruned {
            kept = List.copyOf(kept);
        }
    }

    /**
     * @param gone what was let go
     * @return the same mail without paths of files that are not there any more
     */
    public SavedMail without(Pruned gone) {
        List<SavedFile> files = attachments.stream()
                .map(file -> new SavedFile(file.name, null, file.type, file.size, file.sha256, file.problem))
                .toList();
        return new SavedMail(folder, null, null, null, files, 0L, gone, null);
    }

    /**
     * @param files the attachments as they are now
     * @param anew SHA-256 of the manifest now
     * @return the same mail with those
     */
    public SavedMail with(List<SavedFile> files, @Nullable String anew) {
        return new SavedMail(folder, body, list, mail, files, bytes, pruned, anew);
    }

    /** {@return bytes of all files as far as they are known} */
    public long size() {
        return bytes != null
                ? bytes
                : attachments.stream().mapToLong(SavedFile::size).sum();
    }

    /**
     * An attachment.
     *
     * @param name as the mail declares it; may be hostile
     * @param path where it lies, or null where it could not be saved
     * @param type media type in lower case
     * @param size decoded bytes
     * @param sha256 of the decoded bytes, 64 hexadecimal digits in lower case; null where it could not be saved
     * @param problem id of what is odd about it, or null
     */
    public record SavedFile(
            String name,
            @Nullable String path,
            String type,
            long size,
            @Nullable String sha256,
            @Nullable String problem) {
        /**
         * @param name as the mail declares it
         * @param path where it lies, or null
         * @param type media type
         * @param size decoded bytes
         * @param sha256 of them, or null
         */
        public SavedFile(String name, @Nullable String path, String type, long size, @Nullable String sha256) {
            this(name, path, type, size, sha256, null);
        }
    }
}
