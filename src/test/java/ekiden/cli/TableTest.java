package ekiden.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables on a terminal that is narrower than they are. */
class TableTest {
    private static final String THEN = "2026-11-27 03:50:12";

    private static List<String> lines(Table table, int width) {
        List<String> lines = table.show(width).lines().toList();
        if (width > 0) {
            assertThat(lines).allSatisfy(line -> assertThat(Width.of(line)).isLessThanOrEqualTo(width));
        }
        return lines;
    }

    private static Table runs(String run, String status) {
        Table table = new Table()
                .name("RUN")
                .whole("STATUS")
                .time("CREATED")
                .time("ENDED")
                .whole("MAIL");
        table.row(run, status, THEN, THEN, "1204");
        return table;
    }

    private static Table mails(String mailbox, String from, String subject) {
        Table table = new Table()
                .name("MAIL")
                .cut("MAILBOX")
                .time("RECEIVED")
                .whole("STATE")
                .cut("FROM")
                .cut("SUBJECT");
        table.row("1204", mailbox, THEN, "quarantined", from, subject);
        return table;
    }

    @Test
    void tableThatFitsStaysAsItIs() {
        assertThat(lines(runs("/sales/orders#1", "Running"), 80).get(1))
                .isEqualTo("/sales/orders#1  Running  " + THEN + "  " + THEN + "  1204");
    }

    @Test
    void timesLoseTheirYearFirst() {
        assertThat(lines(runs("/sales/order-intake#12", "Ended normally"), 80).get(1))
                .isEqualTo("/sales/order-intake#12  Ended normally  11-27 03:50:12  11-27 03:50:12  1204");
    }

    @Test
    void timesLoseTheirSecondsNext() {
        assertThat(lines(runs("/sales/order-intake-east#12", "Ended normally"), 80)
                        .get(1))
                .isEqualTo("/sales/order-intake-east#12  Ended normally  11-27 03:50  11-27 03:50  1204");
    }

    @Test
    void nameIsNeverCutButStandsOnALineOfItsOwn() {
        String run = "/sales/east/order-intake-of-all-branches#120345";
        Table table = runs(run, "Ended normally");
        table.row("/a#1", "Running", THEN, "", "");
        List<String> lines = lines(table, 80);
        assertThat(lines).hasSize(4);
        assertThat(lines.get(1)).isEqualTo(run);
        assertThat(lines.get(2)).matches(" +Ended normally  11-27 03:50  11-27 03:50  1204");
        assertThat(lines.get(3)).matches("/a#1 +Running         11-27 03:50");
        assertThat(lines.get(0).indexOf("STATUS")).isEqualTo(lines.get(2).indexOf("Ended"));
    }

    @Test
    void japaneseNamesCountTwoColumns() {
        String run = "/営業/東日本/受注取込#1203";
        List<String> lines = lines(runs(run, "異常検出終了"), 60);
        assertThat(lines.get(1)).isEqualTo(run);
        assertThat(lines(runs(run, "異常検出終了"), 80)).hasSize(2);
    }

    @Test
    void widestTextsAreCutUntilTheTableFits() {
        String line = lines(
                        mails(
                                "orders",
                                "edi-gateway.tokyo-branch@customer.example",
                                "EKDX0030-E The mail 1204 in the mailbox orders cannot be read"),
                        80)
                .get(1);
        assertThat(line)
                .contains("1204  orders   11-27 03:50:12  quarantined  edi-gateway", "…  EKDX0030-E The")
                .endsWith("…");
        assertThat(Width.of(line)).isEqualTo(80);
    }

    @Test
    void japaneseTextsAreCutToTheSameWidth() {
        String text = "東日本支社からの十一月分の注文書を添付いたします";
        List<String> lines = lines(mails("受注", "edi@customer.example", text), 80);
        assertThat(lines.get(1)).endsWith("…");
        assertThat(Width.of(lines.get(1))).isBetween(79, 80);
    }

    @Test
    void whatIsNoTerminalGetsEveryValueWhole() {
        String text = "東日本支社からの".repeat(20);
        String line = lines(mails("orders", "edi@customer.example", text), 0).get(1);
        assertThat(line).contains(THEN, text);
    }
}
