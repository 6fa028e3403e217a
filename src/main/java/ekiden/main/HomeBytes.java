package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.base.Result;
import ekiden.config.HomePaths;
import ekiden.disk.Disk;
import ekiden.http.StoredBytes;
import ekiden.mail.match.TestedMail;
import ekiden.mail.mime.AttachedText;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.spool.Spool;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** The bytes that the agent of this process keeps. */
final class HomeBytes implements StoredBytes {
    private static final System.Logger LOG = LazyLogger.of(HomeBytes.class);

    private final Disk disk;
    private final Spool spool;
    private final HomePaths paths;
    private final MailTrust trust;
    private final Function<String, Optional<String>> authserv;

    /**
     * @param trust as the agent opens and verifies mails
     * @param authserv whose Authentication-Results the profile of a name believes
     */
    HomeBytes(Disk disk, Spool spool, HomePaths paths, MailTrust trust, Function<String, Optional<String>> authserv) {
        this.disk = disk;
        this.spool = spool;
        this.paths = paths;
        this.trust = trust;
        this.authserv = authserv;
    }

    @Override
    public Optional<Piece> mail(RawMail mail) {
        return spool.open(mail) instanceof Result.Ok<RawSource>(RawSource source)
                ? Optional.of(new MailPiece(source))
                : Optional.empty();
    }

    @Override
    public Optional<String> believed(String mailbox) {
        return authserv.apply(mailbox);
    }

    @Override
    public Optional<TestedMail> read(String mailbox, RawMail mail, Instant arrived) {
        MailTrust.Means means = trust.of(mailbox);
        if (!(means.opening() instanceof Result.Ok<Opening>(Opening opening))
                || !(spool.open(mail) instanceof Result.Ok<RawSource>(RawSource source))) {
            return Optional.empty();
        }
        try (source) {
            return switch (MessageReader.read(source, MimeLimits.DEFAULT, opening)) {
                case Reading.Unreadable ignored -> Optional.empty();
                case Reading.Readable(Message message) ->
                    Optional.of(
                            tested(message, source).provedBy(means.prover(message, arrived, () -> spool.open(mail))));
            };
        }
    }

    /** The text of attachments is read at once: the bytes are closed when it is asked for. */
    private static TestedMail tested(Message message, RawSource source) {
        String attached = attached(message, source).orElse(null);
        return TestedMail.whole(message.summary(), message.text(), message.header(), source.size())
                .withAttached(() -> attached);
    }

    private static Optional<String> attached(Message message, RawSource source) {
        try {
            return Optional.of(AttachedText.of(message, source, MimeLimits.DEFAULT));
        } catch (IOException unread) {
            LOG.log(Level.DEBUG, "attachments of a mail cannot be read", unread);
            return Optional.empty();
        }
    }

    @Override
    public Use use() {
        return DiskUse.of(paths);
    }

    @Override
    public Optional<Piece> output(AttemptId attempt, Output output) {
        String name = switch (output) {
            case STDOUT -> "stdout";
            case STDERR -> "stderr";
        };
        Path file = paths.attempts().resolve(attempt.toString()).resolve(name);
        return disk.exists(file) ? Optional.of(new FilePiece(disk, file)) : Optional.empty();
    }

    @Override
    public boolean isThere(SavedMail saved) {
        return saved.mail() != null && disk.exists(Path.of(saved.mail()));
    }

    @Override
    public Optional<Piece> saved(SavedMail saved) {
        return isThere(saved)
                ? Optional.of(new FilePiece(disk, Path.of(Objects.requireNonNull(saved.mail()))))
                : Optional.empty();
    }

    @Override
    public void remove(SavedMail saved) throws IOException {
        Path folder = Path.of(saved.folder());
        Path mail = Path.of(Objects.requireNonNull(saved.mail()));
        if (!disk.exists(folder)) {
            return;
        }
        for (Path file : disk.list(folder)) {
            if (!file.equals(mail)) {
                disk.delete(file);
            }
        }
        disk.delete(mail);
        disk.delete(folder);
    }

    private record MailPiece(RawSource source) implements Piece {
        @Override
        public long size() {
            return source.size();
        }

        @Override
        public int readAt(long offset, ByteBuffer into) throws IOException {
            return source.readAt(offset, into);
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private static final int LONGEST_NUMBER = 20;

    private record FilePiece(Disk disk, Path file) implements Piece {
        @Override
        public long size() throws IOException {
            return disk.size(file);
        }

        @Override
        public int readAt(long offset, ByteBuffer into) throws IOException {
            return disk.readAt(file, offset, into);
        }

        @Override
        public long leftOut() throws IOException {
            Path note = file.resolveSibling(file.getFileName() + ".cut");
            if (!disk.exists(note)) {
                return 0;
            }
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST_NUMBER);
            disk.readAt(note, 0, bytes);
            String number = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
            return number.matches("[0-9]{1,18}") ? Long.parseLong(number) : 0;
        }

        @Override
        public void close() {
            // each read opens the file for itself
        }
    }
}
