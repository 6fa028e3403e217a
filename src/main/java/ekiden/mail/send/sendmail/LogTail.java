package ekiden.mail.send.sendmail;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what was added to a log file since the last time, whole lines only. A file in its place (rotation) or a shorter one is read from its start; the rest
 * of the former, under its name with {@code .1}, comes first. Of a large file only the end is read at first. Not safe from several threads.
 */
final class LogTail {
    private static final int LONGEST_LINE = 8192;
    private static final int PIECE = 64 * 1024;

    private final Path file;
    private final long atFirst;
    private @Nullable Object key;
    private long read;
    /** The file that had its name before. */
    private @Nullable Object before;

    private long readBefore;

    /**
     * @param file the log
     * @param atFirst bytes of its end, and of the end of the former file, that are read at first
     */
    LogTail(Path file, long atFirst) {
        this.file = file;
        this.atFirst = atFirst;
    }

    /**
     * @param lines gets each new line
     * @throws IOException where the file is not there or cannot be read; what was read until then counts as read
     */
    void next(Consumer<String> lines) throws IOException {
        BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
        Object present = now.fileKey();
        boolean another = key == null || !key.equals(present) || now.size() < read;
        if (another && key != null && !key.equals(present)) {
            before = key;
            readBefore = read;
        }
        former(another, lines);
        if (another) {
            read = key == null ? Math.max(0, now.size() - atFirst) : 0;
            key = present;
        }
        read += lines(file, read, lines);
    }

    /** Who writes into the log may do so under its former name for a while: until it is told of the rotation. */
    private void former(boolean another, Consumer<String> lines) throws IOException {
        Path former = file.resolveSibling(file.getFileName() + ".1");
        if (!Files.isReadable(former)) {
            return;
        }
        BasicFileAttributes its = Files.readAttributes(former, BasicFileAttributes.class);
        boolean known = before != null && before.equals(its.fileKey());
        long from = known ? readBefore : Math.max(0, its.size() - atFirst);
        if (known ? its.size() > from : another) {
            readBefore = from + lines(former, from, lines);
            before = its.fileKey();
        }
    }

    /** {@return bytes of whole lines} */
    private static long lines(Path file, long from, Consumer<String> lines) throws IOException {
        long whole = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), PIECE)) {
            in.skipNBytes(from);
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            long count = 0;
            for (int b = in.read(); b >= 0; b = in.read()) {
                count++;
                if (b == '\n') {
                    lines.accept(line.toString(StandardCharsets.UTF_8));
                    line.reset();
                    whole = count;
                } else if (line.size() < LONGEST_LINE) {
                    line.write(b);
                }
            }
        }
        return whole;
    }
}
