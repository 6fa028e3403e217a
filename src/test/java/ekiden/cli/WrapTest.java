package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages on a terminal: lines as wide as it is, and whole lines everywhere else. */
class WrapTest {
    private static List<String> lines(String text, int width) {
        return Wrap.lines(text, "", "  ", width);
    }

    private static String told(int columns, String line, String... values) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        Path here = Path.of("/nowhere");
        new Terminal(
                        stream,
                        stream,
                        Map.of(),
                        here,
                        here,
                        () -> ZoneId.of("Asia/Tokyo"),
                        new ekiden.base.SystemClock(),
                        time -> false,
                        () -> columns,
                        () -> 0)
                .tell(line, List.of(values));
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void lineAsWideAsTheTerminalStaysAndOneColumnMoreIsBrokenAtABlank() {
        assertThat(lines("one two three", 13)).containsExactly("one two three");
        assertThat(lines("one two three", 12)).containsExactly("one two", "  three");
    }

    @Test
    void japaneseCountsTwoColumnsAndIsBrokenAnywhereButBeforeAStop() {
        assertThat(lines("注文書です。", 12)).containsExactly("注文書です。");
        assertThat(lines("注文書です。", 11)).containsExactly("注文書で", "  す。");
        assertThat(lines("注文𠮷書です", 6)).containsExactly("注文𠮷", "  書で", "  す");
    }

    @Test
    void pathAddressAndIdAreNeverBroken() {
        assertThat(lines("in /srv/注文/受信箱/in.csv now", 12)).containsExactly("in", "  /srv/注文/受信箱/in.csv", "  now");
        assertThat(lines("「/srv/注文」を読めません。", 16)).containsExactly("「/srv/注文」を", "  読めません。");
        assertThat(lines("see http://127.0.0.1:8025/api/v1/runs", 10))
                .containsExactly("see", "  http://127.0.0.1:8025/api/v1/runs");
        assertThat(lines("a <01a00000-0000@customer.example> b", 10))
                .containsExactly("a", "  <01a00000-0000@customer.example>", "  b");
    }

    @Test
    void pathWithBlanksIsNotBrokenWhereTheMessageKnowsIt() {
        String line = "  Cause: It is /srv/my home/in box/a.csv again";
        assertThat(told(30, line, "/srv/my home/in box/a.csv", "It is"))
                .isEqualTo("  Cause: It is\n    /srv/my home/in box/a.csv\n    again\n");
        assertThat(told(30, line)).contains("my home/in\n");
    }

    @Test
    void whatIsNoTerminalGetsTheLineWhole() {
        String line = "word ".repeat(100).strip();
        assertThat(told(0, line)).isEqualTo(line + "\n");
        assertThat(told(80, line).lines())
                .hasSizeGreaterThan(5)
                .allSatisfy(part -> assertThat(Width.of(part)).isLessThanOrEqualTo(80));
    }

    @Test
    void messagesOfACommandAreWrappedButNotWithJson() {
        Path home = Path.of("/nowhere/home");
        Map<String, String> environment = Map.of("EKIDEN_HOME", home.toString(), "LANG", "C");
        Called wrapped = Called.of(home, environment, 60, "run", "list");
        Called json = Called.of(home, environment, 60, "run", "list", "--json");
        Called whole = Called.of(home, environment, 0, "run", "list");
        assertThat(wrapped.exit()).isEqualTo(json.exit()).isNotEqualTo(ExitCode.DONE);
        assertThat(wrapped.err().lines())
                .allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(60));
        assertThat(wrapped.err().replaceAll("\\s+", " ")).isEqualTo(whole.err().replaceAll("\\s+", " "));
        assertThat(json.err()).isEqualTo(whole.err());
        assertThat(wrapped.err()).isNotEqualTo(whole.err());
    }

    @Test
    void widthIsWhatTheCallerSaysThenWhatTheTerminalSaysThenEighty() {
        assertThat(TerminalWidth.chosen("100", () -> "24 120")).isEqualTo(100);
        assertThat(TerminalWidth.chosen("", () -> "24 120")).isEqualTo(120);
        assertThat(TerminalWidth.chosen("", () -> "0 0")).isEqualTo(80);
        assertThat(TerminalWidth.chosen("wide", () -> "")).isEqualTo(80);
    }

    @Test
    void widthStaysWithinItsLimits() {
        assertThat(TerminalWidth.chosen("20", () -> "")).isEqualTo(20);
        assertThat(TerminalWidth.chosen("19", () -> "")).isEqualTo(20);
        assertThat(TerminalWidth.chosen("1000", () -> "")).isEqualTo(1000);
        assertThat(TerminalWidth.chosen("1001", () -> "")).isEqualTo(1000);
    }
}
