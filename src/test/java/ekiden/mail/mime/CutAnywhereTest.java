package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.base64;
import static ekiden.mail.mime.Mails.in;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mail that ends anywhere is read as far as it goes. */
class CutAnywhereTest {
    private static String mail(String charset) {
        return "From: " + in(charset, "山田 太郎") + " <a@b.example>\r\n"
                + "To: \"B, C\" (x (y)) <c@d.example>, list: e@f.example;\r\n"
                + "Subject: =?" + charset + "?B?" + base64(charset, "注文書の件") + "?=\r\n =?utf-8?Q?a?=E3=81=82?=\r\n"
                + "Date: Mon, 23 Nov 2026 19:30:05 +0900 (JST)\r\n"
                + "Content-Type: multipart/mixed; boundary=\"=_x\"\r\n\r\n--=_x\r\n"
                + "Content-Type: text/plain; charset=" + charset + "\r\n\r\n"
                + in(charset, "いつもお世話になっております。①\r\nﾊﾝｶｸ") + "\r\n--=_x\r\n"
                + "Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                + "<meta charset=3D" + charset + "><p>a=3D &amp; =E6=B3=A8</p>\r\n--=_x\r\n"
                + "Content-Type: application/pdf; name*0*=" + charset
                + "''%1B%24; name*1*=%42%30%21; name*3=\"x\\\"\"\r\n"
                + "Content-Disposition: attachment; filename=\"" + in(charset, "見積表.pdf") + "\"\r\n"
                + "Content-Transfer-Encoding: base64\r\n\r\naGVsbG8g\r\nd29ybGQ=\r\n--=_x--\r\n";
    }

    @Test
    void mailCutAtAnyByteIsRead() throws IOException {
        for (String charset : List.of("windows-31j", "EUC-JP", "x-windows-50221", "utf-8", "utf-16", "gb18030")) {
            byte[] whole = Mails.bytes(mail(charset));
            for (int length = 0; length <= whole.length; length++) {
                byte[] mail = Arrays.copyOf(whole, length);
                Reading reading = MessageReader.readOrThrow(new BytesSource(mail), MimeLimits.DEFAULT, Opening.USUAL);
                assertThat(reading).as("%s cut at %d", charset, length).isInstanceOf(Reading.Readable.class);
                Message message = ((Reading.Readable) reading).message();
                for (Part part : message.attachments()) {
                    assertThat(Mails.content(mail, part))
                            .hasSize((int) part.summary().size());
                }
            }
        }
    }

    @Test
    void mailWithoutItsBeginningIsRead() throws IOException {
        byte[] whole = Mails.bytes(mail("windows-31j"));
        for (int from = 0; from < whole.length; from++) {
            byte[] mail = Arrays.copyOfRange(whole, from, whole.length);
            assertThat(MessageReader.readOrThrow(new BytesSource(mail), MimeLimits.DEFAULT, Opening.USUAL))
                    .isInstanceOf(Reading.Readable.class);
        }
    }
}
