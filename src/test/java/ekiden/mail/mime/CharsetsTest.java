package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharsetsTest {
    private static @Nullable String name(String label) {
        TextCodec codec = Charsets.find(label);
        return codec == null ? null : codec.name();
    }

    @ParameterizedTest
    @CsvSource({
        "Shift_JIS, windows-31j", "CP932, windows-31j", "x-sjis, windows-31j", "ISO-2022-JP-MS, ISO-2022-JP",
                "cp50221, ISO-2022-JP",
        "iso-2022-jp-3, ISO-2022-JP", "eucJP-ms, EUC-JP", "US-ASCII, UTF-8", "ISO-8859-1, windows-1252",
                "gb2312, GB18030",
        "big5, Big5-HKSCS", "ks_c_5601-1987, x-windows-949", "KOI8-R, KOI8-R", "cp1251, windows-1251",
                "win-1250, windows-1250",
        "utf-16le, UTF-16LE", "iso-8859-15, ISO-8859-15", "ibm850, IBM850", "unicode-1-1-utf-7, UTF-7",
                "'\"utf-8\"', UTF-8"
    })
    void labelMeansWhatIsReallySentUnderIt(String label, String codec) {
        assertThat(name(label)).isEqualTo(codec);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x-nobody", "unknown-8bit", "日本語", "a b c", "utf-8-but-not-really"})
    void unknownLabelIsNull(String label) {
        assertThat(name(label)).isNull();
    }

    @Test
    void jis0213AndJis0212AreRead() {
        byte[] bytes = Mails.bytes("\u001b$(Q.#\u001b(B \u001b$(D0!\u001b(B \u001b(I1\u001b(B \u001b$(P!!\u001b(B");
        TextCodec.Text text = Iso2022Jp.CODEC.decode(bytes, 0, bytes.length);
        assertThat(text.text()).startsWith("㐂").contains(" 丂 ｱ ");
    }
}
