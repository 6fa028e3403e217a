package ekiden.mail.receive.imap;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.function.IntUnaryOperator;

/** A socket that gives bytes a test chose, in pieces a test chose. */
final class BytesSocket extends Socket {
    private final byte[] bytes;
    private final IntUnaryOperator piece;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private int at;

    BytesSocket(byte[] bytes, IntUnaryOperator piece) {
        this.bytes = bytes.clone();
        this.piece = piece;
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() {
                return at < bytes.length ? bytes[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                if (at == bytes.length) {
                    return -1;
                }
                int count = Math.min(Math.min(length, bytes.length - at), Math.max(1, piece.applyAsInt(at)));
                System.arraycopy(bytes, at, target, from, count);
                at += count;
                return count;
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return said;
    }

    @Override
    public void setSoTimeout(int millis) {
        // what is there is there at once
    }
}
