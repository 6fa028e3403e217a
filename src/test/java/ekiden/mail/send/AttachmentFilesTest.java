package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class AttachmentFilesTest {
    private final Disk disk = new FileDisk();

    @TempDir
    Path base;

    @BeforeEach
    void files() throws IOException {
        disk.makeFolders(base.resolve("out/deep/deeper"));
        for (String name : List.of(
                "a.txt",
                "out/b.pdf",
                "out/a.pdf",
                "out/c.csv",
                "out/deep/d.pdf",
                "out/deep/deeper/e.pdf",
                "out/x[1].pdf")) {
            disk.create(base.resolve(name)).close();
        }
        disk.makeFolders(base.resolve("out/folder.pdf"));
    }

    private List<String> found(String... patterns) {
        return switch (new AttachmentFiles(disk).resolve(List.of(patterns), base)) {
            case Result.Ok<List<Path>>(List<Path> files) ->
                files.stream()
                        .map(file -> base.relativize(file).toString().replace('\\', '/'))
                        .toList();
            case Result.Failed<List<Path>>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private String problem(ComposeLimits limits, String... patterns) {
        return switch (new AttachmentFiles(disk, limits).resolve(List.of(patterns), base)) {
            case Result.Ok<List<Path>>(List<Path> files) -> "found " + files;
            case Result.Failed<List<Path>>(Problem problem) -> problem.id();
        };
    }

    @Test
    void namesArePatternsOrFiles() {
        assertThat(found()).isEmpty();
        assertThat(found("a.txt", base.resolve("out/c.csv").toString())).containsExactly("a.txt", "out/c.csv");
        assertThat(found("out/../a.txt", "./a.txt")).containsExactly("a.txt");
        assertThat(found("out/x[1].pdf")).containsExactly("out/x[1].pdf");
    }

    private Result<List<Path>> listed(ComposeLimits limits, String list, byte[] bytes) throws IOException {
        Files.write(base.resolve("list.txt"), bytes);
        return new AttachmentFiles(disk, limits).resolve(List.of("a.txt"), list, base);
    }

    private static String id(Result<List<Path>> result) {
        return ((Result.Failed<List<Path>>) result).problem().id();
    }

    @Test
    void listNamesFilesAndPatternsALine() throws IOException {
        byte[] lines = "\ufeff out/c.csv\r\n\n  out/?.pdf  \na.txt".getBytes(StandardCharsets.UTF_8);
        assertThat(listed(ComposeLimits.DEFAULT, "list.txt", lines))
                .isEqualTo(Result.ok(List.of(
                        base.resolve("a.txt"),
                        base.resolve("out/c.csv"),
                        base.resolve("out/a.pdf"),
                        base.resolve("out/b.pdf"))));
        assertThat(listed(ComposeLimits.DEFAULT, "list.txt", new byte[0]))
                .isEqualTo(Result.ok(List.of(base.resolve("a.txt"))));
        assertThat(id(listed(ComposeLimits.DEFAULT, "list.txt", "none.txt".getBytes(StandardCharsets.UTF_8))))
                .isEqualTo("EKDM0604-E");
    }

    @Test
    void listThatCannotBeReadEndsIt() throws IOException {
        assertThat(id(listed(ComposeLimits.DEFAULT, "none.txt", new byte[0]))).isEqualTo("EKDM0381-E");
        byte[] shiftJis = "表.csv".getBytes(Charset.forName("windows-31j"));
        assertThat(id(listed(ComposeLimits.DEFAULT, "list.txt", shiftJis))).isEqualTo("EKDM0380-E");
        assertThat(id(listed(ComposeLimits.DEFAULT, "list.txt", new byte[(16 << 20) + 1])))
                .isEqualTo("EKDM0381-E");
        ComposeLimits one = new ComposeLimits(1, 1, 10, 10, 10, 10, 10);
        byte[] two = "a.txt\na.txt".getBytes(StandardCharsets.UTF_8);
        assertThat(id(listed(one, "list.txt", two))).isEqualTo("EKDM0608-E");
    }

    @Test
    void starsStayWithinAFolderAndDoubleStarsDoNot() {
        assertThat(found("out/*.pdf")).containsExactly("out/a.pdf", "out/b.pdf", "out/x[1].pdf");
        assertThat(found("out/?.pdf", "*.txt")).containsExactly("out/a.pdf", "out/b.pdf", "a.txt");
        assertThat(found("out/*/*.pdf")).containsExactly("out/deep/d.pdf");
        assertThat(found("out/**/e.pdf")).containsExactly("out/deep/deeper/e.pdf");
        assertThat(found("out/**.pdf")).hasSize(5).contains("out/a.pdf", "out/deep/deeper/e.pdf");
        assertThat(found("out/x[1]*")).containsExactly("out/x[1].pdf");
        assertThat(found(base.resolve("out").toString() + "/*.csv")).containsExactly("out/c.csv");
    }

    @Test
    @Timeout(20)
    void manyStarsCostNoMoreThanTheNameIsLong() throws IOException {
        disk.create(base.resolve("a".repeat(200))).close();
        assertThat(problem(ComposeLimits.DEFAULT, "*a".repeat(40) + "*b")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
        assertThat(found("*a".repeat(40) + "*")).containsExactly("a".repeat(200));
    }

    @Test
    void signsTakeWholeCharactersAndStarsMayTakeNone() throws IOException {
        disk.create(base.resolve("𠮷.dat")).close();
        assertThat(found("?.dat")).containsExactly("𠮷.dat");
        assertThat(found("*𠮷*.dat*")).containsExactly("𠮷.dat");
        assertThat(problem(ComposeLimits.DEFAULT, "??.dat")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
        assertThat(problem(ComposeLimits.DEFAULT, "*.da")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
        assertThat(problem(ComposeLimits.DEFAULT, "*\0*.dat")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThat(problem(ComposeLimits.DEFAULT, "out/absent.pdf")).isEqualTo(ComposeMessage.NO_ATTACHMENT.id());
        assertThat(problem(ComposeLimits.DEFAULT, "out/*.zip")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
        assertThat(problem(ComposeLimits.DEFAULT, "absent/*.pdf")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
        assertThat(problem(ComposeLimits.DEFAULT, "out")).isEqualTo(ComposeMessage.ATTACHMENT_UNREADABLE.id());
        assertThat(problem(ComposeLimits.DEFAULT, "a\0b")).isEqualTo(ComposeMessage.BAD_PATTERN.id());
        assertThat(problem(ComposeLimits.DEFAULT, "a\0b/*")).isEqualTo(ComposeMessage.BAD_PATTERN.id());
    }

    @Test
    void limitsHoldAtOneMore() {
        ComposeLimits three = new ComposeLimits(10, 3, 10, 10, 10, 1000, 32);
        assertThat(problem(three, "out/*.pdf")).startsWith("found");
        assertThat(problem(three, "out/*.pdf", "a.txt")).isEqualTo(ComposeMessage.TOO_MANY_ATTACHMENTS.id());
        ComposeLimits seen = new ComposeLimits(10, 10, 10, 10, 10, 6, 32);
        assertThat(problem(seen, "out/*.pdf")).startsWith("found");
        assertThat(problem(seen, "out/**.pdf")).isEqualTo(ComposeMessage.PATTERN_TOO_WIDE.id());
        ComposeLimits flat = new ComposeLimits(10, 10, 10, 10, 10, 1000, 2);
        assertThat(problem(flat, "out/**/d.pdf")).startsWith("found");
        assertThat(problem(flat, "out/**/e.pdf")).isEqualTo(ComposeMessage.NOTHING_FITS.id());
    }
}
