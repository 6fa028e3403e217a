package ekiden.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;

/**
 * Files that a person has named, whatever lies there: only a regular file is opened, and none that the system makes up while it is read, for some of those end
 * only with the system. Safe from any thread.
 */
public final class NamedFile {
    /** Types of file systems in which nothing is kept. */
    private static final Set<String> MADE_UP = Set.of("proc", "sysfs", "debugfs", "tracefs", "securityfs", "configfs");

    private NamedFile() {}

    /**
     * @param file which; links are followed
     * @return what is known of it
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws Disk.NoFile when it is a pipe, a device, or made up by the system
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
        // files that are made up have no length; those that have one need not be asked where they lie
        if (what.size() == 0 && MADE_UP.contains(Files.getFileStore(file).type())) {
            throw new Disk.NoFile(file);
        }
        return what;
    }

    /**
     * Looks before something is written: what a pipe or a device is given is kept nowhere, and some wait for ever, or have no end.
     *
     * @param file which, there or not; links are followed
     * @throws Disk.NoFile as {@link #look}
     * @throws IOException as there
     */
    public static void lookToWrite(Path file) throws IOException {
        if (Files.exists(file)) {
            look(file);
        }
    }

    /**
     * @param file which; links are followed
     * @return its bytes
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws Disk.NoFile when it is a pipe, a device, or made up by the system
     * @throws IOException when it is a folder, or cannot be read
     */
    public static InputStream open(Path file) throws IOException {
        look(file);
        return Files.newInputStream(file);
    }
}
