package ekiden.mail.mime;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.MessageIds;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a mail: one pass over its bytes for the structure and the sizes, then its text. Never throws, whatever the bytes
 * are. Safe from any thread; a call uses about 64 KiB plus the text.
 */
public final class MessageReader {
    private MessageReader() {}

    /**
     * Reads a mail.
     *
     * @param raw its bytes; read by the calling thread, not closed
     * @param limits how much it may ask for
     * @return the mail, or why it cannot be read
     */
    public static Reading read(RawSource raw, MimeLimits limits) {
        return read(raw, limits, Opening.USUAL);
    }

    /**
     * Reads a mail.
     *
     * @param raw its bytes; read by the calling thread, not closed
     * @param limits how much it may ask for
     * @param opening what is opened of it
     * @return the mail, or why it cannot be read
     */
    public static Reading read(RawSource raw, MimeLimits limits, Opening opening) {
        try {
            return readOrThrow(raw, limits, opening);
        } catch (IOException unread) {
            return new Reading.Unreadable(Problem.of(MimeMessage.BYTES_NOT_READABLE, "reason", Reason.of(unread)));
        } catch (RuntimeException | StackOverflowError bug) {
            return new Reading.Unreadable(Problem.of(
                    MimeMessage.READER_FAILED, "reason", bug.getClass().getSimpleName()));
        }
    }

    /** As {@link #read(RawSource, MimeLimits, Opening)}, but a bug comes out as an exception. */
    static Reading readOrThrow(RawSource raw, MimeLimits limits, Opening opening) throws IOException {
        if (raw.size() > limits.mailBytes()) {
            return new Reading.Unreadable(
                    Problem.of(MimeMessage.TOO_LARGE, "size", raw.size(), "limit", limits.mailBytes()));
        }
        try {
            return new Reading.Readable(new Work(raw, limits, opening).run());
        } catch (TooMuch beyond) {
            return new Reading.Unreadable(beyond.problem());
        }
    }

    private static final class Work {
        private final RawSource raw;
        private final MimeLimits limits;
        private final Opening opening;
        private final HeaderText header;
        private final Structure structure;
        private final Set<MimeMessage> oddities = EnumSet.noneOf(MimeMessage.class);

        Work(RawSource raw, MimeLimits limits, Opening opening) {
            this.raw = raw;
            this.limits = limits;
            this.opening = opening;
            this.header = new HeaderText(limits);
            this.structure = new Structure(raw, limits, header);
        }

        Message run() throws IOException, TooMuch {
            HeaderBlock top = structure.read();
            Contents contents = new Contents(raw, limits, opening, header, oddities);
            contents.add(structure);
            Contents.Body body = contents.body();
            List<Part> attachments = contents.attachments();
            return new Message(
                    summary(top, attachments),
                    body.text(),
                    body.fromHtml(),
                    attachments,
                    contents.signatures(),
                    header.keep(top));
        }

        private MailSummary summary(HeaderBlock top, List<Part> attachments) throws TooMuch {
            List<Address> from = addresses(top, "from");
            List<Address> to = addresses(top, "to");
            List<Address> cc = addresses(top, "cc");
            String subject = header.raw(top, "subject");
            String decoded = subject == null ? "" : header.decoded(subject);
            Instant date = date(top);
            if (from.isEmpty()) {
                oddities.add(MimeMessage.FROM_MISSING);
            }
            oddities.addAll(header.oddities());
            oddities.addAll(structure.oddities());
            List<String> problems = new ArrayList<>(oddities.size());
            for (MimeMessage oddity : oddities) {
                problems.add(oddity.id());
            }
            List<AttachmentSummary> parts = new ArrayList<>(attachments.size());
            for (Part part : attachments) {
                parts.add(part.summary());
            }
            String id = messageId(top);
            return new MailSummary(from, to, cc, decoded, date, id, parts, problems, null, null, thread(top));
        }

        private List<String> thread(HeaderBlock top) {
            String references = header.raw(top, "references");
            String answered = header.raw(top, "in-reply-to");
            return references == null && answered == null
                    ? List.of()
                    : MessageIds.thread(
                            Objects.requireNonNullElse(references, ""), Objects.requireNonNullElse(answered, ""));
        }

        private List<Address> addresses(HeaderBlock top, String name) throws TooMuch {
            List<Address> found = new ArrayList<>();
            for (String value : header.allRaw(top, name)) {
                AddressParser.parse(value, header, limits.addresses(), found);
            }
            return found;
        }

        private @Nullable Instant date(HeaderBlock top) {
            String value = header.raw(top, "date");
            Instant date = value == null ? null : MailDate.parse(value);
            if (value != null && date == null) {
                oddities.add(MimeMessage.DATE_NOT_READABLE);
            }
            return date;
        }

        private @Nullable String messageId(HeaderBlock top) {
            String value = header.raw(top, "message-id");
            if (value == null || value.isEmpty()) {
                return null;
            }
            int from = value.indexOf('<');
            int to = from < 0 ? -1 : value.indexOf('>', from);
            return header.cut(HeaderText.oneLine(to < 0 ? value : value.substring(from, to + 1)));
        }
    }
}
