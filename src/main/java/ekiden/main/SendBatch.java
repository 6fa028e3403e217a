package ekiden.main;

import ekiden.agent.Senders;
import ekiden.base.Clock;
import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.cli.CliMessage;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOnce;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code mail send --batch}: one mail after the other, each with a durable note before its end and a durable result behind it, so
 * that a call after any crash sends only what is not settled. Belongs to one thread.
 */
final class SendBatch {
    private final Means means;
    private final Told told;
    private final BatchLimits limits;
    private final SendOnce once;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Set<String> seen = new HashSet<>();
    private ExitCode worst = ExitCode.DONE;
    private int unreachable;
    private int problemsTold;

    /**
     * What a batch is sent with.
     *
     * @param profile author and sender
     * @param folder an existing folder for composed mails
     * @param disk where the batch lies
     * @param clock for dates and ids
     * @param zone of the mails' dates
     */
    record Means(Senders.Profile profile, Path folder, Disk disk, Clock clock, ZoneId zone) {}

    SendBatch(Means means, Told told, BatchLimits limits) {
        this.means = means;
        this.told = told;
        this.limits = limits;
        this.once = new SendOnce(means.disk(), ComposeLimits.DEFAULT);
    }

    ExitCode run(Path batch, PrintStream out, boolean json) {
        Path file = batch.toAbsolutePath();
        try (InputStream in = means.disk().read(file);
                BatchLines lines = new BatchLines(in, limits.lineBytes())) {
            // A folder opens like a file here and there, and fails at the first byte: before anything is made.
            BatchLines.Line first = lines.next();
            return switch (BatchResults.open(file, means.disk(), new Ids(means.clock()), told)) {
                case Result.Failed<BatchResults>(Problem problem) -> told.fail(problem);
                case Result.Ok<BatchResults>(BatchResults results) -> {
                    try (results) {
                        yield run(new Work(file, results), first, lines, new Summary(out, json));
                    }
                }
            };
        } catch (IOException unreadable) {
            return told.fail(Problem.of(CliMessage.UNREADABLE, "file", file, "reason", Reason.of(unreadable)));
        }
    }

    private record Work(Path file, BatchResults results) {
        Path folder() {
            return Objects.requireNonNull(file.getParent());
        }
    }

    private record Summary(PrintStream out, boolean json) {}

    private ExitCode run(Work work, BatchLines.@Nullable Line first, BatchLines lines, Summary summary)
            throws IOException {
        worst = work.results.before();
        int before = work.results.settledBefore();
        boolean goOn = true;
        for (BatchLines.Line line = first; line != null && goOn; line = lines.next()) {
            goOn = one(work, BatchEntry.read(line, work.folder()));
        }
        summarize(summary, before);
        return worst;
    }

    /** One line; false where the rest must not be tried. */
    private boolean one(Work work, BatchEntry entry) {
        if (seen.size() >= limits.mails()) {
            return stop(Problem.of(MailCommandMessage.BATCH_TOO_MANY, "limit", limits.mails()));
        }
        if (entry.id() != null && !seen.add(entry.key())) {
            Problem twice = Problem.of(MailCommandMessage.BATCH_ID_TWICE, "line", entry.line(), "id", entry.key());
            return settle(work, entry, null, failed(twice));
        }
        if (entry.id() != null && work.results.settled(entry.key())) {
            return true;
        }
        return switch (entry.order()) {
            case Result.Failed<MailOrder>(Problem problem) -> settle(work, entry, null, failed(problem));
            case Result.Ok<MailOrder>(MailOrder order) -> send(work, entry, order);
        };
    }

    private SendOnce.Report failed(Problem problem) {
        return new SendOnce.Report(told.exit(problem), null, problem);
    }

    private boolean send(Work work, BatchEntry entry, MailOrder order) {
        BatchResults results = work.results;
        String messageId = messageId(results, entry.key());
        MailOrder.Means with = new MailOrder.Means(means.disk(), means.clock(), means.zone());
        SendOnce.Report report = switch (order.draft(means.profile().from(), messageId, with)) {
            case Result.Failed<MailDraft>(Problem problem) -> failed(problem);
            case Result.Ok<MailDraft>(MailDraft draft) ->
                once.send(draft, means.profile().sender(), means.folder(), () -> results.ending(entry.key()));
        };
        return settle(work, entry, messageId, report) && usable(entry, report);
    }

    /** Follows from the batch and the id, so that a mail that is sent again is known for the same. */
    private String messageId(BatchResults results, String key) {
        Instant begun = Instant.ofEpochMilli(results.batch().getMostSignificantBits() >>> 16);
        return SendMailCommand.messageId(
                Ids.derive(results.batch(), "mail " + key, begun),
                means.profile().from().address());
    }

    private boolean settle(Work work, BatchEntry entry, @Nullable String messageId, SendOnce.Report report) {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", entry.id());
        line.put("line", entry.line());
        SendReport.put(line, messageId, report, told);
        counts.merge(SendReport.outcome(report), 1, Integer::sum);
        Problem problem = report.problem();
        worst = Worst.of(
                worst, problem == null || report.exit() == ExitCode.UNCERTAIN ? report.exit() : told.exit(problem));
        if (problem != null && problemsTold++ < limits.told()) {
            told.tell(problem);
        }
        Problem notKept = work.results.add(line);
        return notKept == null || stop(notKept);
    }

    private boolean stop(Problem problem) {
        told.tell(problem);
        worst = Worst.of(worst, told.exit(problem));
        return false;
    }

    /** Whether the mail system can be used for the next mail. A wrong password tried for each mail would lock the account. */
    private boolean usable(BatchEntry entry, SendOnce.Report report) {
        Problem problem = report.problem();
        boolean reached = report.exit() != ExitCode.NOT_REACHABLE;
        unreachable = reached ? 0 : unreachable + 1;
        boolean settings = report.outcome() != null
                && report.exit() == ExitCode.SETTINGS
                && problem != null
                && !problem.id().equals(SendMessage.CONTENT_UNREADABLE.id());
        boolean calledOff = problem != null && problem.id().equals(SendMessage.CALLED_OFF.id());
        boolean tooOften = unreachable >= limits.unreachable();
        return !(settings || calledOff || tooOften)
                || stop(Problem.of(MailCommandMessage.BATCH_STOPPED, "line", entry.line()));
    }

    private void summarize(Summary summary, int before) {
        Problem done = Problem.of(
                MailCommandMessage.BATCH_DONE,
                "accepted",
                count(SendReport.ACCEPTED),
                "some",
                count(SendReport.SOME_REFUSED),
                "refused",
                count(SendReport.REFUSED),
                "uncertain",
                count(SendReport.UNCERTAIN),
                "failed",
                count(SendReport.FAILED),
                "before",
                before);
        if (!summary.json) {
            summary.out.println(told.line(done));
            return;
        }
        Map<String, Integer> line = new LinkedHashMap<>();
        line.put(SendReport.ACCEPTED, count(SendReport.ACCEPTED));
        line.put(SendReport.SOME_REFUSED, count(SendReport.SOME_REFUSED));
        line.put(SendReport.REFUSED, count(SendReport.REFUSED));
        line.put(SendReport.UNCERTAIN, count(SendReport.UNCERTAIN));
        line.put(SendReport.FAILED, count(SendReport.FAILED));
        line.put("before", before);
        summary.out.println(Json.write(line));
    }

    private int count(String outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
