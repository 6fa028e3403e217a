package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.match.TestedMail;
import ekiden.mail.mime.AttachedText;
import ekiden.mail.mime.BounceReader;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Headers;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.spool.Spool;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Opens mails of the spool. A bug in the reader makes the mail unreadable, never the agent. Mails that are open at the same time share a
 * bounded room in memory; who finds none waits, and is told to come again when that takes too long. Safe from any thread.
 */
final class Opener {
    private static final Logger LOG = LazyLogger.of(Opener.class);

    private final Spool spool;
    private static final int UNIT = 1024;

    private final MimeLimits limits;
    private final MailTrust trust;
    private final Duration patience;
    private final int units;
    /** First come, first served: a large mail must not wait for ever behind small ones. */
    private final Semaphore room;

    Opener(Spool spool, MimeLimits limits, MailTrust trust, int bytes, Duration patience) {
        this.spool = spool;
        this.limits = limits;
        this.trust = trust;
        this.patience = patience;
        this.units = Math.max(1, bytes / UNIT);
        this.room = new Semaphore(units, true);
    }

    /** {@return by what the mails of a mailbox are opened and verified at present} */
    MailTrust.Means means(String mailbox) {
        return trust.of(mailbox);
    }

    /**
     * Opens a mail and uses it while its bytes are open.
     *
     * @param means by what it is opened
     * @param use takes what was read, and the bytes
     * @return what came of it, or why the bytes cannot be had, or be opened, now
     */
    <T> Result<T> open(RawMail raw, MailTrust.Means means, BiFunction<Reading, RawSource, T> use) {
        return means.opening().then(opening -> spool.open(raw).then(source -> withRoom(raw, source, opening, use)));
    }

    /** Reads a mail, and takes its opening mark off: the process is still there. */
    WholeMail read(RawMail raw, Origin origin) {
        MailTrust.Means means = means(origin.mailbox());
        Result<WholeMail> opened = open(raw, means, (reading, source) -> switch (reading) {
            case Reading.Readable(Message message) ->
                new WholeMail(message.summary(), tested(message, source, raw, means, origin.arrived()), null);
            case Reading.Unreadable(Problem problem) -> WholeMail.unreadable(problem);
        });
        spool.markOpened(raw.place());
        return switch (opened) {
            case Result.Ok<WholeMail>(WholeMail value) -> value;
            case Result.Failed<WholeMail>(Problem problem) -> WholeMail.unreadable(problem);
        };
    }

    /** A mail that is open, as conditions see it also when it is closed again: text of attachments is then read anew. */
    TestedMail tested(Message message, RawSource source, RawMail raw, MailTrust.Means means, Instant arrived) {
        return TestedMail.whole(bounced(message, source), message.text(), message.header(), raw.size())
                .withAttached(() -> attached(raw, means))
                .provedBy(means.prover(message, arrived, () -> spool.open(raw)));
    }

    /** With what it says about the delivery of another mail, where it does. */
    private static MailSummary bounced(Message message, RawSource source) {
        try {
            return BounceReader.read(message, source)
                    .map(bounce -> message.summary().with(MailFacts.NONE.bounced(bounce)))
                    .orElse(message.summary());
        } catch (IOException unread) {
            LOG.log(Level.WARNING, "what a bounce says cannot be read now: {0}", Reason.of(unread));
            return message.summary();
        }
    }

    /** The text of text attachments; null where the bytes cannot be had now. */
    private @Nullable String attached(RawMail raw, MailTrust.Means means) {
        Result<Optional<String>> text = open(raw, means, (reading, source) -> switch (reading) {
            case Reading.Readable(Message message) -> attached(message, source);
            case Reading.Unreadable ignored -> Optional.empty();
        });
        return text instanceof Result.Ok<Optional<String>>(Optional<String> there) ? there.orElse(null) : null;
    }

    /** The text of text attachments of a mail that is open; empty where its bytes cannot be had now. */
    Optional<String> attached(Message message, RawSource source) {
        try {
            return Optional.of(AttachedText.of(message, source, limits));
        } catch (IOException unread) {
            LOG.log(Level.WARNING, "attachments cannot be read now: {0}", Reason.of(unread));
            return Optional.empty();
        }
    }

    /** What is said where a mail cannot be judged because its bytes cannot be had. */
    Problem noRoom() {
        return Problem.of(AgentMessage.NO_ROOM_TO_READ, "seconds", patience.toSeconds());
    }

    /** A header by itself. */
    record Head(MailSummary summary, Headers fields) {}

    /** What the header of a mail says, without its attachments; or empty where only the whole mail can tell. */
    Optional<Head> header(byte[] header) {
        return switch (read(new BytesSource(header), Opening.USUAL)) {
            // the parts of the mail say what raw bytes in its header are: without them a guess could pass a mail over
            case Reading.Readable ignored when Headers.rawBytes(header) -> Optional.empty();
            case Reading.Readable(Message message) ->
                Optional.of(new Head(headerOnly(message.summary()), message.header()));
            case Reading.Unreadable ignored -> Optional.empty();
        };
    }

    private static MailSummary headerOnly(MailSummary read) {
        return new MailSummary(
                read.from(),
                read.to(),
                read.cc(),
                read.subject(),
                read.date(),
                read.messageId(),
                List.of(),
                List.of(),
                null,
                null,
                read.thread());
    }

    /** A mail without which the memory may be full may be another one's victim: it gets all the room, and only then it is known. */
    private <T> Result<T> withRoom(
            RawMail raw, RawSource source, Opening opening, BiFunction<Reading, RawSource, T> use) {
        try (source) {
            int wanted = (int) Math.min(units, 1 + Math.min(raw.size(), limits.textBytes()) / UNIT);
            Result<T> first = withRoom(wanted, source, opening, use);
            return first == null ? alone(source, opening, use) : first;
        }
    }

    private <T> Result<T> alone(RawSource source, Opening opening, BiFunction<Reading, RawSource, T> use) {
        Result<T> alone = withRoom(units, source, opening, use);
        return alone == null
                ? Result.ok(use.apply(new Reading.Unreadable(Problem.of(AgentMessage.NEEDS_TOO_MUCH)), source))
                : alone;
    }

    /** {@return what came of it; null where the memory was full} */
    private <T> @Nullable Result<T> withRoom(
            int wanted, RawSource source, Opening opening, BiFunction<Reading, RawSource, T> use) {
        try {
            if (!room.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return Result.failed(noRoom());
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Result.failed(noRoom());
        }
        try {
            return Result.ok(use.apply(read(source, opening), source));
        } catch (OutOfMemoryError full) {
            LOG.log(Level.ERROR, "no memory for a mail of " + source.size() + " bytes", full);
            return null;
        } finally {
            room.release(wanted);
        }
    }

    private Reading read(RawSource source, Opening opening) {
        try {
            return MessageReader.read(source, limits, opening);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.log(Level.ERROR, "reading a mail ended by a bug", bug);
            String name = bug.getClass().getSimpleName();
            return new Reading.Unreadable(Problem.of(AgentMessage.READER_BUG, "bug", name));
        }
    }

    /** Whether a mail has something that tells it from another one with equal bytes. */
    static boolean dated(Message message) {
        return message.summary().messageId() != null || message.summary().date() != null;
    }
}
