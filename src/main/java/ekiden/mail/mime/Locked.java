package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Tells files that cannot be opened without a password: by their first bytes, whatever name and type they have. */
final class Locked {
    /** Entries of an archive that are looked at. */
    private static final int MAX_ENTRIES = 100;

    /** So far into a file its parts are followed. */
    private static final int MAX_BYTES = 4 << 20;

    private static final int FIRST = 8;

    private static final int ZIP_HEADER = 30;
    private static final int ZIP_SIGNATURE = 0x04034B50;

    private static final int OLE_HEADER = 512;
    private static final int OLE_DIRECTORY = 4096;
    private static final int OLE_ENTRY = 128;
    private static final int OLE_SIGNATURE = 0xE011CFD0;
    private static final byte[] PACKAGE = "EncryptedPackage\0".getBytes(StandardCharsets.UTF_16LE);

    private Locked() {}

    /**
     * @param place where the file is
     * @param raw the mail
     * @return whether it asks for a password: a zip archive with an encrypted entry (APPNOTE §4.4.4, bit 0), or an encrypted document of Office
     *     (MS-OFFCRYPTO §1.3.3)
     * @throws IOException when the mail cannot be read
     */
    static boolean is(Place.Piece place, RawSource raw) throws IOException {
        if (!mayBe(place, raw)) {
            return false;
        }
        try (InputStream in = place.open(raw)) {
            byte[] head = in.readNBytes(ZIP_HEADER);
            if (head.length < ZIP_HEADER) {
                return false;
            }
            return switch (u32(head, 0)) {
                case ZIP_SIGNATURE -> zip(head, in);
                case OLE_SIGNATURE -> office(head, in);
                default -> false;
            };
        }
    }

    /** Most files need no decoding to see that they are neither. */
    private static boolean mayBe(Place.Piece place, RawSource raw) throws IOException {
        if (place.of() != null || place.length() < FIRST) {
            return place.length() >= FIRST;
        }
        byte[] first = new byte[FIRST];
        ByteBuffer into = ByteBuffer.wrap(first);
        int got = raw.readAt(place.offset(), into);
        if (got < FIRST || (first[0] <= ' ' && first[0] >= 0)) {
            return true;
        }
        String start = new String(first, StandardCharsets.ISO_8859_1);
        return switch (place.encoding()) {
            case BASE64 -> start.startsWith("UEsDB") || start.startsWith("0M8R4");
            case IDENTITY -> start.startsWith("PK\3\4") || u32(first, 0) == OLE_SIGNATURE;
            case QUOTED_PRINTABLE -> start.startsWith("PK") || start.startsWith("=D0") || first[0] < 0;
            case UUENCODE -> true;
        };
    }

    private static boolean zip(byte[] first, InputStream in) throws IOException {
        byte[] head = first;
        long passed = 0;
        for (int entries = 0; entries < MAX_ENTRIES && head.length == ZIP_HEADER; entries++) {
            int flags = u16(head, 6);
            if (u32(head, 0) != ZIP_SIGNATURE || (flags & 1) != 0) {
                return u32(head, 0) == ZIP_SIGNATURE;
            }
            long rest = (u32(head, 18) & 0xffffffffL) + u16(head, 26) + u16(head, 28);
            passed += rest;
            boolean sizeStandsBehind = (flags & 8) != 0;
            if (sizeStandsBehind || passed > MAX_BYTES || skipped(in, rest) < rest) {
                return false;
            }
            head = in.readNBytes(ZIP_HEADER);
        }
        return false;
    }

    private static boolean office(byte[] first, InputStream in) throws IOException {
        byte[] more = in.readNBytes(OLE_HEADER - first.length);
        if (more.length < OLE_HEADER - first.length) {
            return false;
        }
        int shift = u16(more, 30 - first.length);
        long sector = u32(more, 48 - first.length) & 0xffffffffL;
        long at = shift == 9 || shift == 12 ? (sector + 1) << shift : -1;
        if (at < OLE_HEADER || at > MAX_BYTES) {
            return false;
        }
        skipped(in, at - OLE_HEADER);
        byte[] directory = in.readNBytes(OLE_DIRECTORY);
        for (int entry = 0; entry + OLE_ENTRY <= directory.length; entry += OLE_ENTRY) {
            if (startsWith(directory, entry, PACKAGE)) {
                return true;
            }
        }
        return false;
    }

    private static long skipped(InputStream in, long count) throws IOException {
        long done = 0;
        long step = 1;
        while (done < count && step > 0) {
            step = in.skip(count - done);
            done += step;
        }
        return done;
    }

    private static boolean startsWith(byte[] bytes, int at, byte[] start) {
        for (int i = 0; i < start.length; i++) {
            if (bytes[at + i] != start[i]) {
                return false;
            }
        }
        return true;
    }

    private static int u16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    private static int u32(byte[] bytes, int at) {
        return u16(bytes, at) | u16(bytes, at + 2) << 16;
    }
}
