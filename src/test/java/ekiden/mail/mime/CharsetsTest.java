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
        "Shift_JIS, windows-31j",
        "CP932, windows-31j",
        "x-sjis, windows-31j",
        "ISO-2022-JP-MS, ISO-2022-JP",
        "cp50221, ISO-2022-JP",
        "iso-2022-jp-3, ISO-2022-JP",
        "eucJP-ms, EUC-JP",
        "US-ASCII, UTF-8",
        "ISO-8859-1, windows-1252",
        "gb2312, GB18030",
        "big5, Big5-HKSCS",
        "ks_c_5601-1987, x-windows-949",
        "KOI8-R, KOI8-R",
        "cp1251, windows-1251",
        "win-1250, windows-1250",
        "utf-16le, UTF-16LE",
        "iso-8859-15, ISO-8859-15",
        "ibm850, IBM850",
        "unicode-1-1-utf-7, UTF-7",
        "'\"utf-8\"', UTF-8",
        "x-sjis, windows-31j",
        "MS932, windows-31j",
        "sjis-win, windows-31j",
        "shift-jis, windows-31j",
        "csWindows31J, windows-31j",
        "cp51932, EUC-JP",
        "x-euc-jp, EUC-JP",
        "eucJP-win, EUC-JP",
        "iso2022jp, ISO-2022-JP",
        "csISO2022JP, ISO-2022-JP",
        "ISO-2022-JP-2, ISO-2022-JP",
        "ISO-2022-JP-1, ISO-2022-JP",
        "x-windows-50220, ISO-2022-JP",
        "cp50222, ISO-2022-JP",
        "gbk, GB18030",
        "cp936, GB18030",
        "hz-gb-2312, HZ-GB-2312",
        "cp950, Big5-HKSCS",
        "euc-kr, x-windows-949",
        "cp949, x-windows-949",
        "koi8r, KOI8-R",
        "KOI8-U, KOI8-U",
        "cp-1252, windows-1252",
        "windows1251, windows-1251",
        "x-cp1250, windows-1250",
        "latin2, ISO-8859-2",
        "iso_8859-1:1987, windows-1252",
        "iso8859-7, ISO-8859-7",
        "ISO8859_15, ISO-8859-15",
        "tis-620, x-windows-874",
        "iso-8859-11, x-windows-874",
        "windows-874, x-windows-874",
        "macintosh, x-MacRoman",
        "x-mac-cyrillic, x-MacCyrillic",
        "utf-16, UTF-16",
        "unicode, UTF-16",
        "65001, UTF-8",
        "'utf-8; format=flowed', UTF-8",
        "'iso-2022-jp (Japanese)', ISO-2022-JP",
        "ibm943, windows-31j",
        "cp850, IBM850"
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

    @Test
    void everyCharacterOfEverySetIsWhatItIsAloneWhateverCameBefore() {
        for (String set : java.util.List.of("$(O", "$(P", "$(Q", "$(D", "$A", "$(C")) {
            StringBuilder together = new StringBuilder();
            StringBuilder alone = new StringBuilder();
            int bad = 0;
            for (int i = 0; i < 2 * 94 * 94; i++) {
                int row = i / 94 % 94 + 0x21;
                String one = "\u001b" + set + (char) row + (char) (i % 94 + 0x21) + "\u001b(B";
                together.append(one);
                byte[] raw = Mails.bytes(one);
                TextCodec.Text text = Iso2022Jp.CODEC.decode(raw, 0, raw.length);
                alone.append(text.text());
                bad += text.bad();
            }
            byte[] raw = Mails.bytes(together.toString());
            assertThat(Iso2022Jp.CODEC.decode(raw, 0, raw.length)).isEqualTo(new TextCodec.Text(alone.toString(), bad));
        }
    }

    private static String decoded(String label, String bytes) {
        TextCodec codec = java.util.Objects.requireNonNull(Charsets.find(label));
        byte[] raw = Mails.bytes(bytes);
        TextCodec.Text text = codec.decode(raw, 0, raw.length);
        assertThat(text.bad()).isZero();
        return text.text();
    }

    @Test
    void setsOfIso2022Jp2AreRead() {
        assertThat(decoded(
                        "iso-2022-jp-2",
                        "\u001b$ADc:C\u001b(B \u001b$(C>H3g\u001b(B \u001b.A\u001bNi \u001b.F\u001bNa"))
                .isEqualTo("你好 안녕 é α");
    }

    @Test
    void halfWidthKatakanaOfIso2022JpIsReadInAllItsForms() {
        for (String form : new String[] {"\u001b(I1\u001b(B", "\u000e1\u000f", "\u001b$B$\"\u001b(B\u00b1"}) {
            assertThat(decoded("cp50221", form)).endsWith("ｱ");
        }
    }

    @Test
    void yenSignAndOverlineOfJisX0201AreReadAndTheTildeOfAnAddressStays() {
        assertThat(decoded("iso-2022-jp", "\u001b$B$\"\u001b(J\\\u001b(B1,000 C:\\a"))
                .isEqualTo("あ¥1,000 C:\\a");
        assertThat(decoded("iso-2022-jp", "\u001b$B$\"\u001b(J~ \\\u001b(B~")).isEqualTo("あ\u203e ¥~");
        assertThat(decoded("iso-2022-jp", "\u001b$B$\"\u001b(J \\1,000 http://a.example/~b\n\\"))
                .isEqualTo("あ ¥1,000 http://a.example/~b\n\\");
    }

    @Test
    void lineThatWasBrokenInsideAShiftGoesOn() {
        assertThat(decoded("iso-2022-jp", "\u001b$B$\"$$\n$&$(\u001b(B\nabcd\n"))
                .isEqualTo("あい\nうえ\nabcd\n");
        assertThat(decoded("iso-2022-jp", "\u001b$B$\"$$\nplain text\n")).isEqualTo("あい\nplain text\n");
    }

    @Test
    void charactersOfIbmAreReadInEucJp() {
        assertThat(decoded("eucJP-ms", "\u00ad\u00a1\u008f\u00f4\u00a1"))
                .hasSize(2)
                .startsWith("①");
        assertThat(decoded("euc-jp", Mails.in("EUC-JP", "丂"))).isEqualTo("丂");
    }

    @Test
    void hzAndUtf7AreRead() {
        assertThat(decoded("hz-gb-2312", "a ~{<:Ky2;~} ~~ b\n")).isEqualTo("a 己所不 ~ b\n");
        assertThat(decoded("utf-7", "+2EDfdQ-!")).isEqualTo("𠍵!");
    }

    @Test
    void halfASurrogatePairIsNoCharacter() {
        byte[] raw = Mails.bytes("+2EA-x");
        assertThat(Utf7.CODEC.decode(raw, 0, raw.length)).isEqualTo(new TextCodec.Text("\ufffdx", 1));
    }
}
