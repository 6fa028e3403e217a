package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.regex.Escape;
import ekiden.regex.Regex;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sets whose ranges have many characters, and where case matters and where not. */
class ExpressionSetsTest {
    private static Regex.Compiling compile(String expression, boolean anyCase, boolean anyWidth) {
        return Expressions.compile(new Entry(expression, Form.REGEX, Look.USUAL, anyCase, anyWidth, false), false);
    }

    private static boolean met(String expression, boolean anyCase, String text) {
        return ((Regex.Compiling.Good) compile(expression, anyCase, false))
                .regex()
                .in(text);
    }

    /** The library alone takes seconds for each of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"[RANGES]", "[^RANGES]", "(?i)[RANGES]", "(?i:x[^RANGES])", "[RANGES\\d]", "(?:[RANGES]){2}"})
    void manyWideRangesAreCompiledSoon(String form) {
        StringBuilder ranges = new StringBuilder();
        for (int i = 0; i < 245; i++) {
            ranges.appendCodePoint(0x1C90 + i % 40).append('-').appendCodePoint(0x10FFFF - i);
        }
        String wide = form.replace("RANGES", ranges.substring(0, ranges.length() - 12));
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int i = 0; i < 40; i++) {
                for (boolean anyWidth : List.of(false, true)) {
                    assertThat(compile(wide, true, anyWidth)).isInstanceOf(Regex.Compiling.Good.class);
                }
            }
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^[a-c]$ B true",
                "^[A-C]$ b true",
                "^(?-i:[a-c])$ B false",
                "^(?-i:[a-c])[a-c]$ bB true",
                "^(?-i)[a-c]$ B false",
                "^(?:(?-i)[a-c])[a-c]$ bB true",
                "^((?-i)[a-c])[a-c]$ bB true",
                "^(?P<n>[a-c])[a-c]$ BC true",
                "^[^a-c]$ B false",
                "^[^\\da-c]$ B false",
                "^[^\\da-c]$ 1 false",
                "^[\\da-c]$ B true",
                "^[\\p{Lu}1]$ b true",
                "^[[:lower:]1]$ B true",
                "^[^[:lower:]1]$ B false",
                "^[^\\wа-я]$ Я false",
                "^[k]$ \u212a true",
                "^[:a]$ : true",
                "^[[:digit:]:]$ : true",
                "^[a\\-c]$ - true",
                "^[a\\-c]$ b false",
                "^[\\^x]$ ^ true",
                "^[\\]x]$ ] true"
            })
    void caseIsIgnoredInASetWhereItIsIgnored(String expression, String text, boolean met) {
        assertThat(met(expression, true, text)).isEqualTo(met);
        assertThat(met("(?i)" + expression, false, text)).isEqualTo(met);
    }

    @Test
    void charactersOfASetThatStandSideBySideStayTheOnlyOnes() {
        for (int c = '!'; c <= '~'; c++) {
            String two = Escape.literal(Character.toString(c) + (char) (c + 1));
            String three = two + Escape.literal(Character.toString((char) (c + 2)));
            String text = Character.toString((char) (c + 2));
            assertThat(met("^[" + two.replace("-", "\\-") + "]$", false, text)).isFalse();
            assertThat(met("^[" + three.replace("-", "\\-") + "]$", false, text))
                    .isTrue();
        }
    }

    @Test
    void halfCharactersOfASetAreNotPutTogether() {
        assertThat(met("^[\\x{D800}\\x{DC00}]$", false, "\ud800\udc00")).isFalse();
    }
}
