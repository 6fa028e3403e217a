package ekiden.mail.save;

import ekiden.base.Problem;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.SavedMail.SavedFile;
import ekiden.model.mail.Taker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
 * @param from addresses of the authors; null where an older release wrote it
 * @param subject of the mail; null where an older release wrote it
 * @param taker who took the mail; null where no job did, or an older release wrote it
 * @param files the other files of the folder, but this one; null where an older release wrote it
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
        List<String> problems,
        @Nullable List<String> from,
        @Nullable String subject,
        @Nullable Taker taker,
        @Nullable List<Own> files) {
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
            @Nullable String problem) {
        /** What a check made of it: its digest stays, also of one that was not saved. */
        Entry with(@Nullable String saved, Problem why) {
            return new Entry(name, saved, type, size, sha256, why.id());
        }
    }

    /**
     * A file of the folder that is no attachment.
     *
     * @param name its name in the folder
     * @param size bytes
     * @param sha256 of them
     */
    record Own(String name, long size, String sha256) {}

    /** {@return the names of all files that were written into the folder} */
    Set<String> names() {
        Set<String> names = new HashSet<>(Set.of(NAME));
        for (String name : Arrays.asList(body, list, mail)) {
            if (name != null) {
                names.add(name);
            }
        }
        for (Entry entry : attachments) {
            if (entry.savedName != null) {
                names.add(entry.savedName);
            }
        }
        return names;
    }

    SavedMail savedIn(Path folder) {
        List<SavedFile> files = attachments.stream()
                .map(e -> new SavedFile(e.name, path(folder, e.savedName), e.type, e.size, e.sha256, e.problem))
                .toList();
        return new SavedMail(
                folder.toString(), path(folder, body), path(folder, list), path(folder, mail), files, bytes(), null);
    }

    /** The same with other attachments. */
    Manifest with(List<Entry> entries) {
        return new Manifest(
                version,
                claim,
                messageId,
                received,
                body,
                list,
                mail,
                List.copyOf(entries),
                problems,
                from,
                subject,
                taker,
                files);
    }

    /** The same where one of the other files was written anew. */
    Manifest withFile(Own anew) {
        List<Own> all = new ArrayList<>(files == null ? List.of() : files);
        all.removeIf(own -> own.name.equals(anew.name));
        all.add(anew);
        return new Manifest(
                version,
                claim,
                messageId,
                received,
                body,
                list,
                mail,
                attachments,
                problems,
                from,
                subject,
                taker,
                List.copyOf(all));
    }

    private long bytes() {
        long own = files == null ? 0 : files.stream().mapToLong(Own::size).sum();
        return own + attachments.stream().mapToLong(Entry::size).sum();
    }

    private static @Nullable String path(Path folder, @Nullable String name) {
        return name == null ? null : folder.resolve(name).toString();
    }
}
