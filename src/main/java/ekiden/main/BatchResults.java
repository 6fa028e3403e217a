package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Ids;
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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a batch after any crash: {@code FILE.results.jsonl} has the outcomes, {@code FILE.results.journal} the ids
 * whose data were about to end, and their outcomes once more. An id in the journal without an outcome is uncertain. A result is written at once, and
 * durable with the next note of the journal, so that of a killed process at most the mails that stood at their end are uncertain.
 *
 * <p>Results of mails that may be sent again (refused, failed) are taken out when a call begins, so that each mail has one line.
 * Results are added from any thread; the rest belongs to one.
 */
final class BatchResults implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BatchResults.class.getName());
    private static final int LONGEST_RESULT = 16 << 20;
    /** What is not sent again by itself, and what a command ends with for its sake. */
    private static final Map<String, ExitCode> SETTLED = Map.of(
            SendReport.ACCEPTED, ExitCode.DONE,
            SendReport.QUEUED, ExitCode.DONE,
            SendReport.SOME_REFUSED, ExitCode.WARNING,
            SendReport.UNCERTAIN, ExitCode.UNCERTAIN);

    private final Disk disk;
    private final Path file;
    private final boolean resend;
    private final BatchJournal journal;
    private final Told told;
    private final Map<String, String> settled = new HashMap<>();
    private Disk.@Nullable Output out;
    /** Whether there is a mail without a result that is kept: then only the journal knows that it was about to end. */
    private volatile boolean lost;

    /**
     * What is wanted.
     *
     * @param batch the file with the mails
     * @param resend whether uncertain mails are sent again
     */
    record Wish(Path batch, boolean resend) {}

    private BatchResults(Disk disk, Wish wish, BatchJournal journal, Told told) {
        this.disk = disk;
        this.file = beside(wish.batch(), ".jsonl");
        this.resend = wish.resend();
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
        journal.forget();
        out = disk.append(file);
    }

    /** The settled results of before, and the mails of which nothing can be known, under the same name in one step. */
    private void rewrite(BatchJournal.Notes notes) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        disk.delete(part);
        try (Disk.Output kept = disk.create(part)) {
            if (disk.exists(file)) {
                keep(kept, notes);
            }
            for (String line : notes.results()) {
                keep(kept, line, Json.readMap(line));
            }
            for (String id : resend ? Set.<String>of() : notes.pending().keySet()) {
                Map<String, @Nullable Object> line = new LinkedHashMap<>();
                line.put("id", id);
                line.put("outcome", SendReport.UNCERTAIN);
                line.put("messageId", null);
                line.put("reply", null);
                line.put("problem", SendReport.problem(interrupted(id), told));
                write(kept, Json.write(line));
                settled.put(id, SendReport.UNCERTAIN);
            }
            kept.force();
        }
        disk.rename(part, file);
        disk.forceFolder(Objects.requireNonNull(file.getParent()));
    }

    private void keep(Disk.Output kept, BatchJournal.Notes notes) throws IOException {
        try (InputStream in = disk.read(file);
                BatchLines lines = new BatchLines(in, LONGEST_RESULT)) {
            for (BatchLines.Line line = lines.next(); line != null; line = lines.next()) {
                Map<String, Object> result = line.ended() ? result(line) : Map.of();
                notes.found(result);
                keep(kept, line.text(), result);
            }
        }
    }

    private void keep(Disk.Output kept, String line, Map<String, Object> result) throws IOException {
        String id = String.valueOf(result.getOrDefault("id", ""));
        String outcome = String.valueOf(result.getOrDefault("outcome", ""));
        boolean again = resend && outcome.equals(SendReport.UNCERTAIN);
        if (!again && SETTLED.containsKey(outcome) && settled.putIfAbsent(id, outcome) == null) {
            write(kept, line);
        }
    }

    private static Map<String, Object> result(BatchLines.Line line) {
        try {
            return Json.readMap(line.text());
        } catch (Json.Unreadable torn) {
            LOG.log(Level.DEBUG, "a line of the results is none", torn);
            return Map.of();
        }
    }

    static Problem interrupted(String id) {
        return Problem.of(MailCommandMessage.BATCH_INTERRUPTED, "id", id);
    }

    /** The name of this batch: Message-IDs follow from it, so that a mail that is sent again keeps its own. */
    UUID batch() {
        return journal.batch();
    }

    /** How many mails earlier calls settled. */
    int settledBefore() {
        return settled.size();
    }

    /** Whether an earlier call settled it, so that it is not sent again. */
    boolean settled(String id) {
        return settled.containsKey(id);
    }

    /** What the results of earlier calls ask the command to end with. */
    ExitCode before() {
        ExitCode worst = ExitCode.DONE;
        for (String outcome : settled.values()) {
            worst = Worst.of(worst, SETTLED.getOrDefault(outcome, ExitCode.DONE));
        }
        return worst;
    }

    /** Notes that the data of a mail are about to end; false where that is not possible, and then the mail must not be sent. */
    boolean ending(String id, long line) {
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

    @Override
    public void close() {
        try (BatchJournal closing = journal) {
            LOG.log(Level.TRACE, "closing the results of {0}", closing.batch());
            Disk.Output open = out;
            if (open != null) {
                try (open) {
                    open.force();
                }
                // Everything has its result: who takes a line out by hand wants that mail sent again.
                if (!lost) {
                    journal.forget();
                }
            }
        } catch (IOException failed) {
            LOG.log(Level.DEBUG, "the results did not close", failed);
        }
    }
}
