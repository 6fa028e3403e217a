package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NumbersTest {
    private static List<Integer> in(Numbers numbers) {
        List<Integer> all = new ArrayList<>();
        numbers.forEach(all::add);
        return all;
    }

    @Test
    void eachNumberIsThereOnceInTheOrderInWhichItCame() {
        Numbers numbers = new Numbers(1_000);
        List<Integer> expected = new ArrayList<>();
        for (int i = 999; i >= 0; i -= 7) {
            numbers.add(i);
            numbers.add(i);
            expected.add(i);
        }
        assertThat(in(numbers)).isEqualTo(expected);
        assertThat(numbers.count()).isEqualTo(expected.size());
        assertThat(numbers.get(1)).isEqualTo(992);
        assertThat(numbers.has(992)).isTrue();
        assertThat(numbers.has(993)).isFalse();
    }

    @Test
    void fewAndManyAnswerAlike() {
        for (int most = 0; most < 70; most++) {
            Numbers numbers = new Numbers(2 * most);
            for (int i = most - 1; i >= 0; i--) {
                numbers.add(2 * i);
                numbers.add(2 * (most - 1));
            }
            assertThat(numbers.count()).isEqualTo(most);
            for (int i = 0; i < 2 * most; i++) {
                assertThat(numbers.has(i)).as("%s of %s", i, most).isEqualTo(i % 2 == 0);
            }
        }
    }

    @Test
    void ofNoneThereIsNone() {
        assertThat(in(new Numbers(0))).isEmpty();
        assertThat(in(new Numbers(64))).isEmpty();
        assertThat(new Numbers(64).has(63)).isFalse();
    }
}
