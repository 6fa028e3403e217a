package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a batch after any crash: {@code FILE.results.jsonl} has the outcomes, {@code FILE.results.journal} the ids
 * whose data were about to end, and their outcomes once more. An id in the journal without an outcome is uncertain. A result is written at once, and
 * durable with the next note of the journal, so that of a killed process at most the mails that stood at their end are uncertain.
 *
 * <p>Results of mails that may be sent again (refused, failed) are taken out when a call begins, so that each mail has one line. An uncertain one stays
 * until the mail has been sent again and that has another outcome: behind it, and alone once the call ends.
 * Results are added from any thread; the rest belongs to one.
 */
final class BatchResults implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(BatchResults.class);
    private static final int LONGEST_RESULT = 16 << 20;
    /** What is not sent again by itself, and what a command ends with for its sake. */
    private static final Map<String, ExitCode> SETTLED = Map.of(
            SendReport.ACCEPTED, ExitCode.DONE,
            SendReport.QUEUED, ExitCode.DONE,
            SendReport.SOME_REFUSED, ExitCode.WARNING,
            SendReport.UNCERTAIN, ExitCode.UNCERTAIN);

    /** What a mail becomes that was uncertain, once it has been sent again. */
    private static final Set<String> KNOWN =
            Set.of(SendReport.ACCEPTED, SendReport.QUEUED, SendReport.SOME_REFUSED, SendReport.REFUSED);

    private final Disk disk;
    private final Path file;
    private final boolean resend;
    private final String domain;
    private final BatchJournal journal;
    private final Told told;
    private final Map<String, String> settled = new HashMap<>();
    /** Uncertain mails that this call shall send again; their results stay until that has an outcome that is known. */
    private final Set<String> again = new HashSet<>();
    /** Those of them that have none yet. */
    private final Set<String> uncertain = ConcurrentHashMap.newKeySet();

    private final List<Problem> interrupted = new ArrayList<>();
    private int before;
    private Disk.@Nullable Output out;
    /** Whether there may be a mail without a result that is kept: then only the journal knows that it was about to end. */
    private volatile boolean lost;
    /** Lines of the batch whose data were about to end, without a result yet. */
    private final Set<Long> open = ConcurrentHashMap.newKeySet();

    /**
     * What is wanted.
     *
     * @param batch the file with the mails
     * @param resend whether uncertain mails are sent again
     * @param domain the end of every Message-ID
     */
    record Wish(Path batch, boolean resend, String domain) {}

    private BatchResults(Disk disk, Wish wish, BatchJournal journal, Told told) {
        this.disk = disk;
        this.file = beside(wish.batch(), ".jsonl");
        this.resend = wish.resend();
        this.domain = wish.domain();
        this.journal = journal;
        this.told = told;
    }

    /**
     * Takes up what earlier calls left.
     *
     * @param wish the file with the mails
     * @param disk where it lies
     * @param ids names a new batch
     * @param told words for the results
     * @return the results, or why the batch cannot be worked on now
     */
    static Result<BatchResults> open(Wish wish, Disk disk, Ids ids, Told told) {
        return BatchJournal.open(wish.batch(), beside(wish.batch(), ".journal")).then(journal -> {
            BatchResults results = new BatchResults(disk, wish, journal, told);
            try {
                results.takeUp(ids);
                return Result.ok(results);
            } catch (IOException failed) {
                results.close();
                return Result.failed(results.problem(failed));
            }
        });
    }

    private static Path beside(Path batch, String ending) {
        return batch.resolveSibling(batch.getFileName() + ".results" + ending);
    }

    private void takeUp(Ids ids) throws IOException {
        BatchJournal.Notes notes = new BatchJournal.Notes(new LinkedHashMap<>(), List.of());
        if (disk.exists(file)) {
            notes = journal.notes();
        } else {
            journal.clear();
        }
        journal.begin(ids.next());
        rewrite(notes);
        settled.forEach((id, outcome) -> {
            if (resend && outcome.equals(SendReport.UNCERTAIN)) {
                again.add(id);
            }
        });
        uncertain.addAll(again);
        before = settled.size() - again.size() - (resend ? 0 : interrupted.size());
        journal.forget();
        out = disk.append(file);
    }

    /** The settled results of before, and the mails of which nothing can be known. */
    private void rewrite(BatchJournal.Notes notes) throws IOException {
        // Of a call that was to send again and did not end both results are there, the uncertain one first: seldom, and
        // then all is read once more.
        Set<String> known = new HashSet<>();
        replace(kept -> {
            int knownBefore = known.size();
            settled.clear();
            interrupted.clear();
            keep(kept, notes, known);
            return known.size() == knownBefore;
        });
    }

    private interface Filling {
        /** {@return whether that is all; otherwise it begins anew} */
        boolean fill(Disk.Output kept) throws IOException;
    }

    /** Another content under the same name, in one step. */
    private void replace(Filling filling) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        boolean whole = false;
        while (!whole) {
            disk.delete(part);
            try (Disk.Output kept = disk.create(part)) {
                whole = filling.fill(kept);
                kept.force();
            }
        }
        disk.rename(part, file);
        disk.forceFolder(Objects.requireNonNull(file.getParent()));
    }

    private void keep(Disk.Output kept, BatchJournal.Notes notes, Set<String> known) throws IOException {
        if (disk.exists(file)) {
            each((line, result) -> {
                notes.found(result);
                keep(kept, line, result, known);
            });
        }
        for (String line : notes.results()) {
            keep(kept, line, Json.readMap(line), known);
        }
        for (Map.Entry<String, Object> pending : notes.pending().entrySet()) {
            keepInterrupted(kept, pending.getKey(), pending.getValue());
        }
    }

    private interface Each {
        void line(String line, Map<String, Object> result) throws IOException;
    }

    private void each(Each each) throws IOException {
        try (InputStream in = disk.readNamed(file);
                BatchLines lines = new BatchLines(in, LONGEST_RESULT)) {
            for (BatchLines.Line line = lines.next(); line != null; line = lines.next()) {
                each.line(line.text(), line.ended() ? result(line) : Map.of());
            }
        }
    }

    private void keep(Disk.Output kept, String line, Map<String, Object> result, Set<String> known) throws IOException {
        String id = id(result);
        String outcome = outcome(result);
        boolean unsure = outcome.equals(SendReport.UNCERTAIN);
        if (KNOWN.contains(outcome) && SendReport.UNCERTAIN.equals(settled.get(id))) {
            known.add(id);
        }
        if (!(unsure && known.contains(id))
                && SETTLED.containsKey(outcome)
                && settled.putIfAbsent(id, outcome) == null) {
            write(kept, line);
        }
    }

    private static String id(Map<String, Object> result) {
        return String.valueOf(result.getOrDefault("id", ""));
    }

    private static String outcome(Map<String, Object> result) {
        return String.valueOf(result.getOrDefault("outcome", ""));
    }

    private void keepInterrupted(Disk.Output kept, String id, Object number) throws IOException {
        if (settled.putIfAbsent(id, SendReport.UNCERTAIN) != null) {
            return;
        }
        String messageId = messageId(id);
        Problem problem =
                Problem.of(MailCommandMessage.BATCH_INTERRUPTED, "id", id, "line", number, "messageId", messageId);
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("id", id);
        line.put("line", number);
        line.put("outcome", SendReport.UNCERTAIN);
        line.put("messageId", messageId);
        line.put("reply", null);
        line.put("refused", List.of());
        line.put("problem", SendReport.problem(problem, told));
        write(kept, Json.write(line));
        interrupted.add(problem);
    }

    private static Map<String, Object> result(BatchLines.Line line) {
        try {
            return Json.readMap(line.text());
        } catch (Json.Unreadable torn) {
            LOG.log(Level.DEBUG, "a line of the results is none", torn);
            return Map.of();
        }
    }

    /** Follows from the batch and the id, so that a mail that is sent again is known for the same. */
    String messageId(String id) {
        UUID batch = journal.batch();
        Instant begun = Instant.ofEpochMilli(batch.getMostSignificantBits() >>> 16);
        return "<" + Ids.derive(batch, "mail " + id, begun) + domain + ">";
    }

    /** How many mails earlier calls settled, without those that are told now or sent again. */
    int settledBefore() {
        return before;
    }

    /** Whether an earlier call settled it, so that it is not sent again. */
    boolean settled(String id) {
        return settled.containsKey(id) && !again.contains(id);
    }

    /** What the results of earlier calls ask the command to end with; those that are sent again do not count yet. */
    ExitCode before() {
        ExitCode worst = ExitCode.DONE;
        for (Map.Entry<String, String> one : settled.entrySet()) {
            if (!again.contains(one.getKey())) {
                worst = Worst.of(worst, SETTLED.getOrDefault(one.getValue(), ExitCode.DONE));
            }
        }
        return worst;
    }

    /** {@return the mails that an earlier call left at their end, which nobody has been told yet; none where they are sent again} */
    List<Problem> interrupted() {
        return resend ? List.of() : List.copyOf(interrupted);
    }

    /** {@return how many mails were to be sent again and are as uncertain as before} */
    int stillUncertain() {
        return uncertain.size();
    }

    /**
     * Whether a mail that was sent again is as uncertain as before: it may have been delivered the first time. Then its result stays, and this one is
     * not kept.
     *
     * @param outcome of this time
     */
    boolean staysUncertain(String id, long line, String outcome) {
        if (!again.contains(id) || KNOWN.contains(outcome)) {
            return false;
        }
        open.remove(line);
        return true;
    }

    /** Notes that the data of a mail are about to end; false where that is not possible, and then the mail must not be sent. */
    boolean ending(String id, long line) {
        open.add(line);
        return journal.ending(id, line);
    }

    /**
     * Keeps a result.
     *
     * @return why it is not kept, or null
     */
    @Nullable
    synchronized Problem add(Map<String, @Nullable Object> line) {
        byte[] bytes = Json.writeLine(line);
        journal.result(bytes);
        try {
            Objects.requireNonNull(out).write(ByteBuffer.wrap(bytes));
            if (KNOWN.contains(String.valueOf(line.get("outcome")))) {
                uncertain.remove(String.valueOf(line.get("id")));
            }
            if (line.get("line") instanceof Number number) {
                open.remove(number.longValue());
            }
            return null;
        } catch (IOException failed) {
            lost = true;
            return problem(failed);
        }
    }

    /** Not all that was begun is known: the journal keeps what stood at its end, and the next call tells it. */
    void leave() {
        lost = true;
    }

    private static void write(Disk.Output out, String line) throws IOException {
        out.write(ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    private Problem problem(IOException failed) {
        return Problem.of(MailCommandMessage.BATCH_RESULTS, "file", file, "reason", Reason.of(failed));
    }

    /** Mails that were sent again, and of which that is known, have one line. */
    private boolean withoutKnown(Disk.Output kept) throws IOException {
        each((line, result) -> {
            String id = id(result);
            boolean over =
                    outcome(result).equals(SendReport.UNCERTAIN) && again.contains(id) && !uncertain.contains(id);
            if (!over) {
                write(kept, line);
            }
        });
        return true;
    }

    @Override
    public void close() {
        try (BatchJournal closing = journal) {
            LOG.log(Level.TRACE, "closing the results with {0}", closing);
            Disk.Output written = out;
            if (written != null) {
                try (written) {
                    written.force();
                }
                if (uncertain.size() < again.size()) {
                    replace(this::withoutKnown);
                }
                // Everything has its result: who takes a line out by hand wants that mail sent again.
                if (!lost && open.isEmpty()) {
                    journal.forget();
                }
            }
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "the results did not close", failed);
        }
    }
}
