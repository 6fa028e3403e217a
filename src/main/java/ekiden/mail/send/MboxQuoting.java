package ekiden.mail.send;

import java.nio.ByteBuffer;

/**
 * Makes lines that nobody can take for the beginning of a mail: one more {@code >} before each {@code From } that stands at the beginning of a line or behind
 * {@code >} there (the form called mboxrd, which can be undone). What it is given may be cut anywhere. Belongs to one thread.
 */
final class MboxQuoting {
    private static final byte[] FROM = {'F', 'r', 'o', 'm', ' '};

    /** Bytes of {@link #FROM} that were met at the beginning of a line and not given on; -1 inside a line. */
    private int met;

    private byte last = '\n';

    /** {@return the bytes with their marks; what may become a mark stays until more comes} */
    ByteBuffer of(ByteBuffer lines) {
        ByteBuffer quoted = ByteBuffer.allocate(2 * lines.remaining() + 2 * FROM.length);
        while (lines.hasRemaining()) {
            one(lines.get(), quoted);
        }
        return quoted.flip();
    }

    private void one(byte next, ByteBuffer quoted) {
        last = next;
        if (met == 0 && next == '>') {
            quoted.put(next);
            return;
        }
        if (met >= 0 && next == FROM[met]) {
            met++;
            if (met == FROM.length) {
                quoted.put((byte) '>').put(FROM);
                met = -1;
            }
            return;
        }
        put(quoted);
        quoted.put(next);
        met = next == '\n' ? 0 : -1;
    }

    /** {@return what was held back, and the end of a line where one is missing} */
    ByteBuffer end() {
        ByteBuffer rest = ByteBuffer.allocate(FROM.length + 1);
        put(rest);
        met = 0;
        if (last != '\n') {
            rest.put((byte) '\n');
        }
        return rest.flip();
    }

    private void put(ByteBuffer quoted) {
        if (met > 0) {
            quoted.put(FROM, 0, met);
        }
    }
}
