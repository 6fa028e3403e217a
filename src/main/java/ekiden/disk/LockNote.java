package ekiden.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the file beside a locked one: a line that says whose it is; then, once something is about to be added, a line with the length of the locked
 * file, and what is added first. An earlier version wrote a length into the first line; it said nothing of what was added, and so nothing follows from it.
 */
final class LockNote {
    private static final String NAME = "ekiden\n";
    private static final Pattern OURS =
            Pattern.compile("ekiden(?: \\d{1,18})?\n(?:(\\d{1,18})\n(.+))?.*", Pattern.DOTALL);
    /** Bytes of what is added; an envelope line and a mark of ours are shorter. */
    private static final int FIRST = 4_096;

    private static final int LONGEST = FIRST + 64;

    private final long length;
    /** Empty where nothing was to be added yet. */
    private final byte[] first;

    private LockNote(long length, byte[] first) {
        this.length = length;
        this.first = first;
    }

    /** {@return what stands there; null where it is none of ours, or gone} */
    static @Nullable LockNote read(Path dot) throws IOException {
        // to open a pipe would wait for its other end
        if (!Files.readAttributes(dot, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile()) {
            return null;
        }
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
        try (FileChannel in = FileChannel.open(dot, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            while (bytes.hasRemaining() && in.read(bytes) >= 0) {
                // on to its end
            }
        } catch (NoSuchFileException gone) {
            return null;
        }
        Matcher ours = OURS.matcher(new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1));
        if (!ours.matches()) {
            return null;
        }
        String length = ours.group(1);
        String first = ours.group(2);
        return length == null || first == null
                ? new LockNote(0, new byte[0])
                : new LockNote(Long.parseLong(length), first.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Makes it, where there is none. */
    static void begin(Path made) throws IOException {
        try (FileChannel out = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            write(out, NAME.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /** Sets the rest. */
    static void add(Path dot, long length, byte[] first) throws IOException {
        try (FileChannel out = FileChannel.open(dot, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            out.truncate(NAME.length());
            out.position(NAME.length());
            write(
                    out,
                    (length + "\n").getBytes(StandardCharsets.US_ASCII),
                    Arrays.copyOf(first, Math.min(first.length, FIRST)));
        }
    }

    private static void write(FileChannel out, byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            ByteBuffer bytes = ByteBuffer.wrap(part);
            while (bytes.hasRemaining()) {
                out.write(bytes);
            }
        }
        out.force(true);
    }

    /** Nothing to tell where nothing was added. */
    void tell(FileChannel file, MailFileLock.Remains remains) throws IOException {
        if (first.length > 0) {
            remains.mend(file, length, first);
        }
    }
}
