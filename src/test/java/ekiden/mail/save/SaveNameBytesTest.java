package ekiden.mail.save;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.disk.FileDisk;
import ekiden.mail.mime.SafeName;
import ekiden.model.definition.NamePattern;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of as many bytes as a file can have, and of more once the values of a mail are in them. */
class SaveNameBytesTest {
    private static final String LONG = "注文".repeat(300);

    private static Path path(String patterns, String subject) {
        Result<Path> path = new SaveNames(Map.of("subject", subject, "date", "2026-11-28")).path(patterns);
        assertThat(path).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Path>) path).value();
    }

    private static void made(Path below, Path path) throws IOException {
        Path all = below.resolve(path.subpath(0, path.getNameCount()).toString());
        new FileDisk().makeFolders(all);
        assertThat(all).isDirectory();
    }

    @Test
    void valueOfTheMailThatIsLongerThanANameIsCutBetweenTwoCharacters(@TempDir Path real) throws IOException {
        Path path = path("/srv/{date}-{subject}/in", LONG);
        assertThat(path.getName(1).toString()).startsWith("2026-11-28-注文").matches("[0-9-]+(注文)+注?");
        made(real, path);
    }

    @Test
    void valueOfTheRunThatIsLongerThanANameIsCutBetweenTwoCharacters(@TempDir Path real) throws IOException {
        Path filled = path("/srv/x-" + LONG + "/in", "s");
        assertThat(filled.getName(1).toString()).matches("x-(注文)+注?");
        assertThat(SafeName.bytes(filled.getName(1).toString())).isBetween(SafeName.MAX_BYTES - 3, SafeName.MAX_BYTES);
        made(real, filled);
    }

    @Test
    void valueOfTheRunBesideOneOfTheMailMayBeLongerThanAPatternThatIsWritten(@TempDir Path real) throws IOException {
        made(real, path("/srv/" + NamePattern.literal("{" + LONG) + "{date}", "s"));
        assertThat(NameTemplate.filled(LONG + "{name}", NamePattern.OF_ATTACHMENT))
                .isInstanceOf(Result.Ok.class);
        assertThat(NameTemplate.parse(LONG + "{name}", NamePattern.OF_ATTACHMENT))
                .isInstanceOf(Result.Failed.class);
    }

    @Test
    void nameOfExactlyAsManyBytesAsAFileCanHaveStaysAsItIs(@TempDir Path real) throws IOException {
        String most = "あ".repeat(85);
        assertThat(path("/srv/" + most, "s").getName(1)).hasToString(most);
        made(real, path("/srv/" + most, "s"));
    }

    @Test
    void listOfTheLongestNameTakesEntriesAndGivesThemBack(@TempDir Path real) throws IOException {
        Path list = real.resolve("x".repeat(255));
        ReceptionLists lists = new ReceptionLists(new FileDisk());
        lists.append("c1", list, "SENDER: one\n");
        lists.append("c2", list, "SENDER: two\n");
        lists.takeBack("c1", list);
        lists.forget("c2", list);
        assertThat(Files.readString(list)).isEqualTo("UNDONE: one\nSENDER: two\n");
        assertThat(new FileDisk().list(real)).containsExactly(list);
    }
}
