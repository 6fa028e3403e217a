package ekiden.main;

import ekiden.agent.Senders;
import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
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
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.PreparedMail;
import ekiden.mail.send.SendOnce;
import ekiden.mail.send.SendProgress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code mail send --batch}: as many mails at the same time as the sender takes, each with a durable note before its end and a result behind it that
 * outlives the process, so that a call after any crash sends only what is not settled. The caller's thread reads, lanes send.
 */
final class SendBatch {
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
            BatchLines.Line first = lines.next();
            BatchProgress progress =
                    new BatchProgress(terminal, file, means.disk().size(file));
            BatchResults.Wish wish = new BatchResults.Wish(file, batch.resend());
            return switch (BatchResults.open(wish, means.disk(), new Ids(means.clock()), told)) {
                case Result.Failed<BatchResults>(Problem problem) -> told.fail(problem);
                case Result.Ok<BatchResults>(BatchResults results) -> {
                    BatchTally tally = new BatchTally(told, limits, progress, results.before());
                    try (results) {
                        run(new Work(file, results, tally, progress), first, lines);
                    }
                    yield tally.summarize(terminal.out(), json, results.settledBefore());
                }
            };
        } catch (IOException unreadable) {
            return told.fail(Problem.of(CliMessage.UNREADABLE, "file", file, "reason", Reason.of(unreadable)));
        }
    }

    private record Work(Path file, BatchResults results, BatchTally tally, BatchProgress progress) {
        Path folder() {
            return Objects.requireNonNull(file.getParent());
        }
    }

    private void run(Work work, BatchLines.@Nullable Line first, BatchLines lines) throws IOException {
        int lanes = means.profile().sender().atOnce();
        BatchQueue queue = new BatchQueue(lanes, limits.bytesInHand());
        means.ending().whenAsked(() -> callOff(work, queue));
        for (int i = 0; i < lanes; i++) {
            means.tasks().runApart("batch lane " + i, () -> {
                try {
                    lane(work, queue);
                } finally {
                    queue.laneEnded();
                }
            });
        }
        Reading reading = new Reading();
        int unended = 0;
        try {
            read(work, first, lines, queue, reading);
        } finally {
            queue.end();
            unended = queue.await(means.clock());
        }
        if (queue.calledOff()) {
            if (unended > 0) {
                work.results.leave();
            }
            work.tally.endedEarly(reading.wanted, reading.whole, unended);
        }
    }

    private void callOff(Work work, BatchQueue queue) {
        queue.callOff(limits.finish(), means.clock());
        work.tally.note(Problem.of(
                MailCommandMessage.BATCH_ENDING, "seconds", limits.finish().toSeconds()));
    }

    /** How far the batch has been read. Belongs to one thread. */
    private static final class Reading {
        private final Set<String> seen = new HashSet<>();
        /** Lines, without those that an earlier call settled. */
        private long wanted;
        /** Whether that is all. */
        private boolean whole;
    }

    private void read(Work work, BatchLines.@Nullable Line first, BatchLines lines, BatchQueue queue, Reading reading)
            throws IOException {
        boolean goOn = true;
        BatchLines.Line line = first;
        while (line != null && goOn) {
            BatchEntry entry = BatchEntry.read(line, work.folder());
            work.progress.read(entry.size());
            if (reading.seen.size() >= limits.mails()) {
                work.tally.stop(Problem.of(MailCommandMessage.BATCH_TOO_MANY, "limit", limits.mails()));
                return;
            }
            if (entry.id() != null && !reading.seen.add(entry.key())) {
                reading.wanted++;
                goOn = settle(work, entry, null, failed(twice(entry)));
            } else if (entry.id() == null || !work.results.settled(entry.key())) {
                reading.wanted++;
                goOn = queue.put(entry);
            }
            line = lines.next();
        }
        if (queue.calledOff()) {
            countRest(work, line, lines, reading);
        }
    }

    /** How many the next call has to do, as far as that can be said in the time that the lanes have. */
    private void countRest(Work work, BatchLines.@Nullable Line next, BatchLines lines, Reading reading)
            throws IOException {
        long until = means.clock().nanos() + limits.count().toNanos();
        BatchLines.Line line = next;
        while (line != null && until - means.clock().nanos() > 0) {
            BatchEntry entry = BatchEntry.read(line, work.folder());
            if (entry.id() == null || !work.results.settled(entry.key())) {
                reading.wanted++;
            }
            line = lines.next();
        }
        reading.whole = line == null;
    }

    private static Problem twice(BatchEntry entry) {
        return Problem.of(MailCommandMessage.BATCH_ID_TWICE, "line", entry.line(), "id", entry.key());
    }

    /**
     * A mail that is to be sent now.
     *
     * @param entry its line
     * @param messageId null where the line is none
     * @param mail composed, or not
     */
    private record Ready(BatchEntry entry, @Nullable String messageId, Result<PreparedMail> mail)
            implements AutoCloseable {
        @Nullable
        OutgoingMail outgoing() {
            return mail instanceof Result.Ok<PreparedMail>(PreparedMail prepared) ? prepared.mail() : null;
        }

        @Override
        public void close() {
            if (mail instanceof Result.Ok<PreparedMail>(PreparedMail prepared)) {
                prepared.close();
            }
        }
    }

    private void lane(Work work, BatchQueue queue) {
        Ready ready = ready(work, queue.take());
        while (ready != null) {
            Ready next = through(work, ready, queue);
            ready = next == null ? ready(work, queue.take()) : next;
        }
    }

    /** Sends one. {@return the next one, which was composed meanwhile; null where there was none yet, or where no more are wanted} */
    private @Nullable Ready through(Work work, Ready ready, BatchQueue queue) {
        Ready next = null;
        boolean goOn = false;
        try (ready) {
            next = ready(work, queue.poll());
            goOn = one(work, ready, new Progress(work.results, ready.entry(), next), queue) && !queue.calledOff();
        } finally {
            if (!goOn) {
                queue.stop();
                giveUp(next, queue);
            }
            queue.done(ready.entry());
        }
        return goOn ? next : null;
    }

    private static void giveUp(@Nullable Ready next, BatchQueue queue) {
        if (next != null) {
            next.close();
            queue.done(next.entry());
        }
    }

    /** What a sender is told of a mail: its end is noted, and the next one is known. */
    private record Progress(
            BatchResults results,
            BatchEntry entry,
            @Nullable Ready next) implements SendProgress {
        @Override
        public boolean endingData() {
            return results.ending(entry.key(), entry.line());
        }

        @Override
        public @Nullable OutgoingMail following() {
            return next == null ? null : next.outgoing();
        }
    }

    /** One mail; false where the rest must not be tried. */
    private boolean one(Work work, Ready ready, Progress progress, BatchQueue queue) {
        SendOnce.Report report = switch (ready.mail()) {
            case Result.Failed<PreparedMail>(Problem problem) -> failed(problem);
            case Result.Ok<PreparedMail>(PreparedMail mail) ->
                SendOnce.submit(mail, means.profile().sender(), progress);
        };
        if (BatchTally.proven(report)) {
            queue.prove();
        }
        boolean kept = settle(work, ready.entry(), ready.messageId(), report);
        return kept && (ready.messageId() == null || work.tally.usable(ready.entry(), report));
    }

    private SendOnce.Report failed(Problem problem) {
        return new SendOnce.Report(told.exit(problem), null, problem);
    }

    private @Nullable Ready ready(Work work, @Nullable BatchEntry entry) {
        if (entry == null) {
            return null;
        }
        return switch (entry.order()) {
            case Result.Failed<MailOrder>(Problem problem) -> new Ready(entry, null, Result.failed(problem));
            case Result.Ok<MailOrder>(MailOrder order) -> {
                String messageId = messageId(work.results, entry.key());
                yield new Ready(entry, messageId, prepared(order, messageId));
            }
        };
    }

    private Result<PreparedMail> prepared(MailOrder order, String messageId) {
        MailOrder.Means with = new MailOrder.Means(means.disk(), means.clock(), means.zone(), means.recipients());
        return order.draft(means.profile().from(), messageId, with)
                .then(drafted -> Result.ok(once.prepare(
                        drafted.draft().with(means.profile().charsets()),
                        order.rule(means.profile()),
                        means.folder())));
    }

    /** Follows from the batch and the id, so that a mail that is sent again is known for the same. */
    private String messageId(BatchResults results, String key) {
        Instant begun = Instant.ofEpochMilli(results.batch().getMostSignificantBits() >>> 16);
        return "<" + Ids.derive(results.batch(), "mail " + key, begun) + domain + ">";
    }

    private boolean settle(Work work, BatchEntry entry, @Nullable String messageId, SendOnce.Report report) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", entry.id());
        line.put("line", entry.line());
        SendReport.put(line, messageId, report, told);
        Problem notKept = work.results.add(line);
        work.tally.count(report);
        return notKept == null || work.tally.stop(notKept);
    }
}
