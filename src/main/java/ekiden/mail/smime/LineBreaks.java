package ekiden.mail.smime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Text with CRLF as its line break, which signatures are made over (RFC 8551 §3.1.1). */
final class LineBreaks {
    private static final int PIECE = 16 * 1024;

    private LineBreaks() {}

    /** Copies, and makes CRLF of each LF, CR and CRLF. */
    static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] piece = new byte[PIECE];
        byte[] made = new byte[2 * PIECE];
        byte before = 0;
        for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
            int filled = 0;
            for (int i = 0; i < got; i++) {
                filled = put(before, piece[i], made, filled);
                before = piece[i];
            }
            out.write(made, 0, filled);
        }
    }

    private static int put(byte before, byte b, byte[] made, int filled) {
        if (b != '\n' && b != '\r') {
            made[filled] = b;
            return filled + 1;
        }
        if (b == '\n' && before == '\r') {
            return filled;
        }
        made[filled] = '\r';
        made[filled + 1] = '\n';
        return filled + 2;
    }
}
