package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the programs that tests start. What is missing fails the test, with the names of what to install. */
public final class Programs {
    private static final List<String> FOLDERS = List.of(
            "/usr/local/bin",
            "/usr/local/sbin",
            "/usr/bin",
            "/usr/sbin",
            "/bin",
            "/sbin",
            "/usr/lib/dovecot",
            "/usr/libexec/dovecot");

    /** Folders with a version inside their name: parent, then what stands below each child. */
    private static final List<List<String>> VERSIONED =
            List.of(List.of("/usr/lib/postgresql", "bin"), List.of("/usr", "bin"));

    private Programs() {}

    /**
     * Says all at once what is missing.
     *
     * @param programs what the test needs
     * @throws AssertionError with the name and the Debian package of each that is missing
     */
    public static void need(Program... programs) {
        List<Program> missing = new ArrayList<>();
        for (Program program : programs) {
            if (find(program.file()).isEmpty()) {
                missing.add(program);
            }
        }
        if (!missing.isEmpty()) {
            throw new AssertionError(message(missing));
        }
    }

    /**
     * @param program what to find
     * @return where it is
     * @throws AssertionError where it is missing
     */
    public static Path path(Program program) {
        return find(program.file()).orElseThrow(() -> new AssertionError(message(List.of(program))));
    }

    /** {@return the sentence that says what is missing and which packages have it} */
    static String message(List<Program> missing) {
        TreeSet<String> packages = new TreeSet<>();
        StringBuilder text = new StringBuilder("these programs are missing on this machine:");
        for (Program program : missing) {
            text.append(' ').append(program.file());
            packages.add(program.debianPackage());
        }
        return text + ". Debian packages: " + String.join(" ", packages)
                + ". ./dev test installs them when it is started by root on Debian.";
    }

    /** {@return where the file is, looked for on the PATH first} */
    static Optional<Path> find(String file) {
        return folders().stream()
                .map(folder -> folder.resolve(file))
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .findFirst();
    }

    private static List<Path> folders() {
        List<Path> folders = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (folder.startsWith("/")) {
                folders.add(Path.of(folder));
            }
        }
        FOLDERS.forEach(folder -> folders.add(Path.of(folder)));
        VERSIONED.forEach(pair -> children(Path.of(pair.getFirst()), pair.getLast(), folders));
        return folders;
    }

    private static void children(Path parent, String below, List<Path> folders) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        String glob = parent.equals(Path.of("/usr")) ? "pgsql-*" : "*";
        try (DirectoryStream<Path> versions = Files.newDirectoryStream(parent, glob)) {
            versions.forEach(version -> folders.add(version.resolve(below)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
