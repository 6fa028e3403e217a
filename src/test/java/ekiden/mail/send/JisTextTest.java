package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tables of the JDK are another hand's, and read what is written here. */
class JisTextTest {
    private static final Charset RFC_1468 = Charset.forName("ISO-2022-JP");
    private static final Charset WINDOWS = Charset.forName("x-windows-iso2022jp");
    private static final String TWINS = "\u301c\u2212\u2016\u2014\u00a2\u00a3\u00ac";
    private static final String WINDOWS_TWINS = "\uff5e\uff0d\u2225\u2015\uffe0\uffe1\uffe2";

    private static List<String> carried(boolean extras) {
        return IntStream.range(0x80, 0x10000)
                .filter(c -> !Character.isSurrogate((char) c))
                .mapToObj(Character::toString)
                .filter(c -> JisText.carries(c, extras))
                .toList();
    }

    private static String jis(String text) {
        String one = text;
        for (int i = 0; i < TWINS.length(); i++) {
            one = one.replace(WINDOWS_TWINS.charAt(i), TWINS.charAt(i));
        }
        return one;
    }

    @Test
    void eachCharacterOfJisIsReadBack() {
        List<String> carried = carried(false);
        assertThat(carried).hasSize(6879 + TWINS.length());
        assertThat(carried)
                .allSatisfy(c ->
                        assertThat(jis(new String(JisText.bytes(c), RFC_1468))).isEqualTo(jis(c)));
    }

    @Test
    void eachCharacterOfNecAndIbmIsReadBackByThoseWhoKnowThem() {
        List<String> extras =
                carried(true).stream().filter(c -> !JisText.carries(c, false)).toList();
        assertThat(extras).contains("①", "㈱", "№", "℡", "Ⅷ", "ⅷ", "髙", "﨑", "彅", "黑", "￤", "＇", "＂");
        assertThat(extras).hasSizeGreaterThan(440);
        assertThat(extras)
                .allSatisfy(
                        c -> assertThat(new String(JisText.bytes(c), WINDOWS)).isEqualTo(c));
    }

    @Test
    void signsWithTwoCodePointsBecomeTheOneOfJis() {
        assertThat(JisText.bytes("\uff5e")).isEqualTo(JisText.bytes("\u301c")).contains(0x21, 0x41);
        assertThat(JisText.bytes("\uff0d")).isEqualTo(JisText.bytes("\u2212")).contains(0x21, 0x5d);
        for (int i = 0; i < TWINS.length(); i++) {
            assertThat(JisText.bytes(TWINS.substring(i, i + 1)))
                    .isEqualTo(JisText.bytes(WINDOWS_TWINS.substring(i, i + 1)));
        }
    }

    @Test
    void eachLineStartsAndEndsInAscii() {
        byte[] bytes = JisText.bytes("注文\r\nabc 書\r\n");
        assertThat(new String(bytes, StandardCharsets.US_ASCII))
                .isEqualTo("\u001b$BCmJ8\u001b(B\r\nabc \u001b$B=q\u001b(B\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ｱ", "𠮷", "🙂", "é", "中文简", "¥", "‾", "か\u3099", "\u001b", "\u000e", "\u000f", "ヷ", "한"})
    void whatIsNotThereIsNotCarried(String text) {
        assertThat(JisText.carries("注文" + text, true)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "ﾊﾝｶｸ, ハンカク",
        "ｶﾞｷﾞｸﾞ ﾊﾟﾋﾟ, ガギグ パピ",
        "ｳﾞｧ, ヴァ",
        "ﾜﾞｦﾞ, ワ゛ヲ゛",
        "ｱﾞﾅﾟ, ア゛ナ゜",
        "ﾞ, ゛",
        "｢ｱ｣､｡･ｰ, 「ア」、。・ー",
        "全角とABCは①のまま, 全角とABCは①のまま",
    })
    void halfWidthKatakanaIsWidened(String text, String wide) {
        assertThat(JisText.widened(text)).isEqualTo(wide);
        assertThat(JisText.carries(wide, true)).isTrue();
    }
}
