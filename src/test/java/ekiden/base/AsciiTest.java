package ekiden.base;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsciiTest {
    @ParameterizedTest
    @CsvSource({
        "Text/PLAIN,text/plain",
        "already,already",
        "'',''",
        "@[`{AZ,@[`{az",
        "ΣÄ\u212aI,ΣÄ\u212ai",
        "\ud835\udd04A,\ud835\udd04a"
    })
    void onlyTheLettersOfAsciiLoseTheirCase(String text, String lower) {
        assertThat(Ascii.lower(text)).isEqualTo(lower);
    }
}
