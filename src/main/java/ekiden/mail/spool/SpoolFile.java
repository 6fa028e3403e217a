package ekiden.mail.spool;

import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;

/**
 * The form of one file of the spool, all numbers big-endian:
 *
 * <pre>
 * 8  mark EKIDENS1
 * 4  length of the header, h
 * h  header, JSON
 * n  the mail
 * 8  n
 * 32 SHA-256 of the mail
 * 8  mark EKIDENE1
 * </pre>
 */
final class SpoolFile {
    static final int FIXED_BYTES = 12;
    static final int TRAILER_BYTES = 48;
    private static final int SHA256_BYTES = 32;
    private static final byte[] BEGIN = "EKIDENS1".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "EKIDENE1".getBytes(StandardCharsets.US_ASCII);

    private SpoolFile() {}

    /** The file is not what the form says. Stays inside this package. */
    static final class Damaged extends IOException {
        private static final long serialVersionUID = 1;

        Damaged(String what) {
            super(what);
        }
    }

    /** An entry and where its mail begins in the file. */
    record Found(SpoolEntry entry, long mailOffset) {}

    static ByteBuffer beginning(byte[] header) {
        return ByteBuffer.allocate(FIXED_BYTES + header.length)
                .put(BEGIN)
                .putInt(header.length)
                .put(header)
                .flip();
    }

    static ByteBuffer trailer(long size, byte[] sha256) {
        return ByteBuffer.allocate(TRAILER_BYTES)
                .putLong(size)
                .put(sha256)
                .put(END)
                .flip();
    }

    static Found read(Disk disk, Path file, String place, int openings, SpoolLimits limits) throws IOException {
        long mailOffset = mailOffset(disk, file, limits);
        ByteBuffer header = piece(disk, file, FIXED_BYTES, (int) mailOffset - FIXED_BYTES);
        long end = disk.size(file) - TRAILER_BYTES;
        if (end < mailOffset) {
            throw new Damaged("shorter than its header");
        }
        ByteBuffer trailer = piece(disk, file, end, TRAILER_BYTES);
        long size = trailer.getLong();
        byte[] sha256 = new byte[SHA256_BYTES];
        trailer.get(sha256);
        if (size != end - mailOffset || !trailer.equals(ByteBuffer.wrap(END))) {
            throw new Damaged("length or end mark is wrong");
        }
        RawMail mail = new RawMail(place, size, HexFormat.of().formatHex(sha256));
        return new Found(new SpoolEntry(parse(header), mail, openings), mailOffset);
    }

    static long mailOffset(Disk disk, Path file, SpoolLimits limits) throws IOException {
        ByteBuffer fixed = piece(disk, file, 0, FIXED_BYTES);
        if (!fixed.slice(0, BEGIN.length).equals(ByteBuffer.wrap(BEGIN))) {
            throw new Damaged("no begin mark");
        }
        int length = fixed.getInt(BEGIN.length);
        if (length < 0 || length > limits.headerBytes()) {
            throw new Damaged("header of " + length + " bytes");
        }
        return (long) FIXED_BYTES + length;
    }

    private static SpoolHeader parse(ByteBuffer header) throws Damaged {
        try {
            return Json.read(StandardCharsets.UTF_8.decode(header).toString(), SpoolHeader.class);
        } catch (Json.Unreadable | NullPointerException wrong) {
            throw new Damaged("header is not readable");
        }
    }

    private static ByteBuffer piece(Disk disk, Path file, long offset, int length) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(length);
        while (into.hasRemaining()) {
            if (disk.readAt(file, offset + into.position(), into) < 0) {
                throw new Damaged("ends too early");
            }
        }
        return into.flip();
    }
}
