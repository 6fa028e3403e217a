package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
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

    private static BitSet contained(List<String> phrases, String text) {
        BitSet expected = new BitSet();
        for (int i = 0; i < phrases.size(); i++) {
            expected.set(i, text.contains(phrases.get(i)));
        }
        return expected;
    }

    private static BitSet found(PhraseIndex index, String text) {
        BitSet found = new BitSet();
        index.in(text).forEach(found::set);
        return found;
    }

    @Property(tries = 3000)
    void findsWhatContainsFinds(@ForAll("phrases") Set<String> phrases, @ForAll("texts") String text) {
        List<String> list = List.copyOf(phrases);
        BitSet expected = contained(list, text);
        assertThat(found(new PhraseIndex(list), text)).isEqualTo(expected);
        assertThat(new PhraseAutomaton(list).in(text)).isEqualTo(expected);
    }

    /** Of all kinds, and at all distances from the beginning of a text and from where one chunk of it ends. */
    @Provide
    Arbitrary<Set<String>> longPhrases() {
        return Arbitraries.strings()
                .withChars("ab注文")
                .ofMinLength(1)
                .ofMaxLength(24)
                .set()
                .ofMinSize(1)
                .ofMaxSize(30);
    }

    @Property(tries = 1000)
    void findsPhrasesOfAnyLengthAtAnyPlace(
            @ForAll("longPhrases") Set<String> phrases,
            @ForAll("texts") String before,
            @ForAll("texts") String after,
            @ForAll @IntRange(max = 1_040) int distance) {
        List<String> list = List.copyOf(phrases);
        PhraseIndex index = new PhraseIndex(list);
        for (String phrase : list) {
            for (String filled : List.of("-".repeat(distance), "b".repeat(distance))) {
                String text = before + filled + phrase + after;
                assertThat(found(index, text)).isEqualTo(contained(list, text));
            }
        }
    }

    @Property(tries = 300)
    void findsWhatIsMadeAlikeInTheSameWay(
            @ForAll("mixedPhrases") Set<String> phrases,
            @ForAll("mixedTexts") String text,
            @ForAll boolean anyCase,
            @ForAll boolean anyWidth,
            @ForAll boolean across) {
        Folding folding = new Folding(anyCase, anyWidth, across);
        List<String> list = phrases.stream()
                .map(folding::of)
                .filter(phrase -> !phrase.isEmpty())
                .distinct()
                .toList();
        String folded = folding.of(text);
        assertThat(found(new PhraseIndex(list), folded)).isEqualTo(contained(list, folded));
    }

    private static final String MIXED = "aＡAbＢ注文ガカ\u3099ｶﾞブﾌﾞ〜～~1１ ";

    @Provide
    Arbitrary<Set<String>> mixedPhrases() {
        return Arbitraries.strings()
                .withChars(MIXED)
                .ofMinLength(1)
                .ofMaxLength(9)
                .set()
                .ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> mixedTexts() {
        return Arbitraries.strings().withChars(MIXED).ofMaxLength(600);
    }

    @Test
    void runsThatStandEverywhereAreToldApartByWhatStandsBeforeThem() {
        List<String> phrases = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            phrases.add("the topurgent " + i);
        }
        PhraseIndex index = new PhraseIndex(phrases);
        String text = "as urgent as ".repeat(5_000) + "the topurgent 77";
        assertThat(found(index, text)).isEqualTo(contained(phrases, text));
        assertThat(index.fellBack()).isFalse();
    }

    /** Of seven to ten characters some have their runs so that neither before nor behind them stand four others. */
    @Test
    void shortPhraseIsFoundAtBothEndsAndAtEveryPlaceOfAText() {
        for (int length = 1; length < 16; length++) {
            for (int rare = 0; rare < length; rare++) {
                // one character of its own says where the runs are that the fewest others have
                String phrase = "x".repeat(rare) + "注" + "x".repeat(length - rare - 1);
                PhraseIndex index = new PhraseIndex(List.of(phrase, "x".repeat(40)));
                for (int before = 0; before < 9; before++) {
                    String text = "x".repeat(before) + phrase;
                    assertThat(found(index, text).get(0)).as(text).isTrue();
                    assertThat(found(index, text + "xx").get(0)).as(text).isTrue();
                    String other = "y".repeat(before) + phrase.substring(1) + "y";
                    assertThat(found(index, other).get(0)).as(other).isFalse();
                }
            }
        }
    }

    @Test
    void noPhrasesAreFoundNowhere() {
        assertThat(found(new PhraseIndex(List.of()), "abc").isEmpty()).isTrue();
        assertThat(found(new PhraseIndex(List.of("a")), "").isEmpty()).isTrue();
    }

    @Test
    void phrasesStandAnywhereInALongText() {
        List<String> phrases = List.of("x", "yz", "注文書", "four", "5char", "order 12345", "w".repeat(5_000));
        String text = "-".repeat(12_300);
        PhraseIndex index = new PhraseIndex(phrases);
        for (int at = 4_080; at < 4_100; at++) {
            for (String phrase : phrases) {
                String with = text.substring(0, at) + phrase + text.substring(at);
                assertThat(found(index, with)).as("%s", at).isEqualTo(contained(phrases, with));
            }
        }
        assertThat(index.fellBack()).isFalse();
    }

    @Test
    void charactersThatAreZeroAreCharacters() {
        List<String> phrases = List.of("\0", "a\0", "\0\0\0\0b");
        for (String text : List.of("", "a", "b", "\0", "a\0\0", "\0\0\0\0\0b")) {
            assertThat(found(new PhraseIndex(phrases), text)).isEqualTo(contained(phrases, text));
        }
    }

    @Test
    void textFullOfBeginningsIsLeftToTheAutomaton() {
        List<String> phrases = new ArrayList<>();
        for (int i = 1; i < 100; i++) {
            phrases.add("a".repeat(2 * i) + "b");
            phrases.add("a".repeat(2 * i));
        }
        PhraseIndex index = new PhraseIndex(phrases);
        String text = "a".repeat(150) + "b";
        assertThat(found(index, text)).isEqualTo(contained(phrases, text));
        assertThat(index.fellBack()).isTrue();
    }
}
