package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.send.ComposedMail;
import ekiden.mail.send.OutgoingMail;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail of an attempt as it was composed for the first try: a later one sends the same bytes, whatever became meanwhile of templates, attachments, address
 * books and settings. Some may have it already, and a Message-ID names one mail. Safe from any thread; each folder belongs to one at a time.
 */
final class ComposedMails {
    private static final Logger LOG = LazyLogger.of(ComposedMails.class);
    private static final String MAIL = "mail.eml";
    /** A note in the attempt's folder: {@link Note}. */
    private static final String NOTE = "composed";

    private final Disk disk;
    private final Facts facts;

    ComposedMails(Disk disk) {
        this.disk = disk;
        this.facts = new Facts(disk);
    }

    /** What a mail is, beside its bytes. */
    private record Note(
            long size,
            String sender,
            List<String> recipients,
            String messageId,
            OutgoingMail.Form form,
            @Nullable Problem note) {}

    /** {@return where the mail of an attempt lies} */
    static Path mail(Path folder) {
        return folder.resolve(MAIL);
    }

    /** Notes what was composed; not forced, for until {@link #force} it can be composed again. */
    void keep(ComposedMail mail, Path folder) throws IOException {
        Note note = new Note(mail.size(), mail.sender(), mail.recipients(), mail.messageId(), mail.form(), mail.note());
        Path file = folder.resolve(NOTE);
        disk.delete(file);
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(Json.write(note).getBytes(StandardCharsets.UTF_8)));
        }
    }

    /** Makes durable what was composed, if something was; the folder's entries become so with the next note. */
    void force(Path folder) throws IOException {
        for (Path file : List.of(mail(folder), folder.resolve(NOTE))) {
            if (disk.exists(file)) {
                try (Disk.Output out = disk.append(file)) {
                    out.force();
                }
            }
        }
    }

    /** {@return the mail of the tries before; empty where none was composed, or by an older release} */
    Optional<ComposedMail> kept(Path folder) {
        Path file = mail(folder);
        try {
            if (!facts.has(folder.resolve(NOTE)) || !facts.has(file)) {
                return Optional.empty();
            }
            Note note = Json.read(facts.read(folder.resolve(NOTE)), Note.class);
            return disk.size(file) == note.size()
                    ? Optional.of(new ComposedMail(
                            file,
                            note.size(),
                            note.sender(),
                            note.recipients(),
                            note.messageId(),
                            note.form(),
                            note.note()))
                    : Optional.empty();
        } catch (IOException | Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "a composed mail cannot be read, so it is composed again", damaged);
            return Optional.empty();
        }
    }
}
