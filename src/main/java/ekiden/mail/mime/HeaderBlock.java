package ekiden.mail.mime;

import ekiden.base.Ascii;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one header as bytes, before any decoding. Knows names only; values are decoded by {@link HeaderText}.
 */
final class HeaderBlock {
    /** A block without fields. */
    static final HeaderBlock EMPTY = new HeaderBlock(new byte[0], new int[0], 0, false, true);

    private static final int PER_FIELD = 4;

    private final byte[] bytes;
    private final int[] fields;
    private final int count;
    private final boolean junk;
    private final boolean oneReading;

    private HeaderBlock(byte[] bytes, int[] fields, int count, boolean junk, boolean oneReading) {
        this.bytes = bytes;
        this.fields = fields;
        this.count = count;
        this.junk = junk;
        this.oneReading = oneReading;
    }

    /** A block under construction. */
    static final class Builder {
        private int[] fields = new int[24 * PER_FIELD];
        private int count;
        private boolean junk;

        /** Adds a field: its name is {@code [nameFrom, nameTo)}, its value {@code [valueFrom, valueTo)}. */
        void field(int nameFrom, int nameTo, int valueFrom, int valueTo) {
            int at = count * PER_FIELD;
            if (at == fields.length) {
                fields = Arrays.copyOf(fields, 2 * at);
            }
            fields[at] = nameFrom;
            fields[at + 1] = nameTo;
            fields[at + 2] = valueFrom;
            fields[at + 3] = valueTo;
            count++;
        }

        /** The field that was added last goes on to here. */
        void extend(int valueTo) {
            if (count > 0) {
                fields[count * PER_FIELD - 1] = valueTo;
            }
        }

        void junk() {
            junk = true;
        }

        int count() {
            return count;
        }

        /** @param oneReading whether nothing that others would read stands before or behind these bytes */
        HeaderBlock build(byte[] bytes, boolean oneReading) {
            return new HeaderBlock(
                    bytes, fields, count, junk, oneReading && HeaderShape.hasOneReading(bytes, bytes.length));
        }
    }

    /** {@return whether a line had to be passed over} */
    boolean junk() {
        return junk;
    }

    /** {@return whether all readers see these fields ({@link HeaderShape})} */
    boolean oneReading() {
        return oneReading;
    }

    int count() {
        return count;
    }

    byte[] bytes() {
        return bytes;
    }

    /** {@return where the value of the n-th field begins and ends in {@link #bytes}} */
    Slice value(int field) {
        return new Slice(fields[field * PER_FIELD + 2], fields[field * PER_FIELD + 3]);
    }

    /** Where something lies in {@link #bytes}. */
    record Slice(int from, int to) {}

    /**
     * @param name in lower case
     * @param from the first field to look at
     * @return the number of the first field of that name, or -1
     */
    int find(String name, int from) {
        for (int i = from; i < count; i++) {
            if (named(i, name)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * @param name in lower case
     * @return how many fields have that name
     */
    int count(String name) {
        int fields = 0;
        for (int field = find(name, 0); field >= 0; field = find(name, field + 1)) {
            fields++;
        }
        return fields;
    }

    private boolean named(int field, String name) {
        int at = fields[field * PER_FIELD];
        if (fields[field * PER_FIELD + 1] - at != name.length()) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            int b = bytes[at + i];
            int lower = b >= 'A' && b <= 'Z' ? b + 32 : b;
            if (lower != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first word of a value, where it is an ordinary one: then it needs no decoding.
     *
     * @param field its number
     * @return the word in small letters; null where only {@link HeaderText} can tell what the value begins with
     */
    @Nullable
    String plainWord(int field) {
        int end = fields[field * PER_FIELD + 3];
        int from = fields[field * PER_FIELD + 2];
        while (from < end && bytes[from] == ' ') {
            from++;
        }
        int to = from;
        while (to < end && plain(bytes[to])) {
            to++;
        }
        boolean ends = to < end && (bytes[to] == ';' || bytes[to] == ' ' || bytes[to] == '(');
        return to > from && (ends || to == end)
                ? Ascii.lower(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1))
                : null;
    }

    private static boolean plain(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '/'
                || b == '-'
                || b == '_';
    }

    /** {@return the names, in order, as they are written} */
    List<String> names() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = fields[i * PER_FIELD];
            names.add(new String(bytes, from, fields[i * PER_FIELD + 1] - from, StandardCharsets.ISO_8859_1));
        }
        return names;
    }
}
