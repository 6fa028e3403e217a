package ekiden.mail.address.file;

import ekiden.base.SystemClock;
import ekiden.mail.address.AddressLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Books in files of a test. */
public final class BookFolder {
    private BookFolder() {}

    /** A book in that file. */
    public static FileBook book(Path path, String suffix, FileBook.Format format) {
        FileBook.Plan plan = new FileBook.Plan("book", false, path, suffix, format);
        return new FileBook(plan, AddressLimits.DEFAULT, new SystemClock());
    }

    /** An empty folder inside that one. */
    public static Path fresh(Path folder) {
        try {
            return Files.createTempDirectory(folder, "book");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Writes a file. */
    public static Path write(Path file, String text) {
        return write(file, text, StandardCharsets.UTF_8);
    }

    /** Writes a file in a charset. */
    public static Path write(Path file, String text, Charset charset) {
        try {
            return Files.write(file, text.getBytes(charset));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
