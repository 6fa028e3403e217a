package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream that is made when it is read for the first time. */
final class LaterStream extends InputStream {
    private final Smime.Content maker;
    private @Nullable InputStream made;

    LaterStream(Smime.Content maker) {
        this.maker = maker;
    }

    private InputStream made() throws IOException {
        InputStream now = made;
        if (now == null) {
            now = maker.open();
            made = now;
        }
        return now;
    }

    @Override
    public int read() throws IOException {
        return made().read();
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        return made().read(into, from, count);
    }

    @Override
    public long skip(long count) throws IOException {
        return made().skip(count);
    }
}
