package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTextTest {
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("a \r\n注").ofMaxLength(24);
    }

    @Property(tries = 3000)
    void everyLineEndsWithCrlfWhateverItEndedWith(@ForAll("texts") String text) {
        String lines = text.replace("\r\n", "\n").replace("\r", "\n");
        String ended = lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
        assertThat(BodyText.canonical(text)).isEqualTo(ended.replace("\n", "\r\n"));
    }

    @Provide
    Arbitrary<String> halves() {
        return Arbitraries.strings().withChars('a', '注', '\ud83d', '\ude00').ofMaxLength(12);
    }

    @Property(tries = 3000)
    void aTextIsWellFormedExactlyWhereItComesBackFromUtf8(@ForAll("halves") String text) {
        for (int before : new int[] {0, 1023, 1024}) {
            String longer = "x".repeat(before) + text;
            String back = new String(longer.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            assertThat(TextRules.wellFormed(longer)).isEqualTo(back.equals(longer));
        }
    }

    private static String encoding(String text) {
        return BodyText.of(text, Coding.UTF_8).encoding();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "blank at the end \nof a line",
                "tab at the end\t\nof a line",
                "From here",
                "a line\nFrom here",
                "a bell \u0007",
                "delete \u007f",
                "escape \u001b(B",
                "注文"
            })
    void whatGetsHurtOnTheWayDoesNotGoAsItIs(String text) {
        assertThat(encoding(text)).isNotEqualTo("7bit");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "a line", "two\nlines\n", "Fromage\nFrom\n", ">From here", "\ttab before", "x From here"})
    void whatComesThroughUnhurtGoesAsItIs(String text) {
        assertThat(encoding(text)).isEqualTo("7bit");
    }

    @Test
    void theLongestLineThatGoesAsItIsHas997Characters() {
        String at = "a\n" + "x".repeat(997);
        assertThat(encoding(at)).isEqualTo("7bit");
        assertThat(encoding(at + "x")).isNotEqualTo("7bit");
        assertThat(encoding(at + "x\nb\n")).isNotEqualTo("7bit");
    }
}
