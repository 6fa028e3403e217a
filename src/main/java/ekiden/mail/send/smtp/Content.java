package ekiden.mail.send.smtp;

/**
 * Puts the bytes of a message on the wire as DATA wants them: a dot that begins a line is doubled (RFC 5321 §4.5.2), every
 * line ends with CRLF (a bare CR or LF becomes one, §2.3.8), and so does the last. Bytes that are right already are not
 * copied.
 */
final class Content {
    private static final byte[] CR = {'\r'};
    private static final byte[] LF = {'\n'};
    private static final byte[] CRLF = {'\r', '\n'};
    private static final byte[] DOT = {'.'};
    private static final byte[] NOTHING = {};

    private final Out out;
    /** A line begins at the beginning. */
    private byte last = '\n';

    /** Takes the bytes as they go. */
    interface Out {
        void write(byte[] bytes, int from, int count) throws SmtpFault;
    }

    Content(Out out) {
        this.out = out;
    }

    /** Writes the next piece, from index 0. */
    void write(byte[] bytes, int count) throws SmtpFault {
        int from = 0;
        for (int i = next(bytes, 0, count); i < count; i = next(bytes, i + 1, count)) {
            byte[] missing = missingBefore(bytes[i], i == 0 ? last : bytes[i - 1]);
            if (missing.length > 0) {
                put(bytes, from, i);
                put(missing, 0, missing.length);
                from = i;
            }
        }
        put(bytes, from, count);
        last = count > 0 ? bytes[count - 1] : last;
    }

    /** Where something may be missing next: at a dot or a line feed, and behind each end of a line. Most bytes are passed over by this loop alone. */
    private int next(byte[] bytes, int from, int count) {
        byte before = from == 0 ? last : bytes[from - 1];
        int i = from;
        while (i < count && !ends(before) && bytes[i] != '\n') {
            before = bytes[i];
            i++;
        }
        return i;
    }

    private static boolean ends(byte b) {
        return b == '\r' || b == '\n';
    }

    private static byte[] missingBefore(byte b, byte last) {
        if (last == '\r' && b != '\n') {
            return b == '.' ? new byte[] {'\n', '.'} : LF;
        }
        if (b == '\n') {
            return last == '\r' ? NOTHING : CR;
        }
        return b == '.' && last == '\n' ? DOT : NOTHING;
    }

    /** Ends the last line. */
    void end() throws SmtpFault {
        if (last == '\r') {
            put(LF, 0, LF.length);
        } else if (last != '\n') {
            put(CRLF, 0, CRLF.length);
        }
        last = '\n';
    }

    private void put(byte[] bytes, int from, int to) throws SmtpFault {
        if (to > from) {
            out.write(bytes, from, to - from);
        }
    }
}
