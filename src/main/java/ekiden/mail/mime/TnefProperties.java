package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;

/** The properties in an attribute of TNEF (MS-OXTNEF §2.1.3.4), one after the other. */
final class TnefProperties {
    private static final int SEVERAL = 0x1000;
    private static final int NAMED = 0x8000;
    private static final int GUID = 16;

    private static final int STRING = 0x1E;
    private static final int WIDE_STRING = 0x1F;
    private static final int OBJECT = 0x0D;
    private static final int BINARY = 0x102;

    /** The interface of a message that is enclosed: IID_IMessage. */
    private static final byte[] MESSAGE = {7, 3, 2, 0, 0, 0, 0, 0, (byte) 0xC0, 0, 0, 0, 0, 0, 0, 0x46};

    private final LittleEndian in;
    private final long end;

    /**
     * @param in at the number of properties
     * @param end where the attribute ends
     */
    TnefProperties(LittleEndian in, long end) {
        this.in = in;
        this.end = end;
    }

    /**
     * A property.
     *
     * @param id what it says
     * @param type what kind of value it has
     * @param length of a value of no fixed length, otherwise 0
     * @param number a value of four bytes, otherwise 0
     */
    record Property(int id, int type, long length, long number) {
        boolean wide() {
            return type == WIDE_STRING;
        }

        boolean object() {
            return type == OBJECT;
        }
    }

    /** Takes a property; a value of no fixed length can be read then, or its place be asked for. */
    @FunctionalInterface
    interface Taker {
        void take(Property property) throws IOException;
    }

    /** {@return whether all of them could be read} */
    boolean each(Taker taker) throws IOException {
        long count = in.u32();
        for (long i = 0; i < count; i++) {
            if (in.position() + 4 > end || !one(taker)) {
                return false;
            }
        }
        return in.position() <= end;
    }

    private boolean one(Taker taker) throws IOException {
        int type = in.u16();
        int id = in.u16();
        if (id >= NAMED && !name()) {
            return false;
        }
        int width = width(type & ~SEVERAL);
        if (width < 0) {
            return false;
        }
        if (width == 0) {
            return values(id, type, taker);
        }
        if ((type & SEVERAL) != 0) {
            long bytes = in.u32() * width;
            return passed(bytes);
        }
        long number = width == 4 ? in.u32() : 0;
        boolean whole = width == 4 || passed(width);
        taker.take(new Property(id, type, 0, number));
        return whole;
    }

    /** Passes over the name of a property that has no number of its own. */
    private boolean name() throws IOException {
        in.bytes(GUID);
        return in.u32() == 0 ? passed(4) : passed(padded(in.u32()));
    }

    private boolean values(int id, int type, Taker taker) throws IOException {
        long count = in.u32();
        for (long i = 0; i < count; i++) {
            if (in.position() + 4 > end) {
                return false;
            }
            long length = in.u32();
            long after = in.position() + padded(length);
            if (in.position() + length > end) {
                return false;
            }
            if (i == 0) {
                taker.take(new Property(id, type, length, 0));
            }
            in.to(Math.min(after, end));
        }
        return true;
    }

    private boolean passed(long bytes) throws IOException {
        if (in.position() + bytes > end) {
            return false;
        }
        in.to(in.position() + bytes);
        return true;
    }

    private static long padded(long length) {
        return (length + 3) / 4 * 4;
    }

    /** {@return bytes of a value, 0 where its length stands before it, -1 where the type is not known} */
    private static int width(int type) {
        return switch (type) {
            case 0x02, 0x03, 0x04, 0x0A, 0x0B -> 4;
            case 0x05, 0x06, 0x07, 0x14, 0x40 -> 8;
            case 0x48 -> GUID;
            case STRING, WIDE_STRING, OBJECT, BINARY -> 0;
            default -> -1;
        };
    }

    /** Reads the interface in front of an object; {@return whether it is a message} */
    static boolean isMessage(LittleEndian in, long length) throws IOException {
        return length >= GUID && Arrays.equals(in.bytes(GUID), MESSAGE);
    }
}
