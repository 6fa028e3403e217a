package ekiden.mail.receive.smtpd;

import java.nio.ByteBuffer;

/**
 * Takes the dots off a mail (RFC 5321 §4.5.2) and finds its end, block by block, without looking at lines. A line begins
 * behind CRLF and nothing else: a bare LF or CR is a byte of the mail. Pure; one thread, one mail.
 */
final class DotReader {
    private static final byte CR = '\r';
    private static final byte LF = '\n';
    private static final byte DOT = '.';

    private enum At {
        /** At the first byte of a line. */
        LINE,
        /** Within a line. */
        TEXT,
        /** Behind a CR. */
        CR,
        /** Behind a dot that began a line; it is taken off. */
        DOT,
        /** Behind such a dot and a CR, which is held back. */
        DOT_CR,
        /** Behind the last byte of the mail. */
        END
    }

    private At at = At.LINE;

    /** Takes pieces of the mail; the buffer is used again afterwards. */
    interface Sink {
        /** Takes what remains in the buffer. */
        void take(ByteBuffer piece);
    }

    boolean ended() {
        return at == At.END;
    }

    /**
     * Takes the next block.
     *
     * @return the index behind the last byte that belongs to the mail: {@code to} unless it {@link #ended}
     */
    int feed(byte[] in, int from, int to, Sink sink) {
        int i = from;
        int start = from;
        if (at == At.DOT_CR && from < to && in[from] != LF) {
            sink.take(ByteBuffer.wrap(new byte[] {CR}));
            at = At.CR;
        }
        while (i < to && at != At.END) {
            switch (at) {
                case TEXT -> i = behindCr(in, i, to);
                case LINE -> {
                    if (in[i] == DOT) {
                        pass(in, start, i, sink);
                        start = i + 1;
                        at = At.DOT;
                    } else {
                        at = in[i] == CR ? At.CR : At.TEXT;
                    }
                    i++;
                }
                case CR -> {
                    at = in[i] == LF ? At.LINE : in[i] == CR ? At.CR : At.TEXT;
                    i++;
                }
                case DOT -> {
                    at = in[i] == CR ? At.DOT_CR : At.TEXT;
                    i++;
                }
                case DOT_CR -> {
                    // Not an end: the CR is the first byte of the line and this byte is looked at once more.
                    at = in[i] == LF ? At.END : At.CR;
                    i += at == At.END ? 1 : 0;
                }
                case END -> throw new IllegalStateException("the mail has ended");
            }
        }
        if (at != At.END && at != At.DOT_CR) {
            pass(in, start, i, sink);
        }
        return i;
    }

    private int behindCr(byte[] in, int from, int to) {
        int i = from;
        while (i < to && in[i] != CR) {
            i++;
        }
        if (i == to) {
            return to;
        }
        at = At.CR;
        return i + 1;
    }

    private static void pass(byte[] in, int start, int end, Sink sink) {
        if (start < end) {
            sink.take(ByteBuffer.wrap(in, start, end - start));
        }
    }
}
