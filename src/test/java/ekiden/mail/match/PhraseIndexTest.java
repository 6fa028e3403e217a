package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PhraseIndexTest {
    @Provide
    Arbitrary<Set<String>> phrases() {
        return Arbitraries.strings()
                .withChars("ab注")
                .ofMinLength(1)
                .ofMaxLength(5)
                .set()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab注文").ofMaxLength(40);
    }

    @Property(tries = 3000)
    void findsWhatContainsFinds(@ForAll("phrases") Set<String> phrases, @ForAll("texts") String text) {
        List<String> list = List.copyOf(phrases);
        BitSet expected = new BitSet();
        for (int i = 0; i < list.size(); i++) {
            expected.set(i, text.contains(list.get(i)));
        }
        assertThat(new PhraseIndex(list).in(text)).isEqualTo(expected);
    }

    @Test
    void noPhrasesAreFoundNowhere() {
        assertThat(new PhraseIndex(List.of()).in("abc").isEmpty()).isTrue();
        assertThat(new PhraseIndex(List.of("a")).in("").isEmpty()).isTrue();
    }
}
