package ekiden.mail.save;

import ekiden.model.mail.SavedMail;
import ekiden.model.mail.SavedMail.SavedFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code mail.json} says about the folder it lies in. Names are relative to that folder. Readers ignore properties they
 * do not know; properties are only ever added.
 *
 * @param version 1
 * @param claim under which the mail was taken
 * @param messageId of the mail, or null
 * @param received when it was received
 * @param body name of the body text, or null
 * @param list name of the attachment list, or null
 * @param mail name of the whole mail as it arrived: where it was asked for, or where some of its text could not be decoded
 *     (EKDM0223-W); otherwise null
 * @param attachments in the order of the mail
 * @param problems ids of what was odd about the mail
 */
record Manifest(
        int version,
        String claim,
        @Nullable String messageId,
        Instant received,
        @Nullable String body,
        @Nullable String list,
        @Nullable String mail,
        List<Entry> attachments,
        List<String> problems) {
    static final String NAME = "mail.json";
    static final int VERSION = 1;

    /**
     * @param name as declared
     * @param savedName its file in the folder, or null where it could not be saved
     * @param type media type
     * @param size decoded bytes
     * @param sha256 of them, or null where it could not be saved
     * @param problem the id of what was odd about it, or null
     */
    record Entry(
            String name,
            @Nullable String savedName,
            String type,
            long size,
            @Nullable String sha256,
            @Nullable String problem) {}

    SavedMail savedIn(Path folder) {
        List<SavedFile> files = attachments.stream()
                .map(e -> new SavedFile(e.name, path(folder, e.savedName), e.type, e.size, e.sha256))
                .toList();
        return new SavedMail(folder.toString(), path(folder, body), path(folder, list), path(folder, mail), files);
    }

    private static @Nullable String path(Path folder, @Nullable String name) {
        return name == null ? null : folder.resolve(name).toString();
    }
}
