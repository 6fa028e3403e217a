package ekiden.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What our own way from tokens to maps gives is what the library's gives. */
class MapReaderTest {
    private static final JsonMapper LIBRARY = JsonMapper.builder().build();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[1]",
                "\"a\"",
                "1",
                "null",
                "{",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":[1}",
                "{\"a\":1}{",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1}x",
                "{a:1}",
                "{\"a\":nul}",
                "{\"a\":01}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":NaN}"
            })
    void whatIsNoObjectIsRefused(String json) {
        assertThatThrownBy(() -> Json.readMap(json)).isInstanceOf(Json.Unreadable.class);
        assertThatThrownBy(() -> Json.readMap(json.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Json.Unreadable.class);
    }

    @Test
    void bytesThatAreNoUtf8AreRefused() {
        byte[] latin = "{\"a\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> Json.readMap(latin)).isInstanceOf(Json.Unreadable.class);
    }

    @Test
    void valuesThatLieTooDeepAreRefused() {
        assertThat(Json.readMap(nested(499))).hasSize(1);
        assertThatThrownBy(() -> Json.readMap(nested(501))).isInstanceOf(Json.Unreadable.class);
    }

    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\"a\" : 1 } ",
                "{\"a\":1,\"a\":2,\"b\":null}",
                "{\"z\":1,\"a\":[1,-2,3000000000,123456789012345678901234567890,1.5,1e3,0.1,true,false,null]}",
                "{\"a\":{\"b\":[{\"c\":[]},{}]},\"d\":\"\"}",
                "{\"\u540d\":\"\u65e5\u672c\u8a9e \\u3042\\ud83d\\ude00 \\n\\\"\\\\\\/ \ud83d\ude00\"}"
            })
    void objectIsReadAsTheLibraryReadsIt(String json) {
        Map<String, Object> expected = LIBRARY.readValue(json, new TypeReference<Map<String, Object>>() {});
        for (Map<String, Object> read :
                List.of(Json.readMap(json), Json.readMap(json.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(read).isEqualTo(expected);
            assertThat(read.keySet()).containsExactlyElementsOf(expected.keySet());
        }
    }
}
