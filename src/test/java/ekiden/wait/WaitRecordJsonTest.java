package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WaitRecordJsonTest {
    private static final WaitRecord.Mail AT_SERVER = new WaitRecord.Mail("受信箱 \"1\"/77/4294967295", null, null);
    private static final WaitRecord.Mail SPOOLED = new WaitRecord.Mail("k", "place", 1_795_400_000L, "12:ab");

    static List<WaitRecord> oneOfEach() {
        return List.of(
                new WaitRecord.Begun(1, "0123456789ab"),
                new WaitRecord.Taken(7, List.of(AT_SERVER, SPOOLED)),
                new WaitRecord.Given("1:5,9"),
                new WaitRecord.Done("7"),
                new WaitRecord.Opening(List.of("a\\b", "c\u0001\td")),
                new WaitRecord.Opened(),
                new WaitRecord.Ended(),
                new WaitRecord.Snapshot(
                        "0123456789ab",
                        12,
                        true,
                        List.of(new WaitRecord.Open(8, AT_SERVER, true)),
                        Map.of("INBOX/1", "1:9"),
                        List.of(SPOOLED),
                        Map.of("k", 2),
                        Map.of("INBOX/1/9", "12:ab")),
                new WaitRecord.Snapshot("0", 1, false, List.of(), Map.of(), List.of(), Map.of(), Map.of()));
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void recordIsWrittenAsTheJournalsOfEarlierVersionsHaveIt(WaitRecord record) {
        String line = new String(Json.writeLine(WaitRecordJson.of(record)), StandardCharsets.UTF_8);
        assertThat(line).isEqualTo(Json.write(record) + "\n");
        assertThat(Json.read(line, WaitRecord.class)).isEqualTo(record);
    }

    @ParameterizedTest
    @MethodSource("oneOfEach")
    void everyKindOfRecordIsTried(WaitRecord record) {
        assertThat(oneOfEach().stream().map(Object::getClass).distinct())
                .hasSize(WaitRecord.class.getPermittedSubclasses().length)
                .contains(record.getClass());
    }

    @Test
    void snapshotOfAnEarlierVersionKnowsNoTraces() {
        String earlier = "{\"type\":\"Snapshot\",\"id\":\"0\",\"next\":1,\"ended\":true,\"open\":[],\"settled\":{},"
                + "\"timed\":[],\"openings\":{}}";
        assertThat(Json.read(earlier, WaitRecord.class))
                .isEqualTo(new WaitRecord.Snapshot("0", 1, true, List.of(), Map.of(), List.of(), Map.of(), Map.of()));
    }
}
