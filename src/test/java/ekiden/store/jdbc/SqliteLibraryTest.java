package ekiden.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteJDBCLoader;

class SqliteLibraryTest {
    @TempDir
    Path folder;

    @Test
    void machineCodeLiesBesideTheDatabaseUnderOneNameHoweverOftenItIsStarted() throws IOException {
        Path first = Objects.requireNonNull(SqliteLibrary.unpack(folder));
        Files.setLastModifiedTime(first, FileTime.fromMillis(0));
        Path second = Objects.requireNonNull(SqliteLibrary.unpack(folder));
        assertEquals(first, second);
        assertEquals(FileTime.fromMillis(0), Files.getLastModifiedTime(second), "not written again");
        Path own = folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion());
        assertEquals(List.of(second), filesIn(own));
    }

    @Test
    void folderThatCannotBeMadeIsAFailureAndLeavesNothing() throws IOException {
        Files.createFile(folder.resolve("sqlite-" + SQLiteJDBCLoader.getVersion()));
        assertThrows(IOException.class, () -> SqliteLibrary.unpack(folder));
        assertEquals(1, filesIn(folder).size());
    }

    private static List<Path> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
