package ekiden.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReasonTest {
    private static final String FILE = "/files/注文書.xlsx";

    @Test
    void refusalsAreToldInTheWordsOfTheSystemWithoutTheFile() {
        assertThat(Reason.of(new AccessDeniedException(FILE))).isEqualTo("Permission denied");
        assertThat(Reason.of(new NoSuchFileException(FILE))).isEqualTo("No such file or directory");
        assertThat(Reason.of(new FileAlreadyExistsException(FILE))).isEqualTo("File exists");
        assertThat(Reason.of(new FileSystemException(FILE, null, "Read-only file system")))
                .isEqualTo("Read-only file system");
        assertThat(Reason.of(new FileNotFoundException(FILE + " (Permission denied)")))
                .isEqualTo("Permission denied");
        assertThat(Reason.of(new InvalidPathException(FILE, "Nul character"))).isEqualTo("not the name of a file");
        assertThat(Reason.of(new MalformedInputException(1))).isEqualTo("not UTF-8");
    }

    @Test
    void whatTheSystemAnsweredCountsNotWhatWasWrappedAroundIt() {
        IOException full = new IOException("No space left on device");
        assertThat(Reason.of(new IOException("no room for " + FILE, full))).isEqualTo("No space left on device");
    }

    @Test
    void failureWithoutWordsNamesNoClass() {
        assertThat(Reason.of(new IOException())).isEqualTo("no reason was given");
        assertThat(Reason.of(new FileSystemException(FILE))).isEqualTo("no reason was given");
    }

    @Test
    void realSystemIsToldAsItsToolsTellIt(@TempDir Path folder) {
        Throwable folderRead = Assertions.catchThrowable(() -> Files.readString(folder));
        assertThat(Reason.of(folderRead)).isEqualTo("Is a directory");
    }
}
