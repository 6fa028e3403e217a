package ekiden.mail.save;

import ekiden.base.Sha256;
import ekiden.disk.Disk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** What files are made of. */
final class Digests {
    private static final int PIECE = 64 * 1024;

    private Digests() {}

    /**
     * Reads a whole file; one that is a symbolic link, or no file at all, is not read.
     *
     * @return name, size and SHA-256
     * @throws IOException when it is absent, no file, or cannot be read
     */
    static Manifest.Own of(Disk disk, Path file) throws IOException {
        MessageDigest digest = Sha256.begin();
        long size = 0;
        try (InputStream in = disk.readPlain(file)) {
            byte[] piece = new byte[PIECE];
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                digest.update(piece, 0, read);
                size += read;
            }
        }
        return new Manifest.Own(String.valueOf(file.getFileName()), size, Sha256.hex(digest));
    }

    /** {@return whether a file is as long as it was and has the same bytes; what is no file any more is not} */
    static boolean same(Disk disk, Path file, long size, @Nullable String sha256) throws IOException {
        try {
            Manifest.Own now = of(disk, file);
            return now.size() == size && now.sha256().equals(sha256);
        } catch (Disk.NoFile another) {
            return false;
        }
    }
}
