package ekiden.store.jdbc;

import ekiden.base.LazyLogger;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.sqlite.JDBC;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Where the machine code of SQLite lies: in a folder of its version beside the database. The driver by itself unpacks it
 * at every start into the temporary folder, under a new name, and takes it away when the process ends in good order:
 * each kill leaves a megabyte behind, and where programs may not be run from the temporary folder it does not start at
 * all.
 *
 * <p>Whatever fails here, the driver goes its usual way.
 */
final class SqliteLibrary {
    private static final Logger LOG = LazyLogger.of(SqliteLibrary.class);
    private static final String FOLDER_OF_DRIVER = "org.sqlite.lib.path";

    private SqliteLibrary() {}

    /**
     * Puts it there, unless it is there already, and tells the driver. The first database of a process decides; who has
     * set the driver's own properties keeps them.
     *
     * @param database the file of the database, whose folder is there
     */
    static synchronized void beside(Path database) {
        Path folder = database.toAbsolutePath().getParent();
        if (folder == null || System.getProperty(FOLDER_OF_DRIVER) != null) {
            return;
        }
        try {
            Path file = unpack(folder);
            if (file != null) {
                System.setProperty(FOLDER_OF_DRIVER, String.valueOf(file.getParent()));
            }
        } catch (IOException failed) {
            LOG.log(Level.INFO, "SQLite is unpacked into the temporary folder, because {0}: {1}", folder, failed);
        }
    }

    /** Returns the file, whole and on the disk; null if the driver has none for this machine. */
    static @Nullable Path unpack(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        try (InputStream code =
                JDBC.class.getResourceAsStream(LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name)) {
            if (code == null) {
                return null;
            }
            Path file =
                    folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()).resolve(name);
            return Files.isRegularFile(file) ? file : put(code, file);
        }
    }

    /** Whole or not at all, also where another process does the same: each has a file of its own until the last step. */
    private static Path put(InputStream code, Path file) throws IOException {
        Path part = Files.createTempFile(Files.createDirectories(file.getParent()), "", ".part");
        try {
            Files.copy(code, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
