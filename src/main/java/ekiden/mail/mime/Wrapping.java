package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A wrapping of S/MIME that was opened. What came out of it stays in memory as long as somebody has the mail's parts and nobody needs the memory more; only
 * after that it is opened anew. Safe from any thread that may read the mail.
 */
final class Wrapping {
    private final Place of;
    private final int size;
    private final Smime how;
    private @Nullable SoftReference<byte[]> inside;

    /**
     * @param of where it is
     * @param size of what the place decodes to, in bytes
     * @param how opens it
     */
    Wrapping(Place of, int size, Smime how) {
        this.of = of;
        this.size = size;
        this.how = how;
    }

    Place of() {
        return of;
    }

    /** {@return what comes of opening it} */
    synchronized Smime.Opened open(RawSource raw) throws IOException {
        Smime.Opened opened = how.open(bytes(raw, of, size));
        if (opened instanceof Smime.Opened.Inside found) {
            inside = new SoftReference<>(found.bytes());
        }
        return opened;
    }

    /** {@return what is in it; not to be changed} */
    synchronized byte[] inside(RawSource raw) throws IOException {
        byte @Nullable [] kept = inside == null ? null : inside.get();
        if (kept != null) {
            return kept;
        }
        if (open(raw) instanceof Smime.Opened.Inside again) {
            return again.bytes();
        }
        throw new IOException("the wrapping does not open any more");
    }

    /** {@return the bytes of a place whose size is known} */
    static byte[] bytes(RawSource raw, Place place, int size) throws IOException {
        byte[] bytes = new byte[size];
        try (InputStream in = place.open(raw)) {
            int got = in.readNBytes(bytes, 0, size);
            return got == size ? bytes : Arrays.copyOf(bytes, got);
        }
    }
}
