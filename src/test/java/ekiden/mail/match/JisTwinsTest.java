package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One character, two code points: what one table writes is found by who writes by the other. */
class JisTwinsTest {
    private static boolean found(String wanted, Form form, boolean anyWidth, String subject) {
        Entry entry = new Entry(wanted, form, Look.USUAL, false, anyWidth, false);
        Conditions conditions = Conditions.NONE.map((list, none) -> list.equals("subject") ? List.of(entry) : none);
        TestedMail mail = TestedMail.whole(MatcherTest.mail("a@b", subject), "", name -> List.of(), 1);
        boolean one = Matcher.test(conditions, mail).matched();
        assertThat(new WatchSet(Map.of("w", conditions)).matching(mail).isEmpty())
                .isNotEqualTo(one);
        return one;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u301c\uff5e",
                "\u2212\uff0d",
                "\u2016\u2225",
                "\u2014\u2015",
                "\u00a2\uffe0",
                "\u00a3\uffe1",
                "\u00ac\uffe2"
            })
    void oneIsFoundByTheOtherInBothDirections(String pair) {
        for (boolean anyWidth : List.of(false, true)) {
            for (int i = 0; i < 2; i++) {
                String wanted = pair.substring(i, i + 1);
                String other = pair.substring(1 - i, 2 - i);
                String subject = "東京" + other + "大阪";
                assertThat(found("東京" + wanted + "大", Form.TEXT, anyWidth, subject))
                        .isTrue();
                assertThat(found("東京" + wanted + "*", Form.GLOB, anyWidth, subject))
                        .isTrue();
                assertThat(found("京" + wanted + "大阪$", Form.REGEX, anyWidth, subject))
                        .isTrue();
                assertThat(found("京[a" + wanted + "]大", Form.REGEX, anyWidth, subject))
                        .isTrue();
                assertThat(found("京[^" + wanted + "]大", Form.REGEX, anyWidth, subject))
                        .isFalse();
                assertThat(found("東京" + wanted + "大", Form.TEXT, anyWidth, "東京x大阪"))
                        .isFalse();
            }
        }
    }

    @Test
    void asciiTildeAndHyphenAreOthersUnlessWidthDoesNotMatter() {
        for (String wave : List.of("\u301c", "\uff5e")) {
            assertThat(found("1~2", Form.TEXT, false, "1" + wave + "2")).isFalse();
            assertThat(found("1~2", Form.TEXT, true, "1" + wave + "2")).isTrue();
            assertThat(found("1" + wave + "2", Form.TEXT, true, "1~2")).isTrue();
        }
        for (String minus : List.of("\u2212", "\uff0d")) {
            assertThat(found("1-2", Form.TEXT, false, "1" + minus + "2")).isFalse();
            assertThat(found("1-2", Form.GLOB, true, "1" + minus + "2")).isTrue();
            assertThat(found("1" + minus + "2", Form.REGEX, true, "1-2")).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                // a range of full-width forms that ends with one of a pair is still a range
                "^[\uff01-\uff5e]$ \u301c true",
                "^[\uff01-\uff5e]$ \uff5e true",
                "^[\uff01-\uff5e]$ \u2212 true",
                "^[\uff01-\uff5e]$ \u2225 false",
                "^[^\uff01-\uff5e]$ \u301c false",
                // signs that mean themselves where they come first
                "^[-\uff5e]$ - true",
                "^[]\uff5e]$ ] true",
                "^[]\uff5e]$ \u301c true",
                "^[\uff5e-]$ - true",
                "^[[:alpha:]\uff5e]$ \u301c true",
                "^[\\]\uff5e]$ \u301c true",
                "^\\Q[\uff5e\\E$ [\u301c true",
                "^\\[\uff5e\\]$ [\u301c] true"
            })
    void setsOfAnExpressionKeepTheirMembers(String expression, String subject, boolean met) {
        assertThat(found(expression, Form.REGEX, false, subject)).isEqualTo(met);
    }

    @Test
    void signThatWidthMakesOfAMinusIsNone() {
        assertThat(found("^[a\uff0dz]$", Form.REGEX, true, "m")).isFalse();
        assertThat(found("^[a\uff0dz]$", Form.REGEX, true, "\u2212")).isTrue();
        assertThat(found("^[a\u2212z]$", Form.REGEX, true, "-")).isTrue();
    }

    @Test
    void addressesAreComparedAsTheyAre() {
        Conditions from = new Conditions(List.of("a\u2014b@x.example"), List.of(), List.of());
        TestedMail mail = TestedMail.whole(MatcherTest.mail("a\u2015b@x.example", ""), "", name -> List.of(), 1);
        assertThat(Matcher.test(from, mail).matched()).isFalse();
    }
}
