package ekiden.model;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.StateTable;
import ekiden.mail.receive.CanaryPhase;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.send.SendPhase;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.JobStatus;
import ekiden.model.run.RunStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/states.md} is drawn from the tables. Where it differs, the new text is written beside it. */
class StatesDocTest {
    private static final Path GOLDEN = Path.of("docs", "states.md");

    private record Drawing(String title, String text, StateTable<?, ?> table) {}

    private static final List<Drawing> DRAWINGS = List.of(
            new Drawing(
                    "Run",
                    "A run of a jobnet, from the mail or the person that started it to its end.",
                    RunStatus.TABLE),
            new Drawing(
                    "Job",
                    "A job in a run. An attempt that surely did not run is made again by itself.",
                    JobStatus.TABLE),
            new Drawing("Mail", "A mail in the catalogue.", CatalogueMail.TABLE),
            new Drawing("Reader", "What watches a folder at a server.", ReaderPhase.TABLE),
            new Drawing(
                    "Canary",
                    "The newest canary mail of a mailbox: sent to see whether mail reaches it.",
                    CanaryPhase.TABLE),
            new Drawing("Submission", "A mail on its way out over SMTP.", SendPhase.TABLE));

    private static String page() {
        String drawings = DRAWINGS.stream()
                .map(one -> "\n## " + one.title() + "\n\n" + one.text() + "\n\n```mermaid\n"
                        + one.table().diagram() + "```\n")
                .collect(Collectors.joining());
        return "# States\n\nDrawn from the tables in the code by a test, which fails when this page differs."
                + " The new page then lies in `target/states.md`.\n" + drawings;
    }

    @Test
    void pageOfStatesIsDrawnFromTheTables() throws IOException {
        String present = Files.exists(GOLDEN) ? Files.readString(GOLDEN, StandardCharsets.UTF_8) : "";
        String wanted = page();
        if (!present.equals(wanted)) {
            Files.createDirectories(Path.of("target"));
            Files.writeString(Path.of("target", "states.md"), wanted, StandardCharsets.UTF_8);
        }
        assertThat(present).as("docs/states.md against target/states.md").isEqualTo(wanted);
    }
}
