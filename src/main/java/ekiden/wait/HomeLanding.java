package ekiden.wait;

import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.RawSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** Where one mail lands that comes from a home: in memory while it is small, in a file of the scratch folder beyond that. One thread. */
final class HomeLanding extends OutputStream {
    private final Scratch scratch;
    private final int inMemory;
    private final ByteArrayOutputStream small = new ByteArrayOutputStream();
    private Scratch.@Nullable Writing large;
    private @Nullable IOException wrong;

    HomeLanding(Scratch scratch, int inMemory) {
        this.scratch = scratch;
        this.inMemory = inMemory;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            if (large == null && small.size() + length > inMemory) {
                Scratch.Writing file = scratch.begin();
                large = file;
                byte[] before = small.toByteArray();
                file.write(before, 0, before.length);
                small.reset();
            }
            if (large != null) {
                large.write(bytes, from, length);
            } else {
                small.write(bytes, from, length);
            }
        } catch (IOException failure) {
            wrong = failure;
            throw failure;
        }
    }

    /** {@return why it could not be kept here, or null} */
    @Nullable
    IOException wrong() {
        return wrong;
    }

    /** {@return the whole mail} */
    RawSource end() throws IOException {
        return large != null ? large.end() : new BytesSource(small.toByteArray());
    }

    /** It did not come whole. */
    void drop() {
        if (large != null) {
            large.drop();
        }
    }
}
