package ekiden.mail.send.smtp;

import ekiden.mail.send.SendPhase;
import java.time.Duration;

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

    private final SmtpWire wire;
    private final Duration within;
    private boolean lineBegins = true;
    private byte last;

    Content(SmtpWire wire, Duration within) {
        this.wire = wire;
        this.within = within;
    }

    /** Writes the next piece, from index 0. */
    void write(byte[] bytes, int count) throws SmtpFault {
        int from = 0;
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            byte[] missing = missingBefore(b);
            if (missing.length > 0) {
                put(bytes, from, i);
                put(missing, 0, missing.length);
                from = i;
            }
            lineBegins = b == '\n';
            last = b;
        }
        put(bytes, from, count);
    }

    private byte[] missingBefore(byte b) {
        if (last == '\r' && b != '\n') {
            return b == '.' ? new byte[] {'\n', '.'} : LF;
        }
        if (b == '\n') {
            return last == '\r' ? NOTHING : CR;
        }
        return b == '.' && lineBegins ? DOT : NOTHING;
    }

    /** Ends the last line. */
    void end() throws SmtpFault {
        if (last == '\r') {
            put(LF, 0, LF.length);
        } else if (!lineBegins) {
            put(CRLF, 0, CRLF.length);
        }
        lineBegins = true;
        last = 0;
    }

    private void put(byte[] bytes, int from, int to) throws SmtpFault {
        if (to > from) {
            wire.write(bytes, from, to - from, SendPhase.BODY, within);
        }
    }
}
