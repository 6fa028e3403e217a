package ekiden.mail.mime;

import java.io.IOException;

/** Bytes that are what they are. */
final class IdentityDecoder extends TransferDecoder {
    IdentityDecoder(Sink sink) {
        super(sink);
    }

    @Override
    void feed(byte[] bytes, int from, int to) throws IOException {
        pass(bytes, from, to - from);
    }

    private IdentityDecoder(IdentityDecoder before, Sink sink) {
        super(before, sink);
    }

    @Override
    TransferDecoder from(Sink other) {
        return new IdentityDecoder(this, other);
    }

    @Override
    void finish() {
        // Nothing is held back.
    }
}
