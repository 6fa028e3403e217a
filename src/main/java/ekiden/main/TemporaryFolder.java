package ekiden.main;

import ekiden.base.LazyLogger;
import ekiden.base.Result;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** A folder for one call, removed with everything in it when it is closed. */
record TemporaryFolder(Path folder) implements AutoCloseable {
    private static final int TRIES = 10;

    /** Makes one that only its owner can read. */
    static Result<TemporaryFolder> make(String prefix) {
        try {
            return Result.ok(new TemporaryFolder(Files.createTempDirectory(prefix)));
        } catch (IOException wrong) {
            return Result.failed(
                    MailCommandMessage.NO_TEMPORARY_FOLDER, "folder", System.getProperty("java.io.tmpdir", ""));
        }
    }

    /**
     * Removes a folder with everything in it. What ends just now (a command, the database) may still remove or write files in it: what is gone is no
     * failure, and what came is removed as well, unless it goes on coming.
     *
     * @param folder the folder; may be absent
     * @throws IOException what stood in the way at the last try
     */
    static void remove(Path folder) throws IOException {
        for (int tries = 1; Files.exists(folder); tries++) {
            try {
                once(folder);
                return;
            } catch (IOException changing) {
                if (tries == TRIES) {
                    throw changing;
                }
            }
        }
    }

    private static void once(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw why;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path one, @Nullable IOException why) throws IOException {
                Files.deleteIfExists(one);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    @Override
    public void close() {
        try {
            remove(folder);
        } catch (IOException left) {
            LazyLogger.of(TemporaryFolder.class).log(Level.WARNING, "left behind: {0}", folder);
        }
    }
}
