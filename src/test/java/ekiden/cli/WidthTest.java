package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WidthTest {
    @Test
    void eastAsianCharactersTakeTwoColumns() {
        assertThat(Width.of("abc")).isEqualTo(3);
        assertThat(Width.of("正常終了")).isEqualTo(8);
        assertThat(Width.of("ﾊﾝｶｸ")).isEqualTo(4);
        assertThat(Width.of("e\u0301")).isEqualTo(1);
        assertThat(Width.of("𠮷")).isEqualTo(2);
    }

    @Test
    void whatIsTooWideIsCutAtAColumn() {
        assertThat(Width.cut("注文書", 6)).isEqualTo("注文書");
        assertThat(Width.cut("注文書", 5)).isEqualTo("注文…");
        assertThat(Width.cut("注文書", 4)).isEqualTo("注…");
    }

    @Test
    void columnsStandUnderOneAnotherAndTerminalsAreSafe() {
        Table table = new Table().name("A").cut("B");
        table.row("正常終了", "x");
        table.row("abc", "y\u001b[2J");
        assertThat(table.show(0)).isEqualTo("A         B\n正常終了  x\nabc       y [2J\n");
    }
}
