package ekiden.agent;

import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.link.Assignment;
import ekiden.mail.address.Addressed;
import ekiden.mail.send.Attachment;
import ekiden.mail.send.DraftExtras;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.TextFile;
import ekiden.model.mail.Address;
import ekiden.model.run.AttemptOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;

/** Turns what the manager asks into a draft, and what the sender answers into what is kept. */
final class MailDrafts {
    /** Characters of a server's answer that are kept. */
    static final int MAX_ANSWER = 1_000;

    private static final int MAX_TEXT = 16 << 20;

    private MailDrafts() {}

    static Result<MailDraft> of(
            Assignment.SubmitMail mail, Senders.Profile profile, Addressed recipients, List<Path> files, Disk disk) {
        DraftExtras extras = new DraftExtras(mail.extras(), file -> read(file, disk));
        MailTemplates templates = new MailTemplates(mail, file -> read(file, disk));
        return extras.author(profile.from())
                .then(from -> templates
                        .text(extras)
                        .then(text -> templates
                                .html()
                                .then(filled -> new DraftExtras(filled, file -> read(file, disk)).options())
                                .then(options -> Result.ok(draft(mail, from, recipients, text, files)
                                        .with(profile.charsets())
                                        .with(options)))));
    }

    private static MailDraft draft(
            Assignment.SubmitMail mail, Address from, Addressed recipients, String text, List<Path> files) {
        return new MailDraft(
                from,
                recipients.to(),
                recipients.cc(),
                recipients.bcc(),
                mail.subject(),
                text,
                files.stream().map(Attachment::of).toList(),
                mail.messageId(),
                mail.date().atZone(ZoneId.systemDefault()).toOffsetDateTime(),
                mail.inReplyTo(),
                mail.references(),
                null);
    }

    private static Result<String> read(Path file, Disk disk) {
        try (InputStream in = disk.readNamed(file)) {
            byte[] bytes = in.readNBytes(MAX_TEXT + 1);
            return bytes.length > MAX_TEXT
                    ? Result.failed(AgentMessage.TEXT_FILE, "file", file)
                    : TextFile.text(bytes, file);
        } catch (IOException absent) {
            return Result.failed(AgentMessage.TEXT_FILE, "file", file);
        }
    }

    static String names(List<Addressed.Name> names) {
        StringBuilder lines = new StringBuilder();
        for (Addressed.Name name : names) {
            for (Address address : name.addresses()) {
                String shown = address.name() == null ? "" : address.name() + " ";
                String line = name.written() + " = " + shown + "<" + address.address() + "> [" + name.book() + "]";
                lines.append(line.replaceAll("\\p{Cntrl}", " ")).append('\n');
            }
        }
        return lines.toString();
    }

    static AttemptOutcome.Refusal refusal(SendOutcome.Refusal refused) {
        return new AttemptOutcome.Refusal(refused.recipient(), cut(refused.code() + " " + refused.text()));
    }

    /** {@return what is kept of a mail that stands in the queue of this machine} */
    static String queued(SendOutcome.Queued queued) {
        return queued(queued.sender(), queued.reply());
    }

    static String queued(String sender, String reply) {
        return cut("queued as " + sender + (reply.isEmpty() ? "" : ": " + reply));
    }

    static String cut(String answer) {
        return answer.length() <= MAX_ANSWER ? answer : answer.substring(0, MAX_ANSWER);
    }
}
