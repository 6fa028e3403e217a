package ekiden.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders with their durability spelled out. Two things are durable apart: a file's bytes (after
 * {@link Output#force}) and the folder entry that names it (after {@link #forceFolder}). A crash may lose whatever was
 * not forced, and leaves a rename either done or not done.
 *
 * <p>Answers are {@link IOException}s, which the adapters that use this port turn into problems: {@link DiskFull} is the
 * one that callers tell apart. Paths are absolute. Safe from any thread; one {@link Output} belongs to one thread.
 */
public interface Disk {
    /**
     * Makes a new file; parent folders must exist.
     *
     * @param file where; must not exist
     * @return to write it
     * @throws java.nio.file.FileAlreadyExistsException when something has that name: the check and the making are one step
     * @throws IOException when it cannot be made
     */
    Output create(Path file) throws IOException;

    /**
     * Opens a file to write behind its end, making it where it is absent.
     *
     * @param file where
     * @return to write it
     * @throws IOException when it cannot be opened
     */
    Output append(Path file) throws IOException;

    /**
     * Opens a file to read from its beginning.
     *
     * @param file which
     * @return its bytes
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws IOException when it cannot be read
     */
    InputStream read(Path file) throws IOException;

    /**
     * Opens a file to read from its beginning, where it is a file itself: whoever may write in its folder may have put something else there.
     *
     * @param file which
     * @return its bytes
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws NoFile when it is a symbolic link, a folder, a pipe or a device
     * @throws IOException when it cannot be read
     */
    default InputStream readPlain(Path file) throws IOException {
        return read(file);
    }

    /**
     * Opens a file that a person has named, from its beginning; links are followed. To open a named pipe would wait, perhaps for ever, for somebody who
     * writes into it.
     *
     * @param file which
     * @return its bytes
     * @throws java.nio.file.NoSuchFileException when it is absent
     * @throws NoFile when it is a pipe, a device, or made up by the system
     * @throws IOException when it is a folder, or cannot be read
     */
    default InputStream readNamed(Path file) throws IOException {
        return read(file);
    }

    /**
     * Reads a piece of a file.
     *
     * @param file which
     * @param offset from where, in bytes
     * @param into filled as far as the file reaches
     * @return bytes read, or -1 at or behind the end
     * @throws IOException when it cannot be read
     */
    int readAt(Path file, long offset, ByteBuffer into) throws IOException;

    /**
     * Gives a file another name, replacing what has that name, in one step.
     *
     * @param from the present name
     * @param to the new one, on the same file system
     * @throws IOException when it cannot be done; then nothing has changed
     */
    void rename(Path from, Path to) throws IOException;

    /**
     * Gives a file a second name in one step, never replacing.
     *
     * @param file the present name
     * @param second the second name
     * @throws java.nio.file.FileAlreadyExistsException when something has that name
     * @throws IOException when it cannot be done
     */
    void link(Path file, Path second) throws IOException;

    /**
     * Removes a file or an empty folder; nothing happens when it is absent.
     *
     * @param path which
     * @throws IOException when it cannot be removed
     */
    void delete(Path path) throws IOException;

    /**
     * Makes a folder and its parents where absent, each forced into its parent. Those that are there already are forced too, unless this object
     * has done so before: who made them may have been stopped first.
     *
     * @param folder which
     * @throws IOException when it cannot be made
     */
    void makeFolders(Path folder) throws IOException;

    /**
     * Makes one folder where absent, not forced: for a folder that gets its final name, and is forced, later.
     *
     * @param folder which; its parent must exist
     * @throws IOException when it cannot be made
     */
    void makeFolder(Path folder) throws IOException;

    /**
     * Makes the entries of a folder durable.
     *
     * @param folder which
     * @throws IOException when it cannot be done
     */
    void forceFolder(Path folder) throws IOException;

    /**
     * @param folder which
     * @return what lies directly in it, sorted by name; empty when it is absent
     * @throws IOException when it cannot be read
     */
    List<Path> list(Path folder) throws IOException;

    /**
     * @param folder which
     * @return the folders that lie directly in it, sorted by name; symbolic links are none; empty when it is absent
     * @throws IOException when it cannot be read
     */
    List<Path> folders(Path folder) throws IOException;

    /**
     * @param path which
     * @return whether a folder has that name; a symbolic link is none
     * @throws IOException when it cannot be found out
     */
    default boolean isFolder(Path path) throws IOException {
        Path parent = path.getParent();
        return parent == null || folders(parent).contains(path);
    }

    /**
     * @param path which
     * @return whether a file has that name; a symbolic link, a pipe and a device are none
     * @throws IOException when it cannot be found out
     */
    default boolean isFile(Path path) throws IOException {
        return exists(path) && !isFolder(path);
    }

    /**
     * @param path which
     * @return whether something has that name (symbolic links are not followed)
     */
    boolean exists(Path path);

    /**
     * @param one a name
     * @param other another one
     * @return whether both are names of one file ({@link #link}); false where one of them is absent
     * @throws IOException when it cannot be found out
     */
    boolean same(Path one, Path other) throws IOException;

    /**
     * Makes the bytes of several files of one folder durable, and the entries of that folder: as {@link Output#force} for each and then
     * {@link #forceFolder}, at less cost.
     *
     * @param outputs what was written
     * @param folder where the files lie
     * @throws IOException as those do; then nothing is promised of any of them
     */
    default void forceAll(List<? extends Output> outputs, Path folder) throws IOException {
        for (Output output : outputs) {
            output.force();
        }
        forceFolder(folder);
    }

    /**
     * @param file which
     * @return its length in bytes
     * @throws IOException when it is absent
     */
    long size(Path file) throws IOException;

    /**
     * Gives a file or folder to somebody, and says who may use it. What is null stays as it is.
     *
     * @param path which; no symbolic link
     * @param owner a user of the machine, or null
     * @param group a group of the machine, or null
     * @param mode three octal digits, or null
     * @throws NotPermitted when the machine has no such user or group, or this process may not do it
     * @throws IOException when it cannot be done
     */
    void setAccess(Path path, @Nullable String owner, @Nullable String group, @Nullable String mode) throws IOException;

    /**
     * @param path a file or folder, or one that is to be made
     * @return bytes that this process may still write on its file system
     * @throws IOException when that cannot be found out
     */
    long room(Path path) throws IOException;

    /** A file being written. */
    interface Output extends AutoCloseable {
        /**
         * Writes all bytes that remain in the buffer.
         *
         * @param bytes what to write
         * @throws DiskFull when there is no room
         * @throws IOException when it cannot be written
         */
        void write(ByteBuffer bytes) throws IOException;

        /**
         * Makes the bytes written so far durable.
         *
         * @throws DiskFull when there is no room
         * @throws IOException when that failed; the bytes must then be counted as lost (a second try proves nothing)
         */
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A piece of a path is longer than the file system takes; it never will be made. */
    final class NameTooLong extends FileSystemException {
        private static final long serialVersionUID = 1;

        /**
         * @param file what was to be made
         * @param cause the system's answer
         */
        public NameTooLong(Path file, Throwable cause) {
            super(file.toString(), null, "a name is too long");
            initCause(cause);
        }
    }

    /** What has the name is no file. */
    final class NoFile extends FileSystemException {
        private static final long serialVersionUID = 1;

        /** @param path what has the name */
        public NoFile(Path path) {
            super(path.toString(), null, "Not a regular file");
        }
    }

    /** Owner, group or mode cannot be set. */
    final class NotPermitted extends FileSystemException {
        private static final long serialVersionUID = 1;
        private final String what;

        /**
         * @param file whose
         * @param what which of them, and the wish
         * @param reason the system's answer
         */
        public NotPermitted(Path file, String what, String reason) {
            super(file.toString(), null, reason);
            this.what = what;
        }

        /** {@return which of them, and the wish: {@code owner root}} */
        public String what() {
            return what;
        }
    }

    /** There is no room, or the quota is reached. */
    final class DiskFull extends IOException {
        private static final long serialVersionUID = 1;

        /**
         * @param file what was being written
         * @param cause the system's answer
         */
        public DiskFull(Path file, Throwable cause) {
            super("no room for " + file, cause);
        }
    }
}
