package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderShapeTest {
    private static byte[] bytes(String header) {
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static boolean read(String header) {
        Headers headers = ((Reading.Readable)
                        MessageReader.read(new BytesSource(bytes(header + "\r\ntext\r\n")), MimeLimits.DEFAULT))
                .message()
                .header();
        return headers.oneReading();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: a@x.example\r\nSubject: s\r\n",
                "From: a@x.example\nSubject: s\n",
                "From : a@x.example\r\nSubject:\r\n s\r\n\tt\r\n \r\n",
                "From: a@x.example\r\nX: \u00e9\r\n",
            })
    void headerOfLinesThatAllReadersSeeHasOneReading(String header) {
        assertThat(HeaderShape.hasOneReading(bytes(header), header.length())).isTrue();
        assertThat(read(header)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X: a\rFrom: a@x.example\r\nFrom: b@x.example\r\n",
                "From: a@x.example\r\nX: a\r\r\nSubject: s\r\n",
                "\u00ef\u00bb\u00bfFrom: a@x.example\r\nFrom: b@x.example\r\n",
                "From: a@x.example\r\n,b@x.example\r\nSubject: s\r\n",
                "From: a@x.example\r\n--\r\nSubject: s\r\n",
                "From: a@x.example\r\n--b: c\r\nSubject: s\r\n",
                " From: a@x.example\r\nFrom: b@x.example\r\n",
                "From a@x.example Mon Nov 23 10:00:00 2026\r\nFrom: b@x.example\r\n",
                "From: a@x.example\r\nX: \u0000\r\nSubject: s\r\n",
            })
    void headerThatReadersReadEachInItsWayHasNot(String header) {
        assertThat(HeaderShape.hasOneReading(bytes(header), header.length())).isFalse();
        assertThat(read(header)).isFalse();
    }
}
