package ekiden.mail.address.file;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Found;
import ekiden.testing.StepClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileBookTest {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final AddressLimits SMALL =
            new AddressLimits(200, 100, 2, 2, 50, 20, 5, 8, 1_000, SOON, Duration.ofSeconds(1));

    private final StepClock clock = new StepClock();

    @TempDir
    private Path folder = Path.of("");

    private FileBook book(Path path) {
        FileBook.Plan plan = new FileBook.Plan("own", false, path, ".map", new AddressMap("own"));
        return new FileBook(plan, SMALL, clock);
    }

    private static Problem problem(Result<Found> found) {
        assertThat(found).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<Found>) found).problem();
    }

    private static List<Entry> whole(Result<Found> found) {
        assertThat(found).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Found>) found).value().whole();
    }

    @Test
    void fileThatIsNotThereAndComesLater() {
        Path file = folder.resolve("a.map");
        FileBook book = book(file);
        Problem problem = problem(book.find("a", SOON));
        assertThat(problem.id()).isEqualTo(AddressMessage.UNREADABLE.id());
        assertThat(problem.values())
                .containsEntry("book", "own")
                .containsEntry("file", file.toString())
                .containsEntry("reason", "No such file or directory");
        BookFolder.write(file, "a = a@example.jp\n");
        assertThat(whole(book.find("a", SOON))).hasSize(1);
    }

    @Test
    @Timeout(20)
    void namedPipeIsNoBookAndNobodyWaitsForIt() throws IOException, InterruptedException {
        Path pipe = folder.resolve("pipe.map");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        Problem problem = problem(book(pipe).find("a", SOON));
        assertThat(problem.id()).isEqualTo(AddressMessage.UNREADABLE.id());
        assertThat(problem.values()).containsEntry("reason", "Not a regular file");
    }

    @Test
    void changedFileIsReadAgainAfterTheRest() throws IOException {
        Path file = BookFolder.write(folder.resolve("a.map"), "a = a@example.jp\n");
        FileBook book = book(file);
        assertThat(whole(book.find("a", SOON))).hasSize(1);
        BookFolder.write(file, "b = b@example.jp\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        assertThat(whole(book.find("b", SOON))).isEmpty();
        clock.advance(SMALL.rest());
        assertThat(whole(book.find("b", SOON))).hasSize(1);
        assertThat(whole(book.find("a", SOON))).isEmpty();
    }

    @Test
    void brokenLineKeepsTheWholeBookFromBeingUsed() {
        Path file = BookFolder.write(folder.resolve("a.map"), "a = a@example.jp\nb\n");
        assertThat(problem(book(file).find("a", SOON)).id()).isEqualTo(AddressMessage.BAD_LINE.id());
    }

    @Test
    void folderHasOnlyFilesOfItsKind() {
        BookFolder.write(folder.resolve("a.map"), "a = a@example.jp\n");
        BookFolder.write(folder.resolve("B.MAP"), "b = b@example.jp\n");
        BookFolder.write(folder.resolve(".hidden.map"), "not a map");
        BookFolder.write(folder.resolve("notes.txt"), "not a map");
        FileBook book = book(folder);
        assertThat(whole(book.find("a", SOON))).hasSize(1);
        assertThat(whole(book.find("b", SOON))).hasSize(1);
    }

    @Test
    void oneFileTooMany() {
        BookFolder.write(folder.resolve("a.map"), "");
        BookFolder.write(folder.resolve("b.map"), "");
        assertThat(whole(book(folder).find("a", SOON))).isEmpty();
        BookFolder.write(folder.resolve("c.map"), "");
        assertThat(problem(book(folder).find("a", SOON)).id()).isEqualTo(AddressMessage.TOO_LARGE.id());
    }

    @Test
    void oneEntryTooMany() {
        Path file = BookFolder.write(folder.resolve("a.map"), "a = a@example.jp\nb = b@example.jp\n");
        assertThat(whole(book(file).find("a", SOON))).hasSize(1);
        BookFolder.write(file, "a = a@example.jp\nb = b@example.jp\nc = c@example.jp\n");
        assertThat(problem(book(file).find("a", SOON)).id()).isEqualTo(AddressMessage.TOO_MANY_ENTRIES.id());
    }

    @Test
    void oneByteTooMany() {
        String most = "a = a@example.jp\n#" + "x".repeat(SMALL.fileBytes() - 18);
        assertThat(most.getBytes(StandardCharsets.UTF_8)).hasSize(SMALL.fileBytes());
        Path file = BookFolder.write(folder.resolve("a.map"), most);
        assertThat(whole(book(file).find("a", SOON))).hasSize(1);
        BookFolder.write(file, most + "x");
        assertThat(problem(book(file).find("a", SOON)).id()).isEqualTo(AddressMessage.TOO_LARGE.id());
    }
}
