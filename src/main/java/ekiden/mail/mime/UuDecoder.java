package ekiden.mail.mime;

import java.io.IOException;

/** Uuencode (POSIX): lines between {@code begin MODE NAME} and {@code end}; what stands around them falls away. */
final class UuDecoder extends TransferDecoder {
    /** A line carries at most 63 bytes, so 1 + 84 characters; what is longer is cut. */
    private static final int MAX_LINE = 256;

    private final byte[] line = new byte[MAX_LINE];
    private int length;
    private boolean inside;
    private boolean ended;

    UuDecoder(Sink sink) {
        super(sink);
    }

    private UuDecoder(UuDecoder before, Sink sink) {
        super(before, sink);
        System.arraycopy(before.line, 0, line, 0, before.length);
        this.length = before.length;
        this.inside = before.inside;
        this.ended = before.ended;
    }

    @Override
    TransferDecoder from(Sink other) {
        return new UuDecoder(this, other);
    }

    @Override
    void feed(byte[] bytes, int from, int to) throws IOException {
        for (int i = from; i < to && !ended; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                endOfLine();
            } else if (length < MAX_LINE) {
                line[length] = bytes[i];
                length++;
            }
        }
    }

    private void endOfLine() throws IOException {
        if (length > 0 && !inside) {
            inside = starts("begin ");
        } else if (length > 0 && starts("end") && length <= 4) {
            ended = true;
        } else if (length > 0) {
            data();
        }
        length = 0;
    }

    private boolean starts(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (i >= length || line[i] != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void data() throws IOException {
        int count = (line[0] - ' ') & 63;
        int at = 1;
        // Blanks are zeros, and transports take those at the end of a line away.
        while (count > 0) {
            int group = digit(at) << 18 | digit(at + 1) << 12 | digit(at + 2) << 6 | digit(at + 3);
            for (int shift = 16; shift >= 0 && count > 0; shift -= 8) {
                put(group >> shift);
                count--;
            }
            at += 4;
        }
    }

    private int digit(int at) {
        return at < length ? (line[at] - ' ') & 63 : 0;
    }

    @Override
    void finish() throws IOException {
        endOfLine();
        flush();
    }
}
