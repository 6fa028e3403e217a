package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class WholeWordsTest {
    @Test
    void wordsWithOneHashAreToldApart() {
        // of each pair of letters the hash is the same: so are those of all words of ten pairs
        Map<String, Integer> numbers = new HashMap<>();
        for (int i = 0; i < 1_024; i += 2) {
            numbers.put(pairs(i), i);
        }
        WholeWords words = new WholeWords(numbers);
        for (int i = 0; i < 1_024; i++) {
            assertThat(pairs(i).hashCode()).isEqualTo(pairs(0).hashCode());
            assertThat(words.of(pairs(i))).isEqualTo(i % 2 == 0 ? i : WholeWords.NONE);
        }
    }

    private static String pairs(int bits) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            word.append(((bits >> i) & 1) == 0 ? "Aa" : "BB");
        }
        return word.toString();
    }

    @Test
    void wordWhoseHashIsZeroAndWhoseNumberIsZeroIsThere() {
        assertThat("".hashCode()).isZero();
        assertThat(new WholeWords(Map.of("", 0)).of("")).isZero();
        assertThat(new WholeWords(Map.of("a", 0)).of("")).isEqualTo(WholeWords.NONE);
        assertThat(new WholeWords(Map.of()).of("")).isEqualTo(WholeWords.NONE);
    }

    @Property(tries = 500)
    void saysOfEachWordItsNumberAndOfOthersNone(
            @ForAll Set<@CharRange(from = 'a', to = 'd') @StringLength(max = 4) String> some,
            @ForAll Set<@CharRange(from = 'a', to = 'd') @StringLength(max = 4) String> asked) {
        Map<String, Integer> numbers = new HashMap<>();
        some.forEach(word -> numbers.put(word, numbers.size()));
        WholeWords words = new WholeWords(numbers);
        some.forEach(word -> assertThat(words.of(word)).isEqualTo(numbers.get(word)));
        asked.forEach(word -> assertThat(words.of(word)).isEqualTo(numbers.getOrDefault(word, WholeWords.NONE)));
    }
}
