package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RtfTextTest {
    private static String unpacked(String hex, int limit) {
        byte[] packed = HexFormat.of().parseHex(hex);
        return new String(Objects.requireNonNull(Lzfu.unpacked(packed, limit)), StandardCharsets.US_ASCII);
    }

    /** The examples of MS-OXRTFCP §4. */
    @Test
    void compressedRtfOfTheSpecificationIsUnpacked() {
        assertThat(unpacked(
                        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0",
                        1000))
                .isEqualTo("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
        String runs = "1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0";
        assertThat(unpacked(runs, 28)).isEqualTo("{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}");
        assertThat(unpacked(runs, 27)).isEqualTo("{\\rtf1 WXYZWXYZWXYZWXYZWXYZ");
    }

    @Test
    void whatIsNotCompressedRtfIsNone() {
        assertThat(Lzfu.unpacked(new byte[15], 100)).isNull();
        assertThat(Lzfu.unpacked(new byte[20], 100)).isNull();
    }

    private static String text(String rtf) {
        return RtfText.of(rtf.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void charactersAreReadInTheSetOfTheirFont() {
        assertThat(text("{\\rtf1\\ansicpg1252{\\fonttbl{\\f0 A;}{\\f1\\fcharset204 B;}}\\f0\\'e9\\f1\\'e9}"))
                .isEqualTo("éй");
    }

    @Test
    void characterWrittenAsANumberHidesWhatStandsForIt() {
        assertThat(text("{\\rtf1\\u12354?\\uc2\\u12356\\'81\\'40b\\uc0\\u-4064 c}"))
                .isEqualTo("あいb\uf020c");
    }

    @Test
    void groupsWithoutTextAreLeftOut() {
        assertThat(text("{\\rtf1{\\*\\unknown x}{\\info{\\title t}}{\\pict\\bin3 }}}}a\\par b}"))
                .isEqualTo("a\nb");
    }

    @Test
    void deepGroupsEndWhereTheyShould() {
        assertThat(text("{".repeat(5000) + "\\colortbl x" + "}".repeat(5000) + "a"))
                .isEqualTo("a");
    }

    @Test
    void fontOfTheDocumentIsThatOfPlainText() {
        String fonts = "{\\rtf1\\ansicpg1252\\deff1{\\fonttbl{\\f0 A;}{\\f1\\fcharset204 B;}}";
        assertThat(text(fonts + "\\'e9{\\f0\\'e9}\\f0\\'e9\\plain\\'e9}")).isEqualTo("йééй");
    }

    @Test
    void halfOfACharacterIsNone() {
        assertThat(text("{\\rtf1 \\u-10179?\\u-8704?a\\u-10179?b}")).isEqualTo("😀a\ufffdb");
    }

    /** Each change of the font ends a piece of text. */
    @Test
    void textInVeryManyPiecesIsReadAsItIsSaid() {
        int many = RtfText.MAX_CHECKED;
        String fonts = "{\\rtf1{\\fonttbl{\\f0\\fcharset128 A;}{\\f1\\fcharset204 B;}}";
        String pieces = "\\f0\u0082\u00a0\\f1\u00e9\\f0 ok";
        assertThat(text(fonts + pieces.repeat(many) + "\\ansicpg0\\f3\u00e9}")).isEqualTo("あйok".repeat(many) + "é");
    }

    @Test
    void pieceBeyondTheLimitIsNotLookedAt() {
        String wrong = "\\f0\u0093";
        for (int more = 0; more <= 1; more++) {
            String text = text("{\\rtf1\\ansicpg932" + wrong.repeat(RtfText.MAX_CHECKED + more) + "}");
            assertThat(text.contains("\ufffd")).isEqualTo(more == 1);
        }
    }
}
