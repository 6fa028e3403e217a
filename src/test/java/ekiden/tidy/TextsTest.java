package ekiden.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void aMarkOfUnfinishedWork() {
        assertThat(Texts.unfinished("a.md", "fine\n// TO" + "DO later"))
                .singleElement()
                .asString()
                .startsWith("a.md:2");
        assertThat(Texts.unfinished("a.md", "FIX" + "ME")).hasSize(1);
        assertThat(Texts.unfinished("a.md", "the method is fine, TODOS and mastodons too"))
                .isEmpty();
    }

    @Test
    void aPathOfOneMachine() {
        assertThat(Texts.machine("a", "see /wo" + "rk/x")).hasSize(1);
        assertThat(Texts.machine("a", "/ro" + "ot/.m2")).hasSize(1);
        assertThat(Texts.machine("a", "https://repo.inter" + "nal/maven")).hasSize(1);
        assertThat(Texts.machine("a", "/usr/lib/jvm and home/wo" + "rk/x and ~/wo" + "rk/x"))
                .isEmpty();
    }

    @Test
    void aMarkdownFileWithoutOrWithTwoTitles() {
        assertThat(Texts.headings("a.md", "text")).hasSize(1);
        assertThat(Texts.headings("a.md", "# one\n# two\n")).hasSize(1);
        assertThat(Texts.headings("a.md", "# one\n```sh\n# a comment\n```\n## two\n"))
                .isEmpty();
    }

    @Test
    void aDecisionRecordWithoutNumberOrWithOneThatIsTaken() {
        assertThat(Texts.decisions(List.of("docs/adr/0001-a.md", "docs/adr/0002-b.md")))
                .isEmpty();
        assertThat(Texts.decisions(List.of("docs/adr/0001-a.md", "docs/adr/0001-b.md")))
                .hasSize(1);
        assertThat(Texts.decisions(List.of("docs/adr/readme.md"))).hasSize(1);
    }
}
