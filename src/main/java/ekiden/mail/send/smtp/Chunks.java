package ekiden.mail.send.smtp;

import ekiden.mail.send.SendPhase;
import java.time.Duration;

/**
 * Puts the bytes of a message on the wire as BDAT wants them (RFC 3030): pieces of a known length, each answered, all but the last, which has none. Every line ends with CRLF, as in {@link Content}; dots are left alone.
 */
final class Chunks {
    private final SmtpWire wire;
    private final Duration within;
    private final Duration reply;
    private final byte[] chunk;
    private int length;
    private byte before;

    Chunks(SmtpWire wire, SmtpTimeouts timeouts, int chunkBytes) {
        this.wire = wire;
        this.within = timeouts.block();
        this.reply = timeouts.reply();
        this.chunk = new byte[chunkBytes];
    }

    /** Writes the next piece, from index 0. */
    void write(byte[] bytes, int count) throws SmtpFault {
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if (before == '\r' && b != '\n') {
                put((byte) '\n');
            } else if (b == '\n' && before != '\r') {
                put((byte) '\r');
            }
            put(b);
        }
    }

    private void put(byte b) throws SmtpFault {
        if (length == chunk.length) {
            send();
        }
        chunk[length++] = b;
        before = b;
    }

    /** Ends the last line, and brings everything to the server. */
    void end() throws SmtpFault {
        if (before == '\r') {
            put((byte) '\n');
        } else if (before != '\n' && before != 0) {
            put((byte) '\r');
            put((byte) '\n');
        }
        if (length > 0) {
            send();
        }
    }

    private void send() throws SmtpFault {
        wire.command("BDAT " + length, SendPhase.BODY, within);
        wire.write(chunk, 0, length, SendPhase.BODY, within);
        wire.flush(SendPhase.BODY, within);
        length = 0;
        SmtpReply answer = wire.reply(SendPhase.BODY, reply);
        if (!answer.positive()) {
            throw SmtpFault.of(SendPhase.BODY, answer);
        }
    }
}
