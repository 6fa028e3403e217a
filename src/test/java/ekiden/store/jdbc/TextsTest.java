package ekiden.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import ekiden.store.StoreSamples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
    private record Word(String text) {}

    @Test
    void goodTextIsLeftAlone() {
        assertThat(Texts.plain(StoreSamples.ODD)).isSameAs(StoreSamples.ODD);
        assertThat(Texts.json(StoreSamples.ODD)).isSameAs(StoreSamples.ODD);
        assertThat(Texts.plain("")).isEmpty();
    }

    @Test
    void halvesOfPairsAndNulsAreReplacedInColumns() {
        assertThat(Texts.plain("a\uD83Db\uDE00\u0000c\uD83D\uDE00\uD83D"))
                .isEqualTo("a\uFFFDb\uFFFD\uFFFDc\uD83D\uDE00\uFFFD");
    }

    @Test
    void halvesOfPairsAreEscapedInJsonAndComeBack() {
        Word word = new Word("\uDE00 half \uD83D\uD83D\uDE00 and \uD83D");
        String stored = Texts.json(Json.write(word));
        assertThat(stored).contains("\\ude00 half \\ud83d\uD83D\uDE00").endsWith("\\ud83d\"}");
        assertThat(Json.read(stored, Word.class)).isEqualTo(word);
    }

    @Test
    void timesAreCutToMicrosecondsOnBothSidesOfTheEpoch() {
        for (Instant time : List.of(
                StoreSamples.T0,
                Instant.EPOCH,
                Instant.parse("1969-12-31T23:59:59.999999Z"),
                Instant.parse("9999-12-31T23:59:59.999999Z"))) {
            assertThat(Sql.time(Sql.micros(time))).isEqualTo(time);
        }
        assertThat(Sql.micros(Instant.ofEpochSecond(1, 999))).isEqualTo(1_000_000);
        assertThat(Sql.micros(Instant.ofEpochSecond(-1, 999_999_999))).isEqualTo(-1);
    }

    @Test
    void aMigrationIsCutIntoItsStatements() {
        assertThat(Migrations.statements("-- a; b\nCREATE a (\n    b\n);\n\nINSERT 'x; y';\n"))
                .containsExactly("CREATE a (\n    b\n)", "INSERT 'x; y'");
    }
}
