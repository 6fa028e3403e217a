package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one server process: its settings, data and logs. Other users of the machine may pass through it, because
 * servers change their user. Removed on close.
 */
final class ServerFolder implements AutoCloseable {
    private static final Duration REMOVED_WITHIN = Duration.ofSeconds(10);
    private static final int LOG_CHARACTERS = 8_000;
    private final Path path;

    /**
     * @param name what it is for, part of its name
     */
    ServerFolder(String name) {
        try {
            path = Files.createTempDirectory("ekiden-" + name + "-");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    Path path() {
        return path;
    }

    Path path(String name) {
        return path.resolve(name);
    }

    /** Makes a folder inside; with an owner where this process is root. {@return it} */
    Path folder(String name, @Nullable String owner) {
        try {
            Path folder = Files.createDirectories(path.resolve(name));
            if (owner != null && root()) {
                own(folder, owner);
            }
            return folder;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Gives a file or folder to a user and its group. */
    static void own(Path file, String user) throws IOException {
        try {
            Files.setOwner(
                    file, file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        } catch (FileSystemException refused) {
            throw new IOException("cannot give " + file + " to the user " + user, refused);
        }
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(path.resolve(name), text, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return the end of a log file, for the message of a failure} */
    String log(String name) {
        Path file = path.resolve(name);
        if (!Files.exists(file)) {
            return "(no " + name + ")";
        }
        try {
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.substring(Math.max(0, text.length() - LOG_CHARACTERS));
        } catch (IOException broken) {
            return "(" + name + ": " + broken + ")";
        }
    }

    /** {@return whether this process may change owners and users} */
    static boolean root() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException | UnsupportedOperationException noSuchSystem) {
            return "root".equals(System.getProperty("user.name"));
        }
    }

    @Override
    public void close() {
        // A server that was told to end may still write into it.
        Eventually.within(REMOVED_WITHIN, path + " is removed", () -> removed(path));
    }

    private static boolean removed(Path top) {
        try {
            Files.walkFileTree(top, new Remover());
            return true;
        } catch (NoSuchFileException gone) {
            return !Files.exists(top);
        } catch (IOException busy) {
            return false;
        }
    }

    private static final class Remover extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException broken) throws IOException {
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
