package ekiden.main;

import ekiden.agent.Senders;
import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.cli.CliMessage;
import ekiden.cli.SendRequest;
import ekiden.cli.Terminal;
import ekiden.disk.Disk;
import ekiden.mail.address.Recipients;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.SendOnce;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code mail send --batch}: as many mails at the same time as the sender takes, each with a durable note before its end and a result behind it that
 * outlives the process, so that a call after any crash sends only what is not settled. The caller's thread reads, lanes send.
 */
final class SendBatch {
    private static final Logger LOG = LazyLogger.of(SendBatch.class);

    private final Means means;
    private final Told told;
    private final BatchLimits limits;
    private final SendOnce once;
    /** The end of every Message-ID. */
    private final String domain;

    /**
     * What a batch is sent with.
     *
     * @param profile author and sender
     * @param folder an existing folder for composed mails
     * @param disk where the batch lies
     * @param clock for dates and ids
     * @param zone of the mails' dates
     * @param recipients tells what names of recipients mean
     * @param tasks where the lanes run
     * @param ending says when the caller wants an end
     */
    record Means(
            Senders.Profile profile,
            Path folder,
            Disk disk,
            Clock clock,
            ZoneId zone,
            Recipients recipients,
            Tasks tasks,
            AskedToEnd ending) {}

    SendBatch(Means means, Told told, BatchLimits limits) {
        this.means = means;
        this.told = told;
        this.limits = limits;
        this.once = new SendOnce(means.disk(), ComposeLimits.DEFAULT);
        this.domain = SendMailCommand.domain(means.profile().from().address());
    }

    ExitCode run(SendRequest.Batch batch, Terminal terminal, boolean json) {
        Path file = batch.file().toAbsolutePath();
        try (InputStream in = means.disk().read(file);
                BatchLines lines = new BatchLines(in, limits.lineBytes())) {
            // A folder opens like a file here and there, and fails at the first byte: before anything is made.
            lines.look();
            BatchProgress progress =
                    new BatchProgress(terminal, file, means.disk().size(file));
            BatchResults.Wish wish = new BatchResults.Wish(file, batch.resend(), domain);
            return switch (BatchResults.open(wish, means.disk(), new Ids(means.clock()), told)) {
                case Result.Failed<BatchResults>(Problem problem) -> told.fail(problem);
                case Result.Ok<BatchResults>(BatchResults results) -> {
                    BatchTally tally = new BatchTally(told, limits, progress, results.before());
                    tally.interrupted(results.interrupted());
                    try (results) {
                        run(new BatchWork(means, told, once, file, results, tally), progress, lines);
                    }
                    tally.stayUncertain(results.stillUncertain());
                    yield tally.summarize(terminal.out(), json, results.settledBefore());
                }
            };
        } catch (IOException unreadable) {
            return told.fail(Problem.of(CliMessage.UNREADABLE, "file", file, "reason", Reason.of(unreadable)));
        }
    }

    private void run(BatchWork work, BatchProgress progress, BatchLines lines) throws IOException {
        int lanes = means.profile().sender().atOnce();
        BatchQueue queue = new BatchQueue(lanes, limits.bytesInHand());
        means.ending().whenAsked(() -> callOff(work, queue));
        lines.whenLonger(limits.lineAhead(), queue::alone);
        Reading reading = new Reading(queue, progress);
        int started = 0;
        int unended = 0;
        try {
            for (; started < lanes; started++) {
                means.tasks().runApart("batch lane " + started, new BatchLane(work, queue));
            }
            boolean goOn = true;
            while (goOn) {
                goOn = offer(work, lines, reading);
            }
            if (queue.calledOff()) {
                countRest(work, lines, reading);
            }
        } catch (RuntimeException | Error broken) {
            LOG.log(Level.DEBUG, "the batch is not read on", broken);
            work.tally().stop(BatchLane.broke(reading.line + 1, broken));
        } finally {
            for (; started < lanes; started++) {
                queue.laneEnded();
            }
            queue.end();
            unended = queue.await(means.clock());
        }
        if (unended > 0) {
            work.results().leave();
        }
        if (queue.calledOff()) {
            work.tally().endedEarly(reading.wanted, reading.whole, unended);
        } else {
            work.tally().ended(reading.wanted);
        }
    }

    private void callOff(BatchWork work, BatchQueue queue) {
        queue.callOff(limits.finish(), means.clock());
        work.tally()
                .note(Problem.of(
                        MailCommandMessage.BATCH_ENDING,
                        "seconds",
                        limits.finish().toSeconds()));
    }

    /** How far the batch has been read. Belongs to one thread. */
    private static final class Reading {
        private final BatchQueue queue;
        private final BatchProgress progress;
        private final Set<String> seen = new HashSet<>();
        /** Lines, without those that an earlier call settled. */
        private long wanted;
        /** Whether that is all. */
        private boolean whole;
        /** The one that was read last. */
        private long line;

        Reading(BatchQueue queue, BatchProgress progress) {
            this.queue = queue;
            this.progress = progress;
        }
    }

    /** {@return the mail of the next line; the text of the line, which may be long, is not held any more} */
    private static @Nullable BatchEntry next(BatchWork work, BatchLines lines, Reading reading) throws IOException {
        BatchLines.Line line = lines.next();
        if (line == null) {
            reading.whole = true;
            return null;
        }
        reading.line = line.number();
        return BatchEntry.read(line, work.folder());
    }

    /** One line. {@return whether there may be another one} */
    private boolean offer(BatchWork work, BatchLines lines, Reading reading) throws IOException {
        BatchEntry entry = next(work, lines, reading);
        if (entry == null) {
            return false;
        }
        reading.progress.read(entry.size());
        if (reading.seen.size() >= limits.mails()) {
            return work.tally().stop(Problem.of(MailCommandMessage.BATCH_TOO_MANY, "limit", limits.mails()));
        }
        if (entry.id() != null && !reading.seen.add(entry.key())) {
            reading.wanted++;
            return work.settle(entry, null, work.failed(twice(entry)));
        }
        if (entry.id() != null && work.results().settled(entry.key())) {
            return true;
        }
        reading.wanted++;
        return reading.queue.put(entry.weighed(means.disk()));
    }

    /** How many the next call has to do, as far as that can be said in the time that the lanes have. */
    private void countRest(BatchWork work, BatchLines lines, Reading reading) throws IOException {
        long until = means.clock().nanos() + limits.count().toNanos();
        while (!reading.whole && until - means.clock().nanos() > 0) {
            BatchEntry entry = next(work, lines, reading);
            if (entry != null && (entry.id() == null || !work.results().settled(entry.key()))) {
                reading.wanted++;
            }
        }
    }

    private static Problem twice(BatchEntry entry) {
        return Problem.of(MailCommandMessage.BATCH_ID_TWICE, "line", entry.line(), "id", entry.key());
    }
}
