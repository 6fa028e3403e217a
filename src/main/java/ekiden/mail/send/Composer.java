package ekiden.mail.send;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Makes a message of a draft and writes it to a file, attachments streamed: memory does not grow with them. The same draft
 * gives the same bytes each time. Our own writer rather than a library's: what is written is little, and it must be fast
 * and streamed. Safe from any thread.
 */
public final class Composer {
    private static final Logger LOG = LazyLogger.of(Composer.class);
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] NOTHING = {};
    private static final int LINE_BYTES = 57;
    /** Most bytes that are written at once. */
    private static final int TOGETHER = 128 * 1024;

    private static final int PIECE = LINE_BYTES * 1024;

    private final Disk disk;
    private final ComposeLimits limits;

    /**
     * With the default limits.
     *
     * @param disk where attachments lie and messages go
     */
    public Composer(Disk disk) {
        this(disk, ComposeLimits.DEFAULT);
    }

    /**
     * @param disk where attachments lie and messages go
     * @param limits how much goes into one mail
     */
    public Composer(Disk disk, ComposeLimits limits) {
        this.disk = disk;
        this.limits = limits;
    }

    /**
     * Composes a mail. Where it fails, no file is left at {@code target}.
     *
     * @param draft what to write
     * @param target the file to make, absolute, in a folder that exists; what has that name is replaced
     * @return what to submit, or a problem of {@link ComposeMessage}
     */
    public Result<ComposedMail> compose(MailDraft draft, Path target) {
        Optional<Problem> bad = new DraftCheck(draft, limits).problem().or(() -> attachments(draft.attachments()));
        if (bad.isPresent()) {
            return Result.failed(bad.get());
        }
        try {
            disk.delete(target);
            long size;
            Wording wording = Wording.of(draft);
            try (Disk.Output file = disk.create(target)) {
                size = new Writing(file).message(wording);
            }
            return Result.ok(new ComposedMail(
                    target,
                    size,
                    draft.from().address(),
                    envelope(draft),
                    draft.messageId(),
                    MessageHead.form(draft),
                    wording.note()));
        } catch (Unreadable attachment) {
            discard(target);
            return Result.failed(attachment.problem);
        } catch (Disk.DiskFull full) {
            discard(target);
            return Result.failed(ComposeMessage.NO_ROOM, "file", target);
        } catch (IOException broken) {
            discard(target);
            return Result.failed(ComposeMessage.CANNOT_WRITE, "file", target, "detail", Reason.of(broken));
        }
    }

    private void discard(Path target) {
        try {
            disk.delete(target);
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "half a message is left at " + target, broken);
        }
    }

    private static List<String> envelope(MailDraft draft) {
        Set<String> recipients = new LinkedHashSet<>();
        Stream.of(draft.to(), draft.cc(), draft.bcc())
                .flatMap(List::stream)
                .map(Address::address)
                .forEach(recipients::add);
        return List.copyOf(recipients);
    }

    private Optional<Problem> attachments(List<Attachment> attachments) {
        long total = 0;
        for (Attachment attachment : attachments) {
            try {
                disk.readNamed(attachment.file()).close();
                total += disk.size(attachment.file());
            } catch (IOException unreadable) {
                return Optional.of(problemOf(attachment.file(), unreadable));
            }
        }
        return total > limits.attachmentBytes() ? Optional.of(tooLarge()) : Optional.empty();
    }

    private Problem tooLarge() {
        return Problem.of(ComposeMessage.TOO_LARGE, "limit", limits.attachmentBytes());
    }

    static Problem problemOf(Path file, IOException unreadable) {
        return unreadable instanceof NoSuchFileException
                ? Problem.of(ComposeMessage.NO_ATTACHMENT, "file", file)
                : Problem.of(ComposeMessage.ATTACHMENT_UNREADABLE, "file", file, "detail", Reason.of(unreadable));
    }

    /** An attachment failed, as opposed to the file that is written. */
    private static final class Unreadable extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Unreadable(Problem problem) {
            super(problem.toString());
            this.problem = problem;
        }
    }

    /** One message on its way into one file. */
    private final class Writing {
        private final Disk.Output file;
        private long size;
        private long attached;

        Writing(Disk.Output file) {
            this.file = file;
        }

        long message(Wording wording) throws IOException {
            MailDraft draft = wording.draft();
            Coding coding = wording.coding();
            MailBody body = new MailBody(wording);
            HeaderWriter head = new HeaderWriter(coding);
            MessageHead.write(draft, head);
            if (draft.attachments().isEmpty()) {
                body.fields(head);
                put(head.bytes(), CRLF, body.bytes());
                return size;
            }
            String boundary = MessageHead.boundary(draft.messageId(), body.texts());
            head.field("Content-Type", "multipart/mixed; boundary=\"" + boundary + "\"");
            HeaderWriter bodyHead = new HeaderWriter(coding);
            body.fields(bodyHead);
            put(head.bytes(), CRLF, ascii("--" + boundary + "\r\n"), bodyHead.bytes(), CRLF, body.bytes());
            for (Attachment attachment : draft.attachments()) {
                HeaderWriter partHead = new HeaderWriter(coding);
                MessageHead.attachment(attachment, partHead);
                put(ascii("\r\n--" + boundary + "\r\n"), partHead.bytes(), CRLF);
                bytesOf(attachment.file());
            }
            put(ascii("\r\n--" + boundary + "--\r\n"));
            return size;
        }

        private void bytesOf(Path attachment) throws IOException {
            byte[] piece = new byte[PIECE];
            boolean first = true;
            Base64.Encoder encoder = Base64.getMimeEncoder(76, CRLF);
            try (InputStream bytes = opened(attachment)) {
                for (int count = next(bytes, piece, attachment); count > 0; count = next(bytes, piece, attachment)) {
                    attached += count;
                    if (attached > limits.attachmentBytes()) {
                        throw new Unreadable(tooLarge());
                    }
                    put(first ? NOTHING : CRLF, encoder.encode(count == PIECE ? piece : Arrays.copyOf(piece, count)));
                    first = false;
                }
            }
        }

        private InputStream opened(Path attachment) throws Unreadable {
            try {
                return disk.readNamed(attachment);
            } catch (IOException unreadable) {
                throw new Unreadable(problemOf(attachment, unreadable));
            }
        }

        private int next(InputStream bytes, byte[] piece, Path attachment) throws Unreadable {
            try {
                return bytes.readNBytes(piece, 0, piece.length);
            } catch (IOException unreadable) {
                throw new Unreadable(problemOf(attachment, unreadable));
            }
        }

        private void put(byte[]... pieces) throws IOException {
            int total = 0;
            for (byte[] piece : pieces) {
                total += piece.length;
            }
            if (total > TOGETHER) {
                apart(pieces);
                return;
            }
            ByteBuffer together = ByteBuffer.allocate(total);
            for (byte[] piece : pieces) {
                together.put(piece);
            }
            file.write(together.flip());
            size += total;
        }

        /** The system copies what it writes at once. */
        private void apart(byte[]... pieces) throws IOException {
            for (byte[] piece : pieces) {
                for (int at = 0; at < piece.length; at += TOGETHER) {
                    file.write(ByteBuffer.wrap(piece, at, Math.min(TOGETHER, piece.length - at)));
                }
                size += piece.length;
            }
        }

        private static byte[] ascii(String text) {
            return text.getBytes(StandardCharsets.US_ASCII);
        }
    }
}
