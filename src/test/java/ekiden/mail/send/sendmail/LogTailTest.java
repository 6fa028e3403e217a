package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    private Path folder;

    private final List<String> lines = new ArrayList<>();

    private Path log() {
        return folder.resolve("mail.log");
    }

    private void add(String text) throws IOException {
        Files.writeString(log(), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> next(LogTail tail) throws IOException {
        lines.clear();
        tail.next(lines::add);
        return List.copyOf(lines);
    }

    @Test
    void onlyWholeLinesAreReadAndEachOnce() throws IOException {
        LogTail tail = new LogTail(log(), 1000);
        add("one\ntw");
        assertThat(next(tail)).containsExactly("one");
        add("o\nthree\n");
        assertThat(next(tail)).containsExactly("two", "three");
        assertThat(next(tail)).isEmpty();
    }

    @Test
    void logThatIsRotatedIsReadToItsEndBeforeTheNewOne() throws IOException {
        LogTail tail = new LogTail(log(), 1000);
        add("one\n");
        next(tail);
        add("two\n");
        Files.move(log(), folder.resolve("mail.log.1"));
        add("three\n");
        assertThat(next(tail)).containsExactly("two", "three");
    }

    @Test
    void linesThatStillGoIntoTheRotatedLogAreReadUntilItsWriterIsToldOfTheRotation() throws IOException {
        LogTail tail = new LogTail(log(), 1000);
        add("one\n");
        next(tail);
        Path former = folder.resolve("mail.log.1");
        Files.move(log(), former);
        Files.createFile(log());
        assertThat(next(tail)).isEmpty();
        Files.writeString(former, "two\nthr", StandardOpenOption.APPEND);
        assertThat(next(tail)).containsExactly("two");
        Files.writeString(former, "ee\n", StandardOpenOption.APPEND);
        add("four\n");
        assertThat(next(tail)).containsExactly("three", "four");
        assertThat(next(tail)).isEmpty();
    }

    @Test
    void atFirstOnlyTheEndOfALargeLogIsRead() throws IOException {
        add("x".repeat(50) + "\nlast\n");
        assertThat(next(new LogTail(log(), 5))).containsExactly("last");
        Files.writeString(folder.resolve("mail.log.1"), "x".repeat(50) + "\nformer\n");
        assertThat(next(new LogTail(log(), 7))).containsExactly("former", "x", "last");
    }

    @Test
    void logThatIsEmptiedBeginsAnewAndOneThatIsMissingIsTold() throws IOException {
        LogTail tail = new LogTail(log(), 1000);
        assertThatThrownBy(() -> next(tail)).isInstanceOf(IOException.class);
        add("one\ntwo\n");
        next(tail);
        Files.writeString(log(), "new\n");
        assertThat(next(tail)).containsExactly("new");
    }
}
