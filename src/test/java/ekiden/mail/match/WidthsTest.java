package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WidthsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"^【注文】ＡＢＣ[0-9]+|^【注文】ABC[0-9]+", "（注文）|\\(注文\\)", "＊?|\\*?", "ｶﾞｽ|ガス", "a*(b)|a*(b)", "①|1"})
    void patternIsInTheFormOfWhatItIsComparedWithAndKeepsItsSigns(String pattern, String folded) {
        assertThat(Widths.ofPattern(pattern)).isEqualTo(folded);
    }
}
