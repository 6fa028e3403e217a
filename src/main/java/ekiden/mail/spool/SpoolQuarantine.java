package ekiden.mail.spool;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.disk.Disk;
import ekiden.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The folder of mails that wait for a person, each with a note. */
final class SpoolQuarantine {
    private static final int NOTE_BYTES = 64 << 10;

    private final Disk disk;
    private final SpoolNames names;
    private final SpoolLimits limits;
    private final Clock clock;

    SpoolQuarantine(Disk disk, SpoolNames names, SpoolLimits limits, Clock clock) {
        this.disk = disk;
        this.names = names;
        this.limits = limits;
        this.clock = clock;
    }

    /** What stands in the note. */
    record Note(Problem problem, Instant at) {}

    /** The note first: a mail in quarantine without a reason would puzzle people, a note without a mail is only swept. */
    void take(Path entry, String place, Problem problem) throws IOException {
        if (!disk.exists(entry)) {
            throw new NoSuchFileException(entry.toString());
        }
        Path part = names.notePart(place);
        disk.delete(part);
        try (Disk.Output output = disk.create(part)) {
            String json = Json.writePretty(new Note(problem, clock.now()));
            output.write(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
            output.force();
        }
        disk.rename(part, names.note(place));
        disk.forceFolder(names.quarantineFolder());
        disk.rename(entry, names.quarantined(place));
        disk.forceFolder(names.quarantineFolder());
        disk.forceFolder(names.folder());
    }

    void release(String place) throws IOException {
        disk.rename(names.quarantined(place), names.complete(place, 0));
        disk.forceFolder(names.folder());
        disk.delete(names.note(place));
        disk.forceFolder(names.quarantineFolder());
    }

    void drop(String place) throws IOException {
        if (!disk.exists(names.quarantined(place))) {
            throw new NoSuchFileException(place);
        }
        disk.delete(names.quarantined(place));
        disk.delete(names.note(place));
        disk.forceFolder(names.quarantineFolder());
    }

    List<Quarantined> list() throws IOException {
        List<Quarantined> found = new ArrayList<>();
        for (Path file : disk.list(names.quarantineFolder())) {
            SpoolNames.Read name = SpoolNames.read(file).orElse(null);
            if (name != null && name.complete()) {
                Note note = note(name.place());
                found.add(new Quarantined(name.place(), note.problem(), note.at(), entry(file, name.place())));
            }
        }
        return List.copyOf(found);
    }

    private @Nullable SpoolEntry entry(Path file, String place) throws IOException {
        try {
            return SpoolFile.read(disk, file, place, 0, limits).entry();
        } catch (SpoolFile.Damaged unreadable) {
            return null;
        }
    }

    private Note note(String place) throws IOException {
        try (InputStream stream = disk.read(names.note(place))) {
            return Json.read(new String(stream.readNBytes(NOTE_BYTES), StandardCharsets.UTF_8), Note.class);
        } catch (NoSuchFileException | Json.Unreadable missing) {
            return new Note(Problem.of(SpoolMessage.NO_NOTE, "place", place), Instant.EPOCH);
        }
    }
}
