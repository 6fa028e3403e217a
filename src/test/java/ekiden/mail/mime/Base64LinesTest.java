package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines that are decoded together give what their digits give one by one. */
class Base64LinesTest {
    private static byte[] decoded(byte[] encoded, int piece) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Base64Decoder decoder = new Base64Decoder(out::write);
        try {
            for (int at = 0; at < encoded.length; at += piece) {
                decoder.feed(encoded, at, Math.min(encoded.length, at + piece));
            }
            decoder.finish();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        assertThat(decoder.total()).isEqualTo(out.size());
        return out.toByteArray();
    }

    private static String lines(byte[] content, int width, String lineBreak) {
        return Base64.getMimeEncoder(width, lineBreak.getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
    }

    private static byte[] content(long seed, int length) {
        byte[] content = new byte[length];
        new Random(seed).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @CsvSource({"76,CRLF", "76,LF", "72,CRLF", "64,CRLF", "4,LF", "60,CRLF"})
    void linesOfEveryUsualWidthAreDecodedWhereverTheyAreCut(int width, String lineBreak) {
        for (int length : new int[] {0, 1, 57 * 64, 57 * 64 + 1, 57 * 64 * 3 + 2, 200_000}) {
            byte[] content = content(length, length);
            byte[] encoded = lines(content, width, lineBreak.equals("LF") ? "\n" : "\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            for (int piece : new int[] {64 * 1024, 64 * 78, 64 * 78 + 1, 64 * 78 + 40, 9_999, encoded.length + 1}) {
                assertThat(decoded(encoded, piece))
                        .as("%d in pieces of %d", length, piece)
                        .isEqualTo(content);
            }
        }
    }

    /** One byte is changed to any other: what each digit by itself gives is what pieces of one byte give. */
    @Property(tries = 300)
    void whateverStandsInTheMidstIsTakenAsDigitByDigit(
            @ForAll long seed, @ForAll @IntRange(max = 8) int changes, @ForAll boolean crlf) {
        Random random = new Random(seed);
        byte[] encoded = lines(content(seed, 30_000), 76, crlf ? "\r\n" : "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] some = "=\r\n A+\u0080-".getBytes(StandardCharsets.ISO_8859_1);
        for (int i = 0; i < changes; i++) {
            encoded[random.nextInt(encoded.length)] = some[random.nextInt(some.length)];
        }
        assertThat(decoded(encoded, encoded.length)).isEqualTo(decoded(encoded, 1));
    }

    /** The footer of a list ends a text only directly behind padding. */
    @Test
    void foreignCharactersBehindLinesThatCameAfterPaddingDoNotEndTheText() {
        byte[] first = content(1, 57 * 3 - 1);
        byte[] lines = content(2, 57 * 130);
        String text =
                lines(first, 76, "\r\n") + "\r\n" + lines(lines, 76, "\r\n") + "\r\n-.-\r\n" + lines(first, 76, "\r\n");
        byte[] encoded = text.getBytes(StandardCharsets.US_ASCII);
        byte[] all = decoded(encoded, encoded.length);
        assertThat(all).isEqualTo(decoded(encoded, 1)).hasSize(2 * first.length + lines.length);
        assertThat(Arrays.copyOfRange(all, first.length, first.length + lines.length))
                .isEqualTo(lines);
    }

    @Test
    void footerDirectlyBehindPaddingEndsTheText() {
        byte[] content = content(3, 57 * 64 * 2 - 1);
        String piece = lines(content, 76, "\r\n") + "\r\n";
        byte[] encoded = (piece + "-- \r\nthe list\r\n" + piece).getBytes(StandardCharsets.US_ASCII);
        assertThat(decoded(encoded, encoded.length)).isEqualTo(content).isEqualTo(decoded(encoded, 1));
    }
}
