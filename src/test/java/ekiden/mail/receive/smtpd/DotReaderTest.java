package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class DotReaderTest {
    /** What came out, how many bytes went in, and whether the end was seen. */
    private record Read(String content, int consumed, boolean ended) {}

    private static Read read(byte[] wire, Random splits) {
        DotReader reader = new DotReader();
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = 0;
        while (at < wire.length && !reader.ended()) {
            int to = at + 1 + splits.nextInt(Math.min(8, wire.length - at));
            at = reader.feed(wire, at, to, piece -> drain(piece, content));
        }
        return new Read(content.toString(StandardCharsets.ISO_8859_1), at, reader.ended());
    }

    private static void drain(ByteBuffer piece, ByteArrayOutputStream content) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        content.writeBytes(bytes);
    }

    private static Read whole(String wire) {
        DotReader reader = new DotReader();
        byte[] bytes = wire.getBytes(StandardCharsets.ISO_8859_1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        int at = reader.feed(bytes, 0, bytes.length, piece -> drain(piece, content));
        return new Read(content.toString(StandardCharsets.ISO_8859_1), at, reader.ended());
    }

    /** The same, the slow and plain way: on the whole text, with the CRLF of the DATA command before it. */
    private static Read plainly(String wire) {
        String text = "\r\n" + wire;
        int end = text.indexOf("\r\n.\r\n");
        if (end < 0) {
            return new Read("", wire.length(), false);
        }
        String content = text.substring(0, end + 2).replace("\r\n.", "\r\n");
        return new Read(content.substring(2), end + 3, true);
    }

    @Provide
    Arbitrary<String> wires() {
        Arbitrary<String> bits = Arbitraries.of("\r", "\n", ".", "\r\n", "\r\n.", "\r\n.\r\n", "a", "\u00ff");
        return bits.list().ofMaxSize(40).map(list -> String.join("", list));
    }

    @Property(tries = 5000)
    void anyBytesInAnyPiecesAreReadAsOnTheWhole(@ForAll("wires") String wire, @ForAll long splits) {
        Read expected = plainly(wire);
        Read got = read(wire.getBytes(StandardCharsets.ISO_8859_1), new Random(splits));
        assertThat(got.ended()).isEqualTo(expected.ended());
        assertThat(got.consumed()).isEqualTo(expected.consumed());
        if (expected.ended()) {
            assertThat(got.content()).isEqualTo(expected.content());
        }
    }

    @Property(tries = 2000)
    void whatAClientStuffsComesOutAsItWas(@ForAll("wires") String text, @ForAll long splits) {
        String content = text.isEmpty() || text.endsWith("\r\n") ? text : text + "\r\n";
        // A client looks at lines: everything between two CRLF.
        String stuffed = ("\r\n" + content).replace("\r\n.", "\r\n..").substring(2);
        Read got = read((stuffed + ".\r\nQUIT\r\n").getBytes(StandardCharsets.ISO_8859_1), new Random(splits));
        assertThat(got.content()).isEqualTo(content);
        assertThat(got.consumed()).isEqualTo(stuffed.length() + 3);
    }

    @Test
    void nothingButCrlfDotCrlfEndsAMail() {
        for (String close : List.of(
                "\n.\n",
                "\n.\r\n",
                "\r\n.\n",
                "\r.\r",
                "\r\n.\r",
                "\r.\r\n",
                "\r\n. \r\n",
                "\r\n.\r\r\n",
                "\r\r\n.\n\r\n")) {
            assertThat(whole("a" + close + "MAIL FROM:<x@y>\r\n").ended())
                    .as(close)
                    .isFalse();
        }
        assertThat(whole("a\r\r\n.\r\n")).isEqualTo(new Read("a\r\r\n", 7, true));
    }

    @Test
    void emptyMailIsADotAlone() {
        assertThat(whole(".\r\nNOOP\r\n")).isEqualTo(new Read("", 3, true));
    }

    @Test
    void dotInABlockOfItsOwnIsStillTakenOff() {
        byte[] wire = "a\r\n..b\r\n.\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int split = 1; split < wire.length; split++) {
            DotReader reader = new DotReader();
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            DotReader.Sink sink = piece -> drain(piece, content);
            reader.feed(wire, 0, split, sink);
            reader.feed(wire, split, wire.length, sink);
            assertThat(content.toByteArray()).isEqualTo("a\r\n.b\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(reader.ended()).isTrue();
        }
    }

    @Test
    void blockWithoutDotsPassesInOnePiece() {
        byte[] block = new byte[1000];
        Arrays.fill(block, (byte) 'x');
        block[500] = '\r';
        block[501] = '\n';
        int[] pieces = {0};
        new DotReader().feed(block, 0, block.length, piece -> pieces[0]++);
        assertThat(pieces[0]).isEqualTo(1);
    }
}
