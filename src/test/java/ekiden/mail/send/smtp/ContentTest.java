package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ContentTest {
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("a.\r\n").ofMaxLength(30);
    }

    /** One byte after the other, by the words of RFC 5321: each line ends with CRLF, and a dot that begins one is doubled. */
    private static String plain(String text) {
        String lines = text.replace("\r\n", "\n").replace("\r", "\n");
        String ended = lines.isEmpty() || lines.endsWith("\n") ? lines : lines + "\n";
        StringBuilder wire = new StringBuilder();
        for (int i = 0; i < ended.length(); i++) {
            boolean begins = i == 0 || ended.charAt(i - 1) == '\n';
            char c = ended.charAt(i);
            wire.append(begins && c == '.' ? ".." : c == '\n' ? "\r\n" : String.valueOf(c));
        }
        return wire.toString();
    }

    @Property(tries = 5000)
    void contentInAnyPiecesGoesAsDataWantsIt(
            @ForAll("texts") String text, @ForAll @IntRange(min = 1, max = 9) int piece) throws SmtpFault {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        Content content = new Content(wire::write);
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        byte[] some = new byte[piece];
        for (int from = 0; from < bytes.length; from += piece) {
            int count = Math.min(piece, bytes.length - from);
            System.arraycopy(bytes, from, some, 0, count);
            content.write(some, count);
        }
        content.end();
        assertThat(wire.toString(StandardCharsets.US_ASCII)).isEqualTo(plain(text));
    }
}
