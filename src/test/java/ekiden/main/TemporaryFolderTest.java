package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFolderTest {
    private static final int FILES = 3_000;

    @TempDir
    private Path folder;

    @Test
    void folderThatIsAbsentIsRemovedAlready() throws IOException {
        TemporaryFolder.remove(folder.resolve("absent"));
        assertThat(folder).exists();
    }

    @Test
    void folderIsRemovedThoughSomebodyElseRemovesFilesOfItToo() throws IOException {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("attempts"));
        for (int i = 0; i < FILES; i++) {
            Files.createFile(home.resolve("ekiden.db-" + i));
        }
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < FILES; i++) {
                gone(home.resolve("ekiden.db-" + i));
            }
        });
        TemporaryFolder.remove(home);
        assertThat(home).doesNotExist();
        other.join();
    }

    private static void gone(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }
}
