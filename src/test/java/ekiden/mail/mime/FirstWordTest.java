package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.HeaderValues;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The first word of a field, read from the bytes where that is enough. */
class FirstWordTest {
    /** Bytes as characters: what values are made of, with escapes of ISO-2022-JP whole and lost, raw bytes, folds and blanks. */
    private static final List<String> PIECES = List.of(
            "multipart/report",
            "Auto-Replied",
            "no",
            "; ",
            ";",
            "(",
            ")",
            " ",
            "\t",
            "\r\n ",
            "\n\t",
            "\r",
            "=?utf-8?B?5rOo?=",
            "\u001b$B%F%9\u001b(B",
            "$B%F%9%H(B",
            "\u0093\u00fa\u0096\u007b",
            "\u00e6\u00b3\u00a8",
            "+ZeVnLIqe-",
            "\"",
            "=",
            ",",
            "report-type=x",
            "é",
            "\u0000",
            "0");

    private static String word(Headers header, String name) {
        List<String> values = header.raw(name);
        return values.isEmpty() ? "" : HeaderValues.wordOf(values.getFirst());
    }

    private static Headers header(String fields) {
        byte[] mail = (fields + "\r\n\r\ntext").getBytes(StandardCharsets.ISO_8859_1);
        return ((Reading.Readable) MessageReader.read(new BytesSource(mail), MimeLimits.DEFAULT))
                .message()
                .header();
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(PIECES).list().ofMaxSize(6).map(pieces -> String.join("", pieces));
    }

    @Property
    void firstWordIsThatOfTheDecodedValueWhateverItIsMadeOf(@ForAll("values") String value) {
        Headers header = header(
                "Content-Type: text/plain; charset=iso-2022-jp\r\nPrecedence:" + value + "\r\nPrecedence: second");

        assertThat(header.firstWord("Precedence")).isEqualTo(word(header, "precedence"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            Auto-Submitted: Auto-Replied (vacation)    | auto-replied
            AUTO-SUBMITTED:no                          | no
            Auto-Submitted:                            | ""
            Auto-Submitted: auto-replied;x=y           | auto-replied
            Precedence: bulk                           | ""
            """)
    void wordIsReadWithoutCaseCommentsAndParameters(String field, String word) {
        assertThat(header(field).firstWord("auto-submitted")).isEqualTo(word);
    }
}
