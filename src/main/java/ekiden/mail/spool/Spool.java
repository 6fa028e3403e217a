package ekiden.mail.spool;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.mail.mime.RawSource;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The raw mails of one agent. The package's text tells the form and the order of forces.
 *
 * <p>Safe from any thread; two calls about one place at the same time are the caller's mistake, reading excepted. One
 * process owns the folder.
 */
public final class Spool {
    private static final System.Logger LOG = System.getLogger(Spool.class.getName());

    private final Disk disk;
    private final SpoolNames names;
    private final SpoolLimits limits;
    private final SpoolQuarantine quarantine;
    private final BlockingQueue<ByteBuffer> idleBuffers;
    /** Entries that bear a mark; all others are {@code .mail}. Small: what is being opened now, and what a crash left. */
    private final Map<String, Integer> marks = new ConcurrentHashMap<>();

    private Spool(Disk disk, Path folder, SpoolLimits limits, Clock clock) {
        this.disk = disk;
        this.names = new SpoolNames(folder);
        this.limits = limits;
        this.quarantine = new SpoolQuarantine(disk, names, limits, clock);
        this.idleBuffers = new ArrayBlockingQueue<>(Math.max(1, limits.idleBuffers()));
    }

    /**
     * Opens the spool: makes its folders and removes what no sender was told to be safe.
     *
     * @param disk where it lies
     * @param folder its folder, absolute; nothing else may lie there
     * @param limits its limits
     * @param clock dates the notes of the quarantine
     * @return the spool, or why the folder cannot be used
     */
    public static Result<Spool> start(Disk disk, Path folder, SpoolLimits limits, Clock clock) {
        Spool spool = new Spool(disk, folder, limits, clock);
        try {
            disk.makeFolders(spool.names.quarantineFolder());
            for (Path file : disk.list(folder)) {
                spool.recover(file);
            }
            return Result.ok(spool);
        } catch (IOException wrong) {
            return Result.failed(spool.writeProblem(wrong));
        }
    }

    private void recover(Path file) throws IOException {
        Optional<SpoolNames.Read> name = SpoolNames.read(file);
        if (name.isPresent() && !name.get().complete()) {
            disk.delete(file);
        } else if (name.isPresent() && name.get().openings() > 0) {
            marks.put(name.get().place(), name.get().openings());
        }
    }

    /**
     * Begins a new entry.
     *
     * @param place its name: 1 to 64 lower-case letters, digits and hyphens, never used before; a UUIDv7 sorts by age
     * @param header what is kept with it
     * @return to write its bytes, or why it cannot be begun; then nothing is left of it
     */
    public Result<SpoolWriter> begin(String place, SpoolHeader header) {
        if (!SpoolNames.isPlace(place)) {
            throw new IllegalArgumentException("not a place: " + place);
        }
        byte[] json = Json.write(header).getBytes(StandardCharsets.UTF_8);
        if (json.length > limits.headerBytes()) {
            return Result.failed(SpoolMessage.HEADER_TOO_LONG, "bytes", json.length, "limit", limits.headerBytes());
        }
        try {
            Path part = names.part(place);
            SpoolWriter writer = new SpoolWriter(this, place, part, disk.create(part), takeBuffer());
            writer.append(SpoolFile.beginning(json));
            Optional<Problem> failure = writer.failure();
            if (failure.isPresent()) {
                writer.abandon();
                return Result.failed(failure.get());
            }
            return Result.ok(writer);
        } catch (IOException wrong) {
            return Result.failed(writeProblem(wrong));
        }
    }

    private ByteBuffer takeBuffer() {
        ByteBuffer idle = idleBuffers.poll();
        return idle == null ? ByteBuffer.allocate(limits.bufferBytes()) : idle;
    }

    void giveBack(ByteBuffer buffer) {
        if (limits.idleBuffers() > 0 && !idleBuffers.offer(buffer.clear())) {
            LOG.log(Level.TRACE, "enough idle buffers");
        }
    }

    /** Makes a forced file visible as an entry that is about to be opened, and that durable. */
    void publish(String place, Path part) throws IOException {
        Path complete = names.complete(place, 1);
        disk.rename(part, complete);
        marks.put(place, 1);
        try {
            disk.forceFolder(names.folder());
        } catch (IOException wrong) {
            // Nobody was told of it; a crash now may leave it, complete, and then it is only a mail delivered again.
            marks.remove(place);
            remove(complete);
            throw wrong;
        }
    }

    void remove(Path file) {
        try {
            disk.delete(file);
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "{0} could not be removed; the next start will: {1}", file, wrong);
        }
    }

    /**
     * Opens the bytes of a mail, wherever in the spool or the quarantine it lies.
     *
     * @param mail which
     * @return its bytes; safe from any thread, and not disturbed by {@link #markOpened} or {@link #quarantine}
     */
    public Result<RawSource> open(RawMail mail) {
        String place = mail.place();
        for (int attempt = 0; attempt < 2 && SpoolNames.isPlace(place); attempt++) {
            Path file = attempt == 0 ? expected(place) : locate(place).orElse(expected(place));
            try {
                SpoolFile.Found found = SpoolFile.read(disk, file, place, 0, limits);
                if (!found.entry().mail().equals(mail)) {
                    return Result.failed(SpoolMessage.DAMAGED, "place", place, "what", "another mail lies there");
                }
                return Result.ok(new SpoolSource(disk, this, mail, file, found.mailOffset()));
            } catch (NoSuchFileException elsewhere) {
                LOG.log(Level.TRACE, "{0} has another name by now", place);
            } catch (IOException wrong) {
                return Result.failed(readProblem(place, wrong));
            }
        }
        return Result.failed(SpoolMessage.NOT_FOUND, "place", place);
    }

    /**
     * A mail from its first byte to its last, for example to copy it out.
     *
     * @param mail which
     * @return its bytes; not buffered, to be read in blocks
     */
    public Result<InputStream> stream(RawMail mail) {
        return open(mail).then(source -> Result.ok(new SpoolStream(source)));
    }

    private Path expected(String place) {
        return names.complete(place, marks.getOrDefault(place, 0));
    }

    /** Where an entry lies now, or empty. Twice, because a rename may fall between two looks. */
    Optional<Path> locate(String place) {
        for (int look = 0; look < 2; look++) {
            for (Path candidate : List.of(expected(place), names.complete(place, 0), names.quarantined(place))) {
                if (disk.exists(candidate)) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The names of all complete entries, without reading them; quarantine not included.
     *
     * @return sorted
     */
    public Result<List<String>> places() {
        try {
            return Result.ok(disk.list(names.folder()).stream()
                    .flatMap(file -> SpoolNames.read(file).stream())
                    .filter(SpoolNames.Read::complete)
                    .map(SpoolNames.Read::place)
                    .toList());
        } catch (IOException wrong) {
            return Result.failed(readProblem("*", wrong));
        }
    }

    /**
     * One entry.
     *
     * @param place its name
     * @return it, or why not: {@link SpoolMessage#NOT_FOUND}, {@link SpoolMessage#DAMAGED}, {@link SpoolMessage#NOT_READABLE}
     */
    public Result<SpoolEntry> entry(String place) {
        try {
            if (!SpoolNames.isPlace(place)) {
                throw new NoSuchFileException(place);
            }
            return Result.ok(SpoolFile.read(disk, expected(place), place, openings(place), limits)
                    .entry());
        } catch (NoSuchFileException absent) {
            return Result.failed(SpoolMessage.NOT_FOUND, "place", place);
        } catch (IOException wrong) {
            return Result.failed(readProblem(place, wrong));
        }
    }

    /**
     * All entries, for the start. One that is not whole under its final name cannot come from a crash of ours, so its disk
     * has lost something: it moves to quarantine, and is not in the list.
     *
     * @return sorted by place
     */
    public Result<List<SpoolEntry>> entries() {
        return places().then(places -> {
            List<SpoolEntry> entries = new ArrayList<>();
            for (String place : places) {
                switch (entry(place)) {
                    case Result.Ok<SpoolEntry>(SpoolEntry entry) -> entries.add(entry);
                    case Result.Failed<SpoolEntry>(Problem problem)
                    when putAside(place, problem) ->
                        LOG.log(Level.WARNING, "entry {0} is damaged and moves to quarantine", place);
                    case Result.Failed<SpoolEntry>(Problem problem) -> {
                        return Result.failed(problem);
                    }
                }
            }
            return Result.ok(List.copyOf(entries));
        });
    }

    private boolean putAside(String place, Problem problem) {
        return problem.id().equals(SpoolMessage.DAMAGED.id())
                && quarantine(place, problem).isEmpty();
    }

    /**
     * @param place the name of an entry
     * @return its opening marks; 0 for one that was opened without harm
     */
    public int openings(String place) {
        return marks.getOrDefault(place, 0);
    }

    /**
     * @param entry as it was found at start
     * @return what its opening marks say of it
     */
    public Suspicion suspicion(SpoolEntry entry) {
        if (entry.openings() >= limits.openingsAtMost()) {
            return Suspicion.GUILTY;
        }
        return entry.openings() >= limits.openings() ? Suspicion.SUSPECT : Suspicion.NONE;
    }

    /** What opening marks found at start say of an entry. */
    public enum Suspicion {
        /** It may be opened. */
        NONE,
        /** The process ended twice while it was being opened, by it or by chance: it must be tried apart first. */
        SUSPECT,
        /** That was no chance: it belongs in quarantine. */
        GUILTY
    }

    /**
     * Adds an opening mark and makes it durable, before an entry found at start is parsed again. A new entry has its first
     * mark from {@link SpoolWriter#finish} and must not be marked again.
     *
     * @param place the name of an entry
     * @return empty when done
     */
    public Optional<Problem> markOpening(String place) {
        return at(place, () -> {
            int openings = openings(place);
            disk.rename(names.complete(place, openings), names.complete(place, openings + 1));
            marks.put(place, openings + 1);
            disk.forceFolder(names.folder());
        });
    }

    /**
     * Takes the marks off, after the mail was parsed, whatever came of that: the process is still there. Not forced for the
     * first opening (the next mail's force carries it); forced from the second on, so that two power failures do not put a
     * good mail in quarantine.
     *
     * @param place the name of an entry
     * @return empty when done, also when it had no mark
     */
    public Optional<Problem> markOpened(String place) {
        return at(place, () -> {
            int openings = openings(place);
            if (openings > 0) {
                disk.rename(names.complete(place, openings), names.complete(place, 0));
                marks.remove(place);
            }
            if (openings > 1) {
                disk.forceFolder(names.folder());
            }
        });
    }

    /**
     * Removes an entry that is not needed any more. Not forced: one that comes back after a crash is a mail that was
     * processed before, which the catalogue knows.
     *
     * @param place the name of an entry; nothing happens when there is none
     * @return empty when done
     */
    public Optional<Problem> delete(String place) {
        return at(place, () -> {
            disk.delete(expected(place));
            marks.remove(place);
        });
    }

    /**
     * As {@link #delete}, and durably: for who tells others that it is gone.
     *
     * @param place the name of an entry; nothing happens when there is none
     * @return empty when done
     */
    public Optional<Problem> deleteForGood(String place) {
        try {
            disk.delete(expected(place));
            marks.remove(place);
            disk.forceFolder(names.folder());
            return Optional.empty();
        } catch (IOException wrong) {
            return Optional.of(writeProblem(wrong));
        }
    }

    /**
     * Moves an entry to quarantine, durably.
     *
     * @param place the name of an entry
     * @param problem why
     * @return empty when done
     */
    public Optional<Problem> quarantine(String place, Problem problem) {
        return at(place, () -> {
            quarantine.take(expected(place), place, problem);
            marks.remove(place);
        });
    }

    /** {@return what lies in quarantine, sorted by place} */
    public Result<List<Quarantined>> quarantined() {
        try {
            return Result.ok(quarantine.list());
        } catch (IOException wrong) {
            return Result.failed(readProblem("*", wrong));
        }
    }

    /**
     * Moves a mail from quarantine back among the entries, durably, without a mark: the caller marks it when it opens it.
     *
     * @param place its name
     * @return empty when done
     */
    public Optional<Problem> release(String place) {
        return at(place, () -> quarantine.release(place));
    }

    /**
     * Removes a mail from quarantine for good.
     *
     * @param place its name
     * @return empty when done
     */
    public Optional<Problem> drop(String place) {
        return at(place, () -> quarantine.drop(place));
    }

    /** A step that may fail at the disk. */
    private interface Step {
        void run() throws IOException;
    }

    private Optional<Problem> at(String place, Step step) {
        try {
            if (!SpoolNames.isPlace(place)) {
                throw new NoSuchFileException(place);
            }
            step.run();
            return Optional.empty();
        } catch (NoSuchFileException absent) {
            return Optional.of(Problem.of(SpoolMessage.NOT_FOUND, "place", place));
        } catch (IOException wrong) {
            return Optional.of(writeProblem(wrong));
        }
    }

    Problem writeProblem(IOException wrong) {
        return wrong instanceof Disk.DiskFull
                ? Problem.of(SpoolMessage.DISK_FULL, "folder", names.folder())
                : Problem.of(SpoolMessage.NOT_WRITABLE, "folder", names.folder(), "reason", wrong);
    }

    private Problem readProblem(String place, IOException wrong) {
        return wrong instanceof SpoolFile.Damaged
                ? Problem.of(SpoolMessage.DAMAGED, "place", place, "what", String.valueOf(wrong.getMessage()))
                : Problem.of(SpoolMessage.NOT_READABLE, "folder", names.folder(), "place", place, "reason", wrong);
    }
}
