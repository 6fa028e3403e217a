package ekiden.main;

import ekiden.base.Result;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one call, removed with everything in it when it is closed. */
record TemporaryFolder(Path folder) implements AutoCloseable {
    /** Makes one that only its owner can read. */
    static Result<TemporaryFolder> make(String prefix) {
        try {
            return Result.ok(new TemporaryFolder(Files.createTempDirectory(prefix)));
        } catch (IOException wrong) {
            return Result.failed(
                    MailCommandMessage.NO_TEMPORARY_FOLDER, "folder", System.getProperty("java.io.tmpdir", ""));
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            System.getLogger(TemporaryFolder.class.getName()).log(Level.WARNING, "left behind: {0}", folder);
        }
    }
}
