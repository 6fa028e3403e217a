package ekiden.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.json.Json;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The memory of rows read lately. */
class ReadBodiesTest {
    private final ReadBodies bodies = new ReadBodies();

    private record Row(String name, int number) {}

    private record Other(String name, int number) {}

    private static String json(String name, int number) {
        return Json.write(new Row(name, number));
    }

    @Test
    void rowThatChangedIsReadAnew() {
        Row first = bodies.read(json("a", 1), Row.class);
        assertThat(bodies.read(json("a", 1), Row.class)).isSameAs(first);
        assertThat(bodies.read(json("a", 2), Row.class)).isEqualTo(new Row("a", 2));
    }

    @Test
    void sameTextAsAnotherTypeIsAnotherRecord() {
        bodies.remember(json("a", 1), new Row("a", 1));
        assertThat(bodies.read(json("a", 1), Other.class)).isEqualTo(new Other("a", 1));
    }

    @Test
    void damagedRowIsToldEachTime() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> bodies.read("{\"name\":", Row.class)).isInstanceOf(Json.Unreadable.class);
        }
        assertThat(bodies.size()).isZero();
    }

    @Test
    void oneRowMoreThanTheLimitLetsTheEldestGo() {
        Row first = bodies.read(json("row", 0), Row.class);
        IntStream.range(1, ReadBodies.ROWS).forEach(i -> bodies.read(json("row", i), Row.class));
        assertThat(bodies.read(json("row", 0), Row.class)).isSameAs(first);
        Row second = new Row("row", 1);
        bodies.read(json("row", ReadBodies.ROWS), Row.class);
        assertThat(bodies.size()).isEqualTo(ReadBodies.ROWS);
        assertThat(bodies.read(json("row", 1), Row.class)).isEqualTo(second).isNotSameAs(second);
        assertThat(bodies.read(json("row", 0), Row.class)).isSameAs(first);
    }

    @Test
    void rowOfOneCharacterMoreThanTheLimitIsNotRemembered() {
        int frame = json("", 1).length();
        bodies.read(json("x".repeat(ReadBodies.CHARACTERS - frame + 1), 1), Row.class);
        assertThat(bodies.size()).isZero();
        bodies.read(json("x".repeat(ReadBodies.CHARACTERS - frame), 1), Row.class);
        assertThat(bodies.size()).isOne();
    }

    @Test
    void manyLongRowsStayBelowTheLimitOfAll() {
        int frame = json("", 1000).length();
        int rows = ReadBodies.ALL_CHARACTERS / ReadBodies.CHARACTERS;
        IntStream.range(0, rows + 5)
                .forEach(i -> bodies.read(json("x".repeat(ReadBodies.CHARACTERS - frame), 1000 + i), Row.class));
        assertThat(bodies.size()).isEqualTo(rows);
    }
}
