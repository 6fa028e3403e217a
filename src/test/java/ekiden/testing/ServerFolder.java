package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one server process: its settings, data and logs. Other users of the machine may pass through it, because
 * servers change their user. Removed on close.
 */
final class ServerFolder implements AutoCloseable {
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final int LOG_CHARACTERS = 8_000;
    private static final String PREFIX = "ekiden-test-";
    /** The number is the id of the process whose tests made it. */
    private static final Pattern NAME = Pattern.compile(PREFIX + "[a-z]+-(\\d{1,10})-\\d+");

    private final Path path;

    /**
     * @param name what it is for, part of its name
     */
    ServerFolder(String name) {
        try {
            sweep(Path.of(System.getProperty("java.io.tmpdir")));
            path = Files.createTempDirectory(
                    PREFIX + name + "-" + ProcessHandle.current().pid() + "-");
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Removes what the tests of a virtual machine left that was killed. */
    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path folder : folders) {
                Matcher name = NAME.matcher(folder.getFileName().toString());
                if (name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
                    Eventually.becomes(WITHIN, () -> removed(folder));
                }
            }
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

    /** Gives a folder to a user and its first group. */
    private static void own(Path folder, String user) throws IOException {
        Files.setAttribute(folder, "unix:uid", number("-u", user));
        Files.setAttribute(folder, "unix:gid", number("-g", user));
    }

    /** {@return the number of a user (-u) or of its first group (-g)} */
    private static int number(String which, String user) {
        String number = ChildProcess.run("id " + user, new ProcessBuilder("id", which, user), WITHIN);
        return Integer.parseInt(number.strip());
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
        Eventually.within(WITHIN, path + " is removed", () -> removed(path));
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
