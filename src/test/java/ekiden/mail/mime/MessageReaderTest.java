package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.base64;
import static ekiden.mail.mime.Mails.bytes;
import static ekiden.mail.mime.Mails.content;
import static ekiden.mail.mime.Mails.in;
import static ekiden.mail.mime.Mails.read;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.AttachmentSummary;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageReaderTest {
    private static final String TWO_PARTS = """
            From: a@b.example
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="=_x"

            preamble
            --=_x
            Content-Type: text/plain; charset=utf-8

            hello
            --=_x
            Content-Type: application/pdf; name="a.pdf"
            Content-Disposition: attachment; filename="a.pdf"
            Content-Transfer-Encoding: base64

            aGVsbG8g
            d29ybGQ=
            --=_x--
            epilogue
            """;

    private static String type(String type, String body) {
        return "From: a@b.example\nContent-Type: " + type + "\n\n" + body;
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void textAndAttachmentAreFoundWithAnyLineBreak(String lineBreak) {
        byte[] mail = bytes(TWO_PARTS.replace("\n", lineBreak));
        Message message = read(mail);
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.summary().attachments())
                .containsExactly(new AttachmentSummary("a.pdf", "application/pdf", 11));
        assertThat(content(mail, message.attachments().getFirst())).isEqualTo("hello world");
        assertThat(message.summary().problems()).isEmpty();
    }

    @Test
    void theThreadOfAMailIsKept() {
        assertThat(read(bytes("From: a@b.example\nReferences: <1@x>\n <2@x>\nIn-Reply-To: <2@x>\n\ntext\n"))
                        .summary()
                        .thread())
                .containsExactly("<1@x>", "<2@x>");
        assertThat(read(bytes("From: a@b.example\nIn-Reply-To: <2@x>\n\ntext\n"))
                        .summary()
                        .thread())
                .containsExactly("<2@x>");
        assertThat(read(bytes(TWO_PARTS)).summary().thread()).isEmpty();
    }

    @Test
    void partIsAlsoReadAsAStream() throws java.io.IOException {
        byte[] mail = bytes(TWO_PARTS);
        try (var in = read(mail).attachments().getFirst().open(new BytesSource(mail))) {
            assertThat(in.read()).isEqualTo('h');
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII))
                    .isEqualTo("ello world");
        }
    }

    @Test
    void mailThatBreaksOffKeepsWhatIsThere() {
        String cut = TWO_PARTS.substring(0, TWO_PARTS.indexOf("d29y"));
        byte[] mail = bytes(cut);
        Message message = read(mail);
        assertThat(content(mail, message.attachments().getFirst())).isEqualTo("hello ");
        assertThat(message.summary().problems()).contains(MimeMessage.PART_NOT_CLOSED.id());
    }

    @Test
    void wrongBoundaryIsFoundOut() {
        Message message = read(TWO_PARTS.replace("boundary=\"=_x\"", "boundary=\"other\""));
        assertThat(message.text()).isEqualTo("hello");
        assertThat(message.summary().attachments()).hasSize(1);
        assertThat(message.summary().problems()).contains(MimeMessage.BOUNDARY_GUESSED.id());
    }

    @Test
    void missingBoundaryParameterIsFoundOut() {
        assertThat(read(TWO_PARTS.replace("; boundary=\"=_x\"", "")).summary().attachments())
                .hasSize(1);
    }

    @Test
    void multipartWithoutAnyBoundaryIsKeptAsText() {
        Message message = read(type("multipart/mixed; boundary=x", "only text\nhere\n"));
        assertThat(message.text()).isEqualTo("only text\nhere\n");
        assertThat(message.summary().problems()).contains(MimeMessage.BOUNDARY_MISSING.id());
    }

    @Test
    void partBehindTheClosingBoundaryIsNotLost() {
        Message message = read(TWO_PARTS + "--=_x\nContent-Type: image/png; name=late.png\n\nPNG\n");
        assertThat(message.summary().attachments())
                .extracting(AttachmentSummary::name)
                .containsExactly("a.pdf", "late.png");
    }

    @Test
    void innerMultipartWithTheBoundaryOfTheOuterLosesNothing() {
        Message message = read(type("multipart/mixed; boundary=x", """
                --x
                Content-Type: multipart/alternative; boundary=x

                --x
                Content-Type: text/plain

                inner
                --x--
                --x
                Content-Type: image/png; name=a.png

                PNG
                --x--
                """));
        assertThat(message.text()).isEqualTo("inner");
        assertThat(message.summary().attachments())
                .extracting(AttachmentSummary::name)
                .containsExactly("a.png");
    }

    @Test
    void innerMultipartThatIsNotClosedEndsWithTheOuter() {
        Message message = read(type("multipart/mixed; boundary=outer", """
                --outer
                Content-Type: multipart/alternative; boundary=inner

                --inner
                Content-Type: text/plain

                text
                --inner
                Content-Type: text/html

                <p>html</p>
                --outer
                Content-Type: image/png; name=a.png

                PNG
                --outer--
                """));
        assertThat(message.text()).isEqualTo("text");
        assertThat(message.summary().attachments())
                .extracting(AttachmentSummary::name)
                .containsExactly("a.png");
    }

    @Test
    void boundaryThatBeginsLikeAnotherIsToldApart() {
        Message message = read(type("multipart/mixed; boundary=ab", """
                --ab
                Content-Type: multipart/mixed; boundary=abc

                --abc

                one
                --abcd
                --abc--
                --ab

                two
                --ab--
                """));
        assertThat(message.text()).isEqualTo("one\n--abcd\ntwo");
    }

    @Test
    void longRunsOfHyphensAreText() {
        String text = "-".repeat(5000) + "\n--\n-- \n--x\n";
        assertThat(read(type("multipart/mixed; boundary=b", "--b\n\n" + text + "--b--\n"))
                        .text())
                .isEqualTo(text.stripTrailing());
    }

    @Test
    void boundaryIsFoundAtEveryPlaceOfTheWindow() {
        for (int pad = 65_300; pad < 65_700; pad += 7) {
            String text = ("x".repeat(99) + "\n").repeat(pad / 100) + "y".repeat(pad % 100);
            String mail = type(
                    "multipart/mixed; boundary=b",
                    "--b\r\n\r\n" + text + "\r\n--b\r\nContent-Type: a/b\r\n\r\nz\r\n--b--\r\n");
            Message message = read(mail);
            assertThat(message.text()).hasSize(text.length()).endsWith(text.substring(text.length() - 3));
            assertThat(message.summary().attachments()).containsExactly(new AttachmentSummary("", "a/b", 1));
        }
    }

    @Test
    void htmlIsTheTextOnlyWhereThereIsNoPlainOne() {
        String html = "Content-Type: text/html; charset=utf-8\n\n<p>a &amp; b</p><p>c</p>\n";
        Message both = read(type("multipart/alternative; boundary=b", "--b\n\nplain\n--b\n" + html + "--b--\n"));
        assertThat(both.text()).isEqualTo("plain");
        assertThat(both.attachments()).isEmpty();
        Message alone = read("From: a@b\n" + html);
        assertThat(alone.text()).isEqualTo("a & b\n\nc");
        assertThat(alone.fromHtml()).isTrue();
    }

    @Test
    void attachedTextIsAnAttachment() {
        Message message = read(type(
                "multipart/mixed; boundary=b", "--b\nContent-Disposition: attachment; filename=a.txt\n\nx\n--b--\n"));
        assertThat(message.text()).isEmpty();
        assertThat(message.summary().attachments()).containsExactly(new AttachmentSummary("a.txt", "text/plain", 1));
    }

    @Test
    void textsAreJoinedWithALineBreak() {
        assertThat(read(type("multipart/mixed; boundary=b", "--b\n\none\n--b\n\ntwo\n--b--\n"))
                        .text())
                .isEqualTo("one\ntwo");
    }

    @Test
    void enclosedMessageIsOneLeaf() {
        String inner = TWO_PARTS;
        String mail =
                type("multipart/mixed; boundary=b", "--b\nContent-Type: message/rfc822\n\n" + inner + "\n--b--\n");
        Message message = read(mail);
        assertThat(message.summary().attachments())
                .containsExactly(new AttachmentSummary("", "message/rfc822", inner.length()));
        assertThat(content(bytes(mail), message.attachments().getFirst())).isEqualTo(inner);
    }

    @Test
    void digestHoldsMessagesWithoutSayingSo() {
        Message message = read(type("multipart/digest; boundary=b", "--b\n\nFrom: x@y\n\nz\n--b--\n"));
        assertThat(message.summary().attachments())
                .extracting(AttachmentSummary::type)
                .containsExactly("message/rfc822");
    }

    @Test
    void quotedPrintableIsDecoded() {
        String mail = type(
                "text/plain; charset=utf-8\nContent-Transfer-Encoding: Quoted-Printable",
                "=E6=B3=\r\n=A8 end  \r\nx==3D=ZZ=\n");
        assertThat(read(mail).text()).isEqualTo("注 end\nx==3D=ZZ".replace("==3D", "=="));
    }

    @Test
    void uuencodedPartIsDecoded() {
        String mail = type(
                "application/octet-stream; name=a\nContent-Transfer-Encoding: x-uuencode",
                "begin 644 a\n#0V%T\n`\nend\n");
        assertThat(content(bytes(mail), read(mail).attachments().getFirst())).isEqualTo("Cat");
    }

    @Test
    void paddedPiecesOfBase64AreAllDecodedButNotAFooter() {
        String mail = type("a/b\nContent-Transfer-Encoding: base64", "YQ==\r\nYmM=\r\nZGVm\r\n");
        assertThat(content(bytes(mail), read(mail).attachments().getFirst())).isEqualTo("abcdef");
        assertThat(read(mail).summary().attachments().getFirst().size()).isEqualTo(6);
        String footer = type("a/b\nContent-Transfer-Encoding: base64", "YQ==\r\n_____\r\nlist footer\r\n");
        assertThat(content(bytes(footer), read(footer).attachments().getFirst()))
                .isEqualTo("a");
        assertThat(read(footer).summary().attachments().getFirst().size()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "windows-31j", "EUC-JP", "x-windows-iso2022jp"})
    void textWithoutADeclaredCharacterSetIsRead(String charset) {
        String text = "いつもお世話になっております。\n株式会社サンプルの山田です。\n";
        assertThat(read("From: a@b\n\n" + in(charset, text)).text()).isEqualTo(text);
        assertThat(read(type("text/plain; charset=us-ascii", in(charset, text))).text())
                .isEqualTo(text);
        assertThat(read(type("text/plain; charset=ISO-2022-JP", in(charset, text)))
                        .text())
                .isEqualTo(text);
    }

    @Test
    void iso2022JpWithEverythingThatIsSentUnderThatName() {
        String text = "①㈱髙﨑 ﾊﾝｶｸ ～−";
        Message message = read(type("text/plain; charset=iso-2022-jp", in("x-windows-iso2022jp", text)));
        assertThat(message.text())
                .isEqualTo(new String(
                        in("x-windows-iso2022jp", text).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                        java.nio.charset.Charset.forName("x-windows-iso2022jp")));
        assertThat(message.text()).contains("①㈱髙﨑 ﾊﾝｶｸ");
    }

    @Test
    void utf7AndUtf16AreRead() {
        assertThat(read(type("text/plain; charset=utf-7", "A+ImIDkQ- +-1")).text())
                .isEqualTo("A≢Α +1");
        String utf16 = base64("UTF-16", "注文書");
        assertThat(read(type("text/plain; charset=utf-16\nContent-Transfer-Encoding: base64", utf16))
                        .text())
                .isEqualTo("注文書");
    }

    @Test
    void longerTextThanTheLimitIsCutAndTold() {
        MimeLimits d = MimeLimits.DEFAULT;
        MimeLimits small = new MimeLimits(
                d.mailBytes(),
                d.parts(),
                d.nesting(),
                d.headerBytes(),
                d.allHeaderBytes(),
                d.headerFields(),
                d.addresses(),
                10,
                d.nameChars());
        Reading reading = Mails.reading(bytes("From: a@b\n\n0123456789A"), small);
        assertThat(reading).isInstanceOfSatisfying(Reading.Readable.class, r -> {
            assertThat(r.message().text()).isEqualTo("0123456789");
            assertThat(r.message().summary().problems()).containsExactly(MimeMessage.TEXT_CUT.id());
        });
        assertThat(Mails.reading(bytes("From: a@b\n\n0123456789"), small))
                .isInstanceOfSatisfying(
                        Reading.Readable.class,
                        r -> assertThat(r.message().summary().problems()).isEmpty());
    }

    private static List<String> names(String header) {
        return read(type("multipart/mixed; boundary=b", "--b\n" + header + "\n\nx\n--b--\n"))
                .summary()
                .attachments()
                .stream()
                .map(AttachmentSummary::name)
                .toList();
    }

    @Test
    void fileNamesInAllForms() {
        assertThat(names("Content-Disposition: attachment; filename=a b.txt; size=1"))
                .containsExactly("a b.txt");
        assertThat(names("Content-Disposition: attachment; filename=\"a;b.txt\""))
                .containsExactly("a;b.txt");
        assertThat(names("Content-Disposition: attachment; filename=\"C:\\dir\\a.txt\""))
                .containsExactly("C:\\dir\\a.txt");
        assertThat(names("Content-Disposition: attachment; filename=\"a\\\"b.txt\""))
                .containsExactly("a\"b.txt");
        assertThat(names("Content-Disposition: attachment;\n filename*=utf-8''%E6%B3%A8.txt"))
                .containsExactly("注.txt");
        assertThat(names("Content-Disposition: attachment; filename*0=\"ab\"; filename*1=\"cd\""))
                .containsExactly("abcd");
        assertThat(names("Content-Disposition: attachment; filename=\"=?utf-8?B?" + base64("utf-8", "注文.txt") + "?=\""))
                .containsExactly("注文.txt");
        assertThat(names("Content-Disposition: attachment\nContent-Type: a/b; name=\"" + in("windows-31j", "見積表.xls")
                        + "\""))
                .containsExactly("見積表.xls");
        assertThat(names("Content-Disposition: attachment; filename*=SHIFT-JIS''%FA%4E"))
                .containsExactly("Ⅴ");
    }

    @Test
    void continuationCutInsideAnEscapeIsJoinedAsBytes() {
        assertThat(
                        names(
                                "Content-Disposition: attachment; filename*0*=iso-2022-jp''%1B; filename*1*=%24%42%30%21; filename*2*=%1B%28%42.txt"))
                .containsExactly("亜.txt");
    }
}
