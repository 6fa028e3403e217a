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
        boolean afterReturn = false;
        for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
            int filled = 0;
            for (int i = 0; i < got; i++) {
                byte b = piece[i];
                boolean second = b == '\n' && afterReturn;
                afterReturn = b == '\r';
                if (b == '\n' || b == '\r') {
                    if (!second) {
                        made[filled++] = '\r';
                        made[filled++] = '\n';
                    }
                } else {
                    made[filled++] = b;
                }
            }
            out.write(made, 0, filled);
        }
    }
}
