package ekiden.json;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, strings, whole numbers, booleans and null as JSON (RFC 8259) in UTF-8. One thread.
 *
 * <p>Why beside the library: a call of {@code mail wait} is over before the library's general way has been compiled, and writes a line for each of
 * thousands of mails. And the text of one mail may be long: written out as it is made, its JSON, up to six times as long, is never whole in memory.
 */
final class PlainJson {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** So much of a text is made at a time. */
    private static final int PIECE = 8 << 10;

    private final @Nullable OutputStream out;
    private byte[] bytes = new byte[1 << 10];
    private int length;

    /** Keeps all of it until it is {@link #written()}. */
    PlainJson() {
        this.out = null;
    }

    /** Gives away what there is of it now and then, and the rest with {@link #flush()}. */
    PlainJson(OutputStream out) {
        this.out = out;
    }

    /**
     * Gives away what has not been given away yet.
     *
     * @throws UncheckedIOException where it is not taken
     */
    void flush() {
        try {
            if (out != null) {
                out.write(bytes, 0, length);
                length = 0;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** {@return what was written so far} */
    byte[] written() {
        return Arrays.copyOf(bytes, length);
    }

    /**
     * @param value a map with strings as keys, list, string, whole number, boolean or null
     * @throws IllegalArgumentException where it is something else
     */
    // a switch over types makes its code when it is first met, which a short call feels
    @SuppressWarnings("IfChainToSwitch")
    void value(@Nullable Object value) {
        if (value instanceof String text) {
            text(text);
        } else if (value == null) {
            raw(NULL);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof List<?> list) {
            list(list);
        } else if (value instanceof Long || value instanceof Integer || value instanceof Boolean) {
            raw(value.toString().getBytes(StandardCharsets.US_ASCII));
        } else {
            throw new IllegalArgumentException("no plain JSON: " + value.getClass());
        }
    }

    private void map(Map<?, ?> map) {
        char before = '{';
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            one(before);
            text((String) entry.getKey());
            one(':');
            value(entry.getValue());
            before = ',';
        }
        if (before == '{') {
            one('{');
        }
        one('}');
    }

    private void list(List<?> list) {
        char before = '[';
        for (Object value : list) {
            one(before);
            value(value);
            before = ',';
        }
        if (before == '[') {
            one('[');
        }
        one(']');
    }

    private void text(String text) {
        one('"');
        int from = 0;
        while (text.length() - from > PIECE) {
            int to = Character.isHighSurrogate(text.charAt(from + PIECE - 1)) ? from + PIECE + 1 : from + PIECE;
            piece(text.substring(from, to));
            from = to;
        }
        piece(from == 0 ? text : text.substring(from));
        one('"');
    }

    private void piece(String text) {
        // half of a surrogate pair, which UTF-8 does not have, becomes a question mark
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length);
        int from = 0;
        for (int i = 0; i < utf8.length; i++) {
            int c = utf8[i];
            if ((c >= 0 && c < ' ') || c == '"' || c == '\\') {
                raw(utf8, from, i);
                escaped(c);
                from = i + 1;
            }
        }
        raw(utf8, from, utf8.length);
    }

    private void escaped(int c) {
        one('\\');
        switch (c) {
            case '"', '\\' -> one((char) c);
            case '\n' -> one('n');
            case '\r' -> one('r');
            case '\t' -> one('t');
            case '\b' -> one('b');
            case '\f' -> one('f');
            default -> {
                one('u');
                one('0');
                one('0');
                one((char) HEX[c >> 4]);
                one((char) HEX[c & 15]);
            }
        }
    }

    /** Adds one character of ASCII. */
    void one(char c) {
        room(1);
        bytes[length] = (byte) c;
        length++;
    }

    private void raw(byte[] more) {
        raw(more, 0, more.length);
    }

    private void raw(byte[] more, int from, int to) {
        room(to - from);
        System.arraycopy(more, from, bytes, length, to - from);
        length += to - from;
    }

    private void room(int more) {
        if (length > PIECE) {
            flush();
        }
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }
}
