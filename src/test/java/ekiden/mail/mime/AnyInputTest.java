package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are: no exception, sizes that agree with the content, parts inside the mail. */
class AnyInputTest {
    private static final List<String> PIECES = List.of(
            "From: a@b\n",
            "Subject: ",
            "=?utf-8?B?",
            "=?ISO-2022-JP?Q?",
            "?=",
            "=1B=24B",
            "\n\n",
            "\r\n",
            "\r",
            "\n",
            " ",
            "\t",
            "Content-Type: multipart/mixed; boundary=b\n\n",
            "Content-Type: multipart/mixed; boundary=\"\n",
            "--b",
            "--b--",
            "--b\n",
            "--",
            "Content-Type: text/html\n\n",
            "Content-Type: message/rfc822\n\n",
            "Content-Type: text/plain; charset=",
            "utf-7",
            "utf-16",
            "iso-2022-jp",
            "shift_jis",
            "x-nobody",
            "Content-Transfer-Encoding: base64\n",
            "Content-Transfer-Encoding: quoted-printable\n",
            "Content-Transfer-Encoding: x-uuencode\n",
            "begin 644 a\n",
            "#0V%T\n",
            "`\nend\n",
            "end\n",
            "Content-Type: text/plain; format=flowed; delsp=yes\n\n",
            "Content-Type: text/calendar\n\n",
            ">",
            "-- \n",
            "QUJD",
            "==",
            "=",
            "=4",
            "=41",
            "Content-Disposition: attachment; filename*0*=iso-2022-jp''%1B; filename*1*=%24B",
            "filename=\"",
            "\"",
            "\\",
            ";",
            "<",
            ">",
            "(",
            ")",
            ",",
            ":",
            "@",
            "To: ",
            "Date: ",
            "<a href=\"x\">",
            "</a>",
            "<!--",
            "&amp;",
            "&#x41;",
            "&",
            "<script>",
            "</",
            "<pre>",
            "<td>",
            "\u001b$B",
            "\u001b(B",
            "\u001b$(D",
            "\u0082\u00a0",
            "\u00a4\u00a2",
            "\u00e3\u0081\u0082",
            "\u00ff",
            "\u0000",
            "x".repeat(80),
            "-".repeat(90),
            "+AGE-",
            "Content-");

    @Provide
    Arbitrary<byte[]> soups() {
        return Arbitraries.of(PIECES).list().ofMaxSize(60).map(pieces -> Mails.bytes(String.join("", pieces)));
    }

    @Property(tries = 3000)
    void soupOfPieces(@ForAll("soups") byte[] mail) throws IOException {
        check(mail);
    }

    @Property(tries = 1000)
    void randomBytes(@ForAll byte[] mail) throws IOException {
        check(mail);
    }

    @Property(tries = 2000)
    void realMailWithDamage(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] mail = sample(random).getBytes(StandardCharsets.ISO_8859_1);
        for (int n = random.nextInt(1, 8); n > 0; n--) {
            int at = random.nextInt(mail.length);
            switch (random.nextInt(4)) {
                case 0 -> mail[at] = (byte) random.nextInt(256);
                case 1 -> mail = Arrays.copyOf(mail, Math.max(1, at));
                case 2 ->
                    System.arraycopy(
                            mail, at, mail, random.nextInt(mail.length - (mail.length - at) + 1), mail.length - at);
                default -> mail[at] = "\r\n-=?\";:<(".getBytes(StandardCharsets.ISO_8859_1)[random.nextInt(10)];
            }
        }
        check(mail);
    }

    private static String sample(SplittableRandom random) {
        String data = Base64.getMimeEncoder().encodeToString(new byte[random.nextInt(300)]);
        return """
                From: =?ISO-2022-JP?B?GyRCPn5KOBsoQg==?= <a@b.example>
                To: "B, C" <c@d.example>, list: e@f.example;
                Subject: =?utf-8?Q?=E6=B3=A8=E6=96=87?= x
                Date: Mon, 23 Nov 2026 19:30:05 +0900
                Content-Type: multipart/mixed; boundary="=_x"

                --=_x
                Content-Type: multipart/alternative; boundary=in

                --in
                Content-Type: text/plain; charset=ISO-2022-JP

                \u001b$BCmJ8\u001b(B
                --in
                Content-Type: text/html
                Content-Transfer-Encoding: quoted-printable

                <p>a=3D b</p>
                --in--
                --=_x
                Content-Type: application/octet-stream; name*0*=utf-8''%E6; name*1*=%B3%A8
                Content-Transfer-Encoding: base64

                DATA
                --=_x--
                """.replace("DATA", data);
    }

    private static void check(byte[] mail) throws IOException {
        Reading reading = MessageReader.readOrThrow(new BytesSource(mail), MimeLimits.DEFAULT, Opening.USUAL);
        if (!(reading instanceof Reading.Readable(Message message))) {
            return;
        }
        for (Part part : message.attachments()) {
            inside(part.place(), mail.length);
            assertThat(Mails.content(mail, part)).hasSize((int) part.summary().size());
            byte[] streamed = part.open(new BytesSource(mail)).readAllBytes();
            assertThat(new String(streamed, StandardCharsets.ISO_8859_1)).isEqualTo(Mails.content(mail, part));
        }
        assertThat(message.summary().subject()).doesNotContain("\n", "\r");
        assertThatCode(() -> ReadMailJson.readable("f", message, new BytesSource(mail)))
                .doesNotThrowAnyException();
    }

    private static void inside(Place place, long size) {
        switch (place) {
            case Place.Piece(Place of, long offset, long length, TransferEncoding encoding) -> {
                assertThat(offset).isNotNegative();
                assertThat(length).isNotNegative();
                if (of == null) {
                    assertThat(offset + length).isLessThanOrEqualTo(size);
                } else {
                    inside(of, size);
                }
            }
            case Place.Marked marked -> inside(marked.piece(), size);
            case Place.Unwrapped unwrapped -> inside(unwrapped.of(), size);
        }
    }

    @Property(tries = 500)
    void piecesFedInAnySizesGiveTheSame(@ForAll byte[] data, @ForAll long seed) throws IOException {
        for (TransferEncoding encoding : TransferEncoding.values()) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] wrapped = encoding == TransferEncoding.BASE64
                    ? Base64.getMimeEncoder().encode(data)
                    : data;
            StringBuilder whole = new StringBuilder();
            TransferDecoder atOnce =
                    encoding.decoder((b, from, n) -> whole.append(new String(b, from, n, StandardCharsets.ISO_8859_1)));
            atOnce.feed(wrapped, 0, wrapped.length);
            atOnce.finish();
            StringBuilder pieces = new StringBuilder();
            Sink taking = (b, from, n) -> pieces.append(new String(b, from, n, StandardCharsets.ISO_8859_1));
            TransferDecoder piecewise = encoding.decoder(taking);
            SizeCounter counter = new SizeCounter(encoding);
            int at = 0;
            while (at < wrapped.length) {
                int end = Math.min(wrapped.length, at + random.nextInt(1, 9));
                piecewise.feed(wrapped, at, end);
                counter.feed(wrapped, at, end);
                at = end;
                if (random.nextInt(4) == 0) {
                    TransferDecoder next = piecewise.from(taking);
                    piecewise.flush();
                    piecewise = next;
                }
            }
            piecewise.finish();
            assertThat(pieces.toString()).isEqualTo(whole.toString());
            assertThat(counter.finish()).isEqualTo(whole.length());
            if (encoding == TransferEncoding.BASE64) {
                assertThat(whole.toString()).isEqualTo(new String(data, StandardCharsets.ISO_8859_1));
            }
        }
    }
}
