package ekiden.mail.mime;

import java.io.IOException;
import java.util.Arrays;

/**
 * Quoted-printable (RFC 2045 §6.7). A {@code =} that begins no valid code stands for itself; spaces at the end of a line
 * are padding of the transport and fall away; line breaks stay as they are.
 */
final class QuotedPrintableDecoder extends TransferDecoder {
    /** Blanks that may turn out to be padding: of longer runs only the last ones are held, the others are passed on. */
    private static final int MAX_HELD = 998;

    private enum State {
        PLAIN,
        EQUALS,
        HEX,
        SOFT_BLANKS,
        SOFT_CR
    }

    private State state = State.PLAIN;
    private int high;
    private byte[] held = new byte[0];
    private int holding;

    QuotedPrintableDecoder(Sink sink) {
        super(sink);
    }

    private QuotedPrintableDecoder(QuotedPrintableDecoder before, Sink sink) {
        super(before, sink);
        this.state = before.state;
        this.high = before.high;
        this.held = Arrays.copyOf(before.held, before.holding);
        this.holding = before.holding;
    }

    @Override
    TransferDecoder from(Sink other) {
        return new QuotedPrintableDecoder(this, other);
    }

    @Override
    void feed(byte[] bytes, int from, int to) throws IOException {
        for (int i = from; i < to; i++) {
            int value = bytes[i];
            if (state == State.PLAIN && value > ' ' && value != '=' && holding == 0) {
                put(value);
            } else {
                step(value);
            }
        }
    }

    private void step(int value) throws IOException {
        switch (state) {
            case PLAIN -> plain(value);
            case EQUALS -> afterEquals(value);
            case HEX -> afterHex(value);
            case SOFT_BLANKS -> afterSoftBlank(value);
            case SOFT_CR -> {
                state = State.PLAIN;
                if (value != '\n') {
                    plain(value);
                }
            }
        }
    }

    private void plain(int value) throws IOException {
        if (value == '=') {
            releaseBlanks();
            state = State.EQUALS;
        } else if (value == ' ' || value == '\t') {
            hold((byte) value);
        } else if (value == '\r' || value == '\n') {
            holding = 0;
            put(value);
        } else {
            releaseBlanks();
            put(value);
        }
    }

    private void hold(byte blank) throws IOException {
        if (holding == MAX_HELD) {
            releaseBlanks();
        }
        if (holding == held.length) {
            held = Arrays.copyOf(held, MAX_HELD);
        }
        held[holding] = blank;
        holding++;
    }

    private void releaseBlanks() throws IOException {
        for (int i = 0; i < holding; i++) {
            put(held[i]);
        }
        holding = 0;
    }

    private void afterEquals(int value) throws IOException {
        if (value == '\n') {
            state = State.PLAIN;
        } else if (value == '\r') {
            state = State.SOFT_CR;
        } else if (value == ' ' || value == '\t') {
            hold((byte) value);
            state = State.SOFT_BLANKS;
        } else if (hex(value) >= 0) {
            high = value;
            state = State.HEX;
        } else {
            put('=');
            state = State.PLAIN;
            plain(value);
        }
    }

    private void afterHex(int value) throws IOException {
        state = State.PLAIN;
        int low = hex(value);
        if (low >= 0) {
            put(hex(high) << 4 | low);
        } else {
            put('=');
            put(high);
            plain(value);
        }
    }

    /** A soft line break may have blanks before the line break. */
    private void afterSoftBlank(int value) throws IOException {
        if (value == ' ' || value == '\t') {
            hold((byte) value);
        } else if (value == '\n' || value == '\r') {
            holding = 0;
            state = value == '\n' ? State.PLAIN : State.SOFT_CR;
        } else {
            put('=');
            state = State.PLAIN;
            plain(value);
        }
    }

    static int hex(int value) {
        if (value >= '0' && value <= '9') {
            return value - '0';
        }
        int letter = value & 0xdf;
        return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
    }

    @Override
    void finish() throws IOException {
        if (state == State.HEX) {
            put('=');
            put(high);
        }
        flush();
    }
}
