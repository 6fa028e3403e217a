package ekiden.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Files that a person has named, whatever lies there: only a regular file is opened. Safe from any thread. */
public final class NamedFile {
    private NamedFile() {}

    /**
     * @param file which; links are followed
     * @return what is known of it
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws Disk.NoFile when it is a pipe or a device
     * @throws IOException when it is a folder, or it cannot be found out
     */
    public static BasicFileAttributes look(Path file) throws IOException {
        BasicFileAttributes what = Files.readAttributes(file, BasicFileAttributes.class);
        if (what.isDirectory()) {
            throw new FileSystemException(file.toString(), null, "Is a directory");
        }
        if (!what.isRegularFile()) {
            throw new Disk.NoFile(file);
        }
        return what;
    }

    /**
     * @param file which; links are followed
     * @return its bytes
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws Disk.NoFile when it is a pipe or a device
     * @throws IOException when it is a folder, or cannot be read
     */
    public static InputStream open(Path file) throws IOException {
        look(file);
        return Files.newInputStream(file);
    }
}
