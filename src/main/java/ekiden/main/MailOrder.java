package ekiden.main;

import ekiden.agent.Senders;
import ekiden.base.Clock;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.cli.CliMessage;
import ekiden.cli.SendRequest;
import ekiden.disk.Disk;
import ekiden.mail.address.Addressed;
import ekiden.mail.address.Recipients;
import ekiden.mail.send.Attachment;
import ekiden.mail.send.AttachmentFiles;
import ekiden.mail.send.DraftExtras;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.TextFile;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mail as a user wrote it.
 *
 * @param to recipients
 * @param cc copies
 * @param bcc blind copies
 * @param subject one line
 * @param text the body, or null where {@code textFile} is given
 * @param textFile a UTF-8 file with the body, absolute, or null
 * @param attach names and patterns of files
 * @param base where relative names begin, absolute
 * @param extras what it has besides, its files with absolute paths
 */
record MailOrder(
        List<String> to,
        List<String> cc,
        List<String> bcc,
        String subject,
        @Nullable String text,
        @Nullable Path textFile,
        List<String> attach,
        Path base,
        MailExtras extras) {
    private static final int MAX_TEXT = 16 << 20;

    MailOrder {
        to = List.copyOf(to);
        cc = List.copyOf(cc);
        bcc = List.copyOf(bcc);
        attach = List.copyOf(attach);
    }

    static MailOrder of(SendRequest.Mail mail, Path base) {
        List<String> files = mail.attach().stream().map(Path::toString).toList();
        return new MailOrder(
                mail.to(),
                mail.cc(),
                mail.bcc(),
                mail.subject(),
                mail.text(),
                mail.textFile(),
                files,
                base,
                mail.extras());
    }

    /** What makes a mail of an order. */
    record Means(Disk disk, Clock clock, ZoneId zone, Recipients recipients) {}

    /** A mail, and what became of the names of its recipients. */
    record Drafted(MailDraft draft, List<Addressed.Name> names) {}

    Result<Drafted> draft(Address from, String messageId, Means means) {
        DraftExtras besides = new DraftExtras(extras, file -> read(file, means.disk()));
        return means.recipients()
                .resolve(to, cc, bcc)
                .then(all -> besides.author(from)
                        .then(author -> draft(new Head(author, all, messageId), besides, means))
                        .then(draft -> Result.ok(new Drafted(draft, all.names()))));
    }

    /** {@return whether some get it where others are refused} */
    IfRefused rule(Senders.Profile profile) {
        return extras.ifRefusedOr(profile.rules().ifRefused());
    }

    private record Head(Address from, Addressed recipients, String messageId) {}

    private Result<MailDraft> draft(Head head, DraftExtras besides, Means means) {
        return besides.text(text, textFile == null ? null : textFile.toString())
                .then(body -> besides.options()
                        .then(options -> new AttachmentFiles(means.disk())
                                .resolve(attach, extras.attachList(), base)
                                .then(files -> Result.ok(new MailDraft(
                                                head.from(),
                                                head.recipients().to(),
                                                head.recipients().cc(),
                                                head.recipients().bcc(),
                                                subject,
                                                body,
                                                files.stream()
                                                        .map(Attachment::of)
                                                        .toList(),
                                                head.messageId(),
                                                means.clock()
                                                        .now()
                                                        .atZone(means.zone())
                                                        .toOffsetDateTime(),
                                                null,
                                                List.of(),
                                                null)
                                        .with(options)))));
    }

    private static Result<String> read(Path file, Disk disk) {
        try (InputStream in = disk.readNamed(file)) {
            byte[] bytes = in.readNBytes(MAX_TEXT + 1);
            return bytes.length > MAX_TEXT
                    ? Result.failed(CliMessage.TOO_LARGE, "file", file, "limit", MAX_TEXT)
                    : TextFile.text(bytes, file);
        } catch (IOException unreadable) {
            return Result.failed(CliMessage.UNREADABLE, "file", file, "reason", Reason.of(unreadable));
        }
    }
}
