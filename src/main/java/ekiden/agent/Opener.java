package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Reading;
import ekiden.mail.spool.Spool;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Opens mails of the spool. A bug in the reader makes the mail unreadable, never the agent. Safe from any thread. */
final class Opener {
    private static final Logger LOG = System.getLogger(Opener.class.getName());

    private final Spool spool;
    private final MimeLimits limits;

    Opener(Spool spool, MimeLimits limits) {
        this.spool = spool;
        this.limits = limits;
    }

    /**
     * Opens a mail and uses it while its bytes are open.
     *
     * @param use takes what was read, and the bytes
     * @return what came of it, or why the bytes cannot be had
     */
    <T> Result<T> open(RawMail raw, BiFunction<Reading, RawSource, T> use) {
        return switch (spool.open(raw)) {
            case Result.Failed<RawSource>(Problem problem) -> Result.failed(problem);
            case Result.Ok<RawSource>(RawSource source) -> use(source, use);
        };
    }

    /** Reads a mail, and takes its opening mark off: the process is still there. */
    Opened read(RawMail raw) {
        Result<Opened> opened = open(raw, (reading, source) -> switch (reading) {
            case Reading.Readable(Message message) ->
                new Opened(message.summary(), message.text(), dated(message), null);
            case Reading.Unreadable(Problem problem) -> Opened.unreadable(problem);
        });
        spool.markOpened(raw.place());
        return switch (opened) {
            case Result.Ok<Opened>(Opened value) -> value;
            case Result.Failed<Opened>(Problem problem) -> Opened.unreadable(problem);
        };
    }

    /** What the header of a mail says, without its attachments; or empty where only the whole mail can tell. */
    Optional<MailSummary> header(byte[] header) {
        return switch (read(new BytesSource(header))) {
            case Reading.Readable(Message message) -> Optional.of(headerOnly(message.summary()));
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
                List.of());
    }

    private <T> Result<T> use(RawSource source, BiFunction<Reading, RawSource, T> use) {
        try (source) {
            return Result.ok(use.apply(read(source), source));
        }
    }

    private Reading read(RawSource source) {
        try {
            return MessageReader.read(source, limits);
        } catch (RuntimeException | StackOverflowError bug) {
            LOG.log(Level.ERROR, "reading a mail ended by a bug", bug);
            String name = bug.getClass().getSimpleName();
            return new Reading.Unreadable(Problem.of(AgentMessage.READER_BUG, "bug", name));
        }
    }

    /** Whether a mail has something that tells it from another one with equal bytes. */
    private static boolean dated(Message message) {
        return message.summary().messageId() != null || message.summary().date() != null;
    }
}
