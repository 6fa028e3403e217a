package ekiden.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
    sealed interface Shape {}

    record Circle(long radius, @Nullable String note) implements Shape {}

    record Square(Duration side, Instant at, UUID id) implements Shape {}

    record Drawing(List<Shape> shapes, Map<String, Shape> named) {}

    record Word(String text, boolean loud) {
        static Word fromText(String text) {
            return new Word(text, false);
        }
    }

    record Words(List<Word> words) {}

    @Test
    void recordThatWasATextOnceIsReadFromBoth() {
        Words words = new Words(List.of(new Word("a", false), new Word("b", true)));
        assertThat(Json.read("{\"words\":[\"a\",{\"text\":\"b\",\"loud\":true}]}", Words.class))
                .isEqualTo(words);
        assertThat(Json.read(Json.write(words), Words.class)).isEqualTo(words);
    }

    @Test
    void sealedTypesComeBackAsWhatTheyWere() {
        Drawing drawing = new Drawing(
                List.of(
                        new Circle(3, null),
                        new Square(
                                Duration.ofMinutes(10), Instant.parse("2026-11-23T10:00:00.123456Z"), new UUID(1, 2))),
                Map.of("a", new Circle(1, "x")));
        String json = Json.write(drawing);
        assertThat(json).contains("{\"type\":\"Circle\",\"radius\":3}").contains("\"PT10M\"");
        assertThat(Json.read(json, Drawing.class)).isEqualTo(drawing);
        Shape alone = new Circle(3, null);
        assertThat(Json.write(alone)).isEqualTo("{\"type\":\"Circle\",\"radius\":3}");
        assertThat(Json.read(Json.write(alone), Shape.class)).isEqualTo(alone);
    }

    @Test
    void unknownPropertiesAreIgnored() {
        assertThat(Json.read("{\"type\":\"Circle\",\"radius\":3,\"colour\":1}", Shape.class))
                .isEqualTo(new Circle(3, null));
    }

    @Test
    void nullIsNoValueOfAnyType() {
        assertThatThrownBy(() -> Json.read("null", Shape.class)).isInstanceOf(Json.Unreadable.class);
        assertThatThrownBy(() -> Json.readMap(" null ")).isInstanceOf(Json.Unreadable.class);
    }

    @Test
    void whatIsNotJsonIsToldWithoutItsText() {
        assertThatThrownBy(() -> Json.read("secret words", Shape.class)).isInstanceOf(Json.Unreadable.class);
    }

    @Test
    void plainLineSaysTheSameAsTheLibrary() {
        Map<String, @Nullable Object> line = new LinkedHashMap<>();
        line.put("text", "\"a\\b\"/\b\f\n\r\t\u0001\u001f\u007f\u0085 受注 \uD83D\uDE00");
        line.put("nothing", null);
        line.put("numbers", List.of(1, 4_294_967_295L, -7));
        line.put("yes", true);
        line.put("empty", List.of(List.of(), Map.of()));
        String plain = new String(Json.writeLine(line), StandardCharsets.UTF_8);
        assertThat(plain).endsWith("\n").containsOnlyOnce("\n");
        assertThat(Json.readMap(plain))
                .isEqualTo(Json.readMap(Json.write(line)))
                .containsEntry("nothing", null);
        assertThat(plain.strip()).isEqualToIgnoringCase(Json.write(line));
    }

    @Test
    void halfOfASurrogatePairDoesNotSpoilTheLine() {
        String plain = new String(Json.writeLine(Map.of("a", "x\uD83Dy")), StandardCharsets.UTF_8);
        assertThat(Json.readMap(plain)).isEqualTo(Map.of("a", "x?y"));
    }

    @Test
    void longTextIsWrittenInPiecesThatCutNoCharacter() {
        List<Integer> written = new ArrayList<>();
        for (int before = 0; before < 3; before++) {
            String text = "x".repeat(before) + "\uD83D\uDE00受\u0001".repeat(100_000);
            ByteArrayOutputStream out = new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int from, int length) {
                    written.add(length);
                    super.write(bytes, from, length);
                }
            };
            Json.writeLine(Map.of("text", text), out);
            assertThat(Json.readMap(out.toByteArray())).isEqualTo(Map.of("text", text));
            assertThat(out.toByteArray()).isEqualTo(Json.writeLine(Map.of("text", text)));
        }
        assertThat(written).hasSizeGreaterThan(3).allMatch(length -> length <= 100_000);
    }

    @Test
    void lineThatIsNotTakenIsTold() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                throw new IOException("full");
            }
        };
        assertThatThrownBy(() -> Json.writeLine(Map.of("a", "b"), full)).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void plainLineTakesNoRecord() {
        assertThatThrownBy(() -> Json.writeLine(Map.of("a", new Circle(1, null))))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
