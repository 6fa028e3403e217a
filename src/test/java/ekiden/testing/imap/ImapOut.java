package ekiden.testing.imap;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** What a scripted session says: gathered, and sent at a flush in one piece or byte by byte. */
final class ImapOut {
    private final OutputStream out;
    private final ByteArrayOutputStream gathered = new ByteArrayOutputStream();
    private boolean byBytes;

    ImapOut(OutputStream out) {
        this.out = out;
    }

    void byBytes(boolean now) {
        byBytes = now;
    }

    ImapOut text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    ImapOut line(String line) {
        return text(line + "\r\n");
    }

    ImapOut bytes(byte[] bytes) {
        gathered.writeBytes(bytes);
        return this;
    }

    /** Sends what was gathered; another thread may send too. */
    void flush() throws IOException {
        byte[] all = gathered.toByteArray();
        gathered.reset();
        if (!byBytes) {
            out.write(all);
            out.flush();
            return;
        }
        for (byte one : all) {
            out.write(one);
            out.flush();
        }
    }
}
