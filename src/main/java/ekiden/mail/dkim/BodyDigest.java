package ekiden.mail.dkim;

import java.security.MessageDigest;

/**
 * The hash over a body, fed in pieces (RFC 6376 §3.4.3, §3.4.4). Lines may end in CRLF or LF: what was signed had CRLF. Used by one thread.
 */
final class BodyDigest {
    private static final byte CR = '\r';
    private static final byte LF = '\n';

    private final boolean relaxed;
    private final MessageDigest digest;
    private final byte[] out = new byte[8192];
    private int filled;
    private long length;
    private long emptyLines;
    private boolean blank;
    private boolean filledLine;
    private boolean carriage;

    BodyDigest(Canonical way, MessageDigest digest) {
        this.relaxed = way == Canonical.RELAXED;
        this.digest = digest;
    }

    void update(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == LF) {
                carriage = false;
                endLine();
            } else {
                flushCarriage();
                if (b == CR) {
                    carriage = true;
                } else {
                    content(b);
                }
            }
        }
    }

    /** {@return the hash; nothing may be fed any more} */
    byte[] finish() {
        flushCarriage();
        if (filledLine) {
            endLine();
        }
        if (length == 0 && !relaxed) {
            put(CR);
            put(LF);
        }
        digest.update(out, 0, filled);
        return digest.digest();
    }

    /** {@return how many bytes were hashed; after {@link #finish}} */
    long length() {
        return length;
    }

    /** A carriage return that ends no line is a byte like any other. */
    private void flushCarriage() {
        if (carriage) {
            carriage = false;
            content(CR);
        }
    }

    private void content(byte b) {
        if (relaxed && (b == ' ' || b == '\t')) {
            blank = true;
            return;
        }
        for (; emptyLines > 0; emptyLines--) {
            put(CR);
            put(LF);
        }
        if (blank) {
            blank = false;
            put((byte) ' ');
        }
        put(b);
        filledLine = true;
    }

    /** Empty lines count only when another line follows. */
    private void endLine() {
        blank = false;
        if (filledLine) {
            filledLine = false;
            put(CR);
            put(LF);
        } else {
            emptyLines++;
        }
    }

    private void put(byte b) {
        if (filled == out.length) {
            digest.update(out, 0, filled);
            filled = 0;
        }
        out[filled++] = b;
        length++;
    }
}
