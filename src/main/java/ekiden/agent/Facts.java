package ekiden.agent;

import ekiden.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Small durable notes: a file that is there, complete and forced, or not there. */
final class Facts {
    /** Bytes of a note that are read; what has more is damaged, since nothing writes so much. */
    static final int MAX_NOTE = 16 << 20;

    private final Disk disk;

    Facts(Disk disk) {
        this.disk = disk;
    }

    /** Writes a note under a temporary name, forces it, renames it last, and forces the folder. */
    void write(Path file, String text) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        disk.delete(part);
        try (Disk.Output out = disk.create(part)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            out.force();
        }
        disk.rename(part, file);
        disk.forceFolder(parent(file));
    }

    /** Reads a note; empty text where its writer was stopped between making and filling it. */
    String read(Path file) throws IOException {
        try (InputStream in = disk.read(file)) {
            return new String(in.readNBytes(MAX_NOTE), StandardCharsets.UTF_8);
        }
    }

    boolean has(Path file) {
        return disk.exists(file);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }
}
