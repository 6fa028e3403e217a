package ekiden.mail.spool;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The raw mails of one agent. The package's text tells the form and the order of forces.
 *
 * <p>Safe from any thread. One process owns the folder.
 */
public final class Spool {
    /** So often an entry may get another name while it is looked for: opened, kept, quarantined, let out again. */
    static final int MOST_RENAMES = 4;

    private static final System.Logger LOG = LazyLogger.of(Spool.class);

    private static final int TURNS = 64;
    private static final int STRANGE_NAMED = 10;

    private final Disk disk;
    private final SpoolNames names;
    private final SpoolLimits limits;
    private final SpoolQuarantine quarantine;
    private final BlockingQueue<ByteBuffer> idleBuffers;
    /**
     * Opening marks of the entries that wait for their verdict; all others are {@code .kept}. Small: what is in hand now, and what a crash
     * left.
     */
    private final Map<String, Integer> marks = new ConcurrentHashMap<>();
    /** A late verdict and the removal of its mail may meet: two changes of one name go one after another. */
    private final Object[] turns = new Object[TURNS];

    private final List<String> strange = new ArrayList<>();
    private final Unremoved unremoved;

    private Spool(Disk disk, Path folder, SpoolLimits limits, Clock clock) {
        this.disk = disk;
        this.names = new SpoolNames(folder);
        this.limits = limits;
        this.quarantine = new SpoolQuarantine(disk, names, limits, clock);
        this.unremoved = new Unremoved(disk, Unremoved.AT_MOST);
        this.idleBuffers = new ArrayBlockingQueue<>(Math.max(1, limits.idleBuffers()));
        Arrays.setAll(turns, turn -> new Object());
    }

    /**
     * Opens the spool: makes its folders and removes what no sender was told to be safe.
     *
     * @param disk where it lies
     * @param folder its folder, absolute; what else lies there is left alone ({@link #strange})
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

    private void recover(Path file) {
        Optional<SpoolNames.Read> name = SpoolNames.read(file);
        if (name.isEmpty()) {
            stranger(file);
            return;
        }
        SpoolNames.Read read = name.get();
        if (!read.complete()) {
            discard(file);
        } else if (read.mark() != SpoolNames.KEPT) {
            marks.put(read.place(), read.mark());
        }
    }

    private void discard(Path file) {
        try {
            disk.delete(file);
        } catch (IOException noFile) {
            LOG.log(Level.WARNING, "{0} cannot be removed: {1}", file, noFile);
            stranger(file);
        }
    }

    private void stranger(Path file) {
        if (!file.equals(names.quarantineFolder())) {
            strange.add(String.valueOf(file.getFileName()));
        }
    }

    /** {@return where it lies} */
    public Path folder() {
        return names.folder();
    }

    /** {@return what was found in the folder at start and is none of ours, or empty where there was nothing} */
    public Optional<Problem> strange() {
        if (strange.isEmpty()) {
            return Optional.empty();
        }
        String some = String.join(", ", strange.subList(0, Math.min(STRANGE_NAMED, strange.size())));
        return Optional.of(Problem.of(
                SpoolMessage.STRANGE_FILES, "folder", names.folder(), "count", strange.size(), "names", some));
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
        unremoved.remove(file);
    }

    /** Tries again to remove what was given up and could not be removed then; to be called now and then. */
    public void removeAgain() {
        unremoved.removeAgain();
    }

    /**
     * Opens the bytes of a mail, wherever in the spool or the quarantine it lies.
     *
     * @param mail which
     * @return its bytes; safe from any thread, and not disturbed by {@link #markOpened} or {@link #quarantine}
     */
    public Result<RawSource> open(RawMail mail) {
        String place = mail.place();
        for (int attempt = 0; attempt <= MOST_RENAMES && SpoolNames.isPlace(place); attempt++) {
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
        return names.complete(place, mark(place));
    }

    private int mark(String place) {
        return marks.getOrDefault(place, SpoolNames.KEPT);
    }

    /** Where an entry lies now, or empty. Twice, because a rename may fall between two looks. */
    Optional<Path> locate(String place) {
        for (int look = 0; look < 2; look++) {
            for (Path candidate : List.of(
                    expected(place),
                    names.complete(place, 0),
                    names.complete(place, SpoolNames.KEPT),
                    names.quarantined(place))) {
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

    /** {@return the names of the entries whose verdict was not noted ({@link #markKept}), sorted; nothing is read} */
    public List<String> unsettled() {
        return marks.keySet().stream().sorted().toList();
    }

    /** {@return the names of the entries whose verdict was noted, sorted; only the folder is read} */
    public Result<List<String>> settled() {
        return places().then(all -> Result.ok(
                all.stream().filter(place -> !marks.containsKey(place)).toList()));
    }

    /**
     * @param place the name of an entry
     * @return whether it is there, here or in quarantine
     */
    public boolean has(String place) {
        return SpoolNames.isPlace(place) && locate(place).isPresent();
    }

    /**
     * @param place the name of an entry
     * @return its opening marks; 0 for one that was opened without harm
     */
    public int openings(String place) {
        return Math.max(0, mark(place));
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

    /**
     * Adds an opening mark and makes it durable, before an entry found at start is parsed again. A new entry has its first
     * mark from {@link SpoolWriter#finish} and must not be marked again.
     *
     * @param place the name of an entry
     * @return empty when done
     */
    public Optional<Problem> markOpening(String place) {
        return at(place, () -> {
            int openings = openings(place) + 1;
            disk.rename(expected(place), names.complete(place, openings));
            marks.put(place, openings);
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
                marks.put(place, 0);
            }
            if (openings > 1) {
                disk.forceFolder(names.folder());
            }
        });
    }

    /**
     * Notes that the catalogue has the mail, after the commit that says so. From now on nothing begins it anew, whatever the catalogue
     * says: one that does not know it is older than the spool. Not forced (the next mail's force carries it): where a crash takes the
     * note back, the manager is asked about the entry once more.
     *
     * @param place the name of an entry
     * @return empty when done, also when it was noted before or the entry is gone
     */
    public Optional<Problem> markKept(String place) {
        return at(place, () -> {
            if (marks.containsKey(place)) {
                disk.rename(expected(place), names.complete(place, SpoolNames.KEPT));
                marks.remove(place);
            }
        });
    }

    /**
     * Removes an entry that is not needed any more. Not forced: one that is back after a crash is a mail that the catalogue knows.
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
     * As {@link #delete}, and durably, with one force for all: for who tells others that they are gone.
     *
     * @param places names of entries
     * @return empty when done; otherwise some may be gone
     */
    public Optional<Problem> deleteForGood(List<String> places) {
        for (String place : places) {
            Optional<Problem> stays = delete(place);
            if (stays.isPresent()) {
                return stays;
            }
        }
        try {
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
        return at(place, () -> {
            quarantine.release(place);
            marks.put(place, 0);
        });
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
            synchronized (turns[Math.floorMod(place.hashCode(), TURNS)]) {
                step.run();
            }
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
                : Problem.of(SpoolMessage.NOT_WRITABLE, "folder", names.folder(), "reason", Reason.of(wrong));
    }

    private Problem readProblem(String place, IOException wrong) {
        String why = Reason.of(wrong);
        return wrong instanceof SpoolFile.Damaged
                ? Problem.of(SpoolMessage.DAMAGED, "place", place, "what", String.valueOf(wrong.getMessage()))
                : Problem.of(SpoolMessage.NOT_READABLE, "folder", names.folder(), "place", place, "reason", why);
    }
}
