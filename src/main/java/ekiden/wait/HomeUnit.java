package ekiden.wait;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.model.definition.UnitName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the temporary unit of a state is called: a note in the state folder, durable before the unit is defined, so that the next call with this
 * state finds the same unit. It goes when the unit is deleted and everything it took was handed over.
 */
public final class HomeUnit {
    private static final String NAME = "home-unit";
    private static final int ID_BYTES = 64;

    private final Disk disk;
    private final Path file;
    private final String id;

    private HomeUnit(Disk disk, Path file, String id) {
        this.disk = disk;
        this.file = file;
        this.id = id;
    }

    /**
     * @param disk where the state lies
     * @param state the state folder, absolute; there, and held by this process alone
     * @param fresh the id where there is none yet: hexadecimal digits
     * @return the note, or why it cannot be read or written
     */
    public static Result<HomeUnit> open(Disk disk, Path state, String fresh) {
        Path file = state.resolve(NAME);
        try {
            String before = disk.exists(file) ? read(disk, file) : "";
            if (!before.isEmpty()) {
                return Result.ok(new HomeUnit(disk, file, before));
            }
            write(disk, state, file, fresh);
            return Result.ok(new HomeUnit(disk, file, fresh));
        } catch (IOException wrong) {
            return Result.failed(problem(file, wrong));
        }
    }

    private static String read(Disk disk, Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            String id = new String(in.readNBytes(ID_BYTES), StandardCharsets.UTF_8).strip();
            return id.matches("[0-9a-f]+") ? id : "";
        }
    }

    private static void write(Disk disk, Path state, Path file, String id) throws IOException {
        Path part = state.resolve(NAME + ".part");
        disk.delete(part);
        try (Disk.Output out = disk.create(part)) {
            out.write(ByteBuffer.wrap((id + "\n").getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        disk.rename(part, file);
        disk.forceFolder(state);
    }

    private static Problem problem(Path file, IOException wrong) {
        return Problem.of(WaitMessage.RECEIPTS, "file", file, "reason", Reason.of(wrong));
    }

    /**
     * @param profile the mail profile that is waited on
     * @return the unit's full name
     */
    public UnitName name(String profile) {
        return new UnitName(UnitName.TEMPORARY + profile + "/" + id);
    }

    /** The next call has nothing to go on with. */
    void forget() throws IOException {
        disk.delete(file);
    }
}
