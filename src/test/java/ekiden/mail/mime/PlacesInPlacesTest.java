package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What lies in an encoded part is the same from wherever it is reached, and many small things in a large part cost a few passes over it. */
final class PlacesInPlacesTest {
    private static final int PIECES = 200;

    /** Counts what is read of the mail. */
    private static final class Counting implements RawSource {
        private final BytesSource bytes;
        private long read;

        Counting(byte[] bytes) {
            this.bytes = new BytesSource(bytes);
        }

        @Override
        public long size() {
            return bytes.size();
        }

        @Override
        public int readAt(long offset, ByteBuffer into) throws IOException {
            int got = bytes.readAt(offset, into);
            read += Math.max(0, got);
            return got;
        }

        @Override
        public void close() {
            bytes.close();
        }
    }

    private static byte[] some(SplittableRandom random, int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Encoded bytes with all that makes a decoder wait for what follows: padding inside, long runs of blanks, soft breaks, lines of any length. */
    private static byte[] encoded(TransferEncoding encoding, SplittableRandom random, int size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (encoding == TransferEncoding.UUENCODE) {
            out.writeBytes("said before\nbegin 644 x\n".getBytes(StandardCharsets.US_ASCII));
        }
        while (out.size() < size) {
            switch (encoding) {
                case IDENTITY -> out.writeBytes(some(random, 999));
                case BASE64 -> out.writeBytes(Base64.getMimeEncoder().encode(some(random, random.nextInt(4000))));
                case QUOTED_PRINTABLE -> {
                    out.writeBytes("=".repeat(random.nextInt(3)).getBytes(StandardCharsets.US_ASCII));
                    out.writeBytes("a=4 =3D".getBytes(StandardCharsets.US_ASCII));
                    out.writeBytes(" ".repeat(random.nextInt(3000)).getBytes(StandardCharsets.US_ASCII));
                    out.writeBytes(random.nextBoolean() ? new byte[] {'\n'} : new byte[] {'b'});
                }
                case UUENCODE -> {
                    byte[] line = some(random, random.nextInt(70));
                    for (int i = 0; i < line.length; i++) {
                        line[i] = (byte) (' ' + (line[i] & 63));
                    }
                    out.writeBytes(line);
                    out.write('\n');
                }
            }
        }
        return out.toByteArray();
    }

    private static byte[] all(Place place, RawSource raw) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        place.copyTo(raw, out::write);
        return out.toByteArray();
    }

    @Property(tries = 6)
    void piecesAreTheSameInWhateverOrderTheyAreRead(@ForAll long seed) throws IOException {
        for (TransferEncoding encoding : TransferEncoding.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] mail = encoded(encoding, random, 700_000);
            same(new Place.Piece(null, 0, mail.length, encoding), new BytesSource(mail), random);
        }
    }

    @Property(tries = 3)
    void encodedInsideOfEncodedIsTheSameInWhateverOrder(@ForAll long seed) throws IOException {
        for (TransferEncoding encoding : TransferEncoding.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] inner = encoded(encoding, random, 600_000);
            byte[] mail = Base64.getMimeEncoder().encode(inner);
            Place outer = Place.holding(new Place.Piece(null, 0, mail.length, TransferEncoding.BASE64));
            int before = random.nextInt(1000);
            Place.Piece piece = Place.inside(outer, before, inner.length - before, encoding);
            same(piece, new BytesSource(mail), random);
        }
    }

    private record Cut(int at, int length) {}

    private static void same(Place.Piece piece, RawSource raw, SplittableRandom random) throws IOException {
        byte[] whole = all(piece, raw);
        List<Cut> cuts = new ArrayList<>();
        int at = 0;
        while (at < whole.length) {
            int length = Math.min(random.nextInt(1, 40_000), whole.length - at);
            cuts.add(new Cut(at, length));
            at += length;
        }
        List<Cut> mixed = new ArrayList<>(cuts);
        Collections.shuffle(mixed, new Random(random.nextLong()));
        for (List<Cut> order : List.of(cuts, cuts.reversed(), mixed)) {
            Place holding = Place.holding(piece);
            for (Cut cut : order) {
                same(Place.inside(holding, cut.at, cut.length, TransferEncoding.IDENTITY), raw, cut, whole);
            }
            try (InputStream in = holding.open(raw)) {
                assertThat(Arrays.equals(in.readAllBytes(), whole)).isTrue();
            }
        }
    }

    private static void same(Place.Piece piece, RawSource raw, Cut cut, byte[] whole) throws IOException {
        byte[] wanted = Arrays.copyOfRange(whole, cut.at, cut.at + cut.length);
        assertThat(Arrays.equals(all(piece, raw), wanted)).as("at %d", cut.at).isTrue();
        try (InputStream in = piece.open(raw)) {
            assertThat(Arrays.equals(in.readAllBytes(), wanted))
                    .as("at %d", cut.at)
                    .isTrue();
        }
    }

    private static String filler() {
        return ("x".repeat(75) + "\r\n").repeat(8 << 20 >> 6);
    }

    private static String files() {
        return "begin 644 f.bin\r\n#0V%T\r\n`\r\nend\r\n".repeat(PIECES);
    }

    private static void fewPasses(String header, byte[] encoded) throws IOException {
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes((header + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(encoded);
        Counting raw = new Counting(mail.toByteArray());
        Opening opening = new Opening(true, true, null, OpeningLimits.DEFAULT);
        Reading reading = MessageReader.readOrThrow(raw, MimeLimits.DEFAULT, opening);
        assertThat(reading).isInstanceOf(Reading.Readable.class);
        Message message = ((Reading.Readable) reading).message();
        assertThat(message.attachments()).hasSizeGreaterThanOrEqualTo(PIECES - 5);
        ReadMailJson.readable("f", message, raw);
        assertThat(raw.read / raw.size()).isLessThan(12);
    }

    @Test
    void manyFilesInUuencodeBehindMuchTextCostFewPassesOverTheMail() throws IOException {
        String text = filler() + files();
        fewPasses(
                "From: a@b.c\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64",
                Base64.getMimeEncoder().encode(text.getBytes(StandardCharsets.US_ASCII)));
        fewPasses(
                "From: a@b.c\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable",
                text.getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void manyPartsOfAnEncodedMessageBehindALargeOneCostFewPassesOverTheMail() throws IOException {
        String message =
                "From: a@b.c\r\nContent-Type: multipart/mixed; boundary=z\r\n\r\n--z\r\nContent-Type: application/x\r\n\r\n"
                        + filler()
                        + "--z\r\nContent-Type: application/x\r\n\r\nsmall enough, and large enough to be looked at\r\n"
                                .repeat(PIECES - 5)
                        + "--z--\r\n";
        fewPasses(
                "From: a@b.c\r\nContent-Type: message/rfc822\r\nContent-Transfer-Encoding: base64",
                Base64.getMimeEncoder().encode(message.getBytes(StandardCharsets.US_ASCII)));
    }
}
