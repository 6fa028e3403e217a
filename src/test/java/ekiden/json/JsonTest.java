package ekiden.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
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
}
