package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.base64;
import static ekiden.mail.mime.Mails.in;
import static ekiden.mail.mime.Mails.read;
import static ekiden.mail.mime.Mails.subject;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailSummary;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as broken programs write them. */
class HeaderFormsTest {
    private static List<Address> from(String value) {
        return read("From: " + value + "\n\nx").summary().from();
    }

    private static MailSummary disposition(String parameters) {
        return read("From: a@b.example\nContent-Type: a/b\nContent-Disposition: attachment; " + parameters + "\n\nx")
                .summary();
    }

    private static String name(String parameters) {
        return disposition(parameters).attachments().getFirst().name();
    }

    @Test
    void base64OfAWordGoesOnInTheNextOne() {
        String whole = base64("utf-8", "注文書の件");
        assertThat(subject("=?utf-8?B?" + whole.substring(0, 5) + "?=\r\n =?utf-8?B?" + whole.substring(5) + "?="))
                .isEqualTo("注文書の件");
    }

    @ParameterizedTest
    @CsvSource({
        "utf-8, 注文書の件",
        "utf-8, 請求書（11月分）A",
        "iso-2022-jp, 会議の案内",
        "iso-2022-jp, 【至急】納品のご連絡です",
        "windows-31j, お見積り①"
    })
    void base64IsCutBetweenAnyTwoDigits(String charset, String subject) {
        String whole = base64(charset.equals("iso-2022-jp") ? "x-windows-iso2022jp" : charset, subject);
        String begin = "=?" + charset + "?B?";
        int missed = 0;
        for (int cut = 1; cut < whole.indexOf('=') || (cut < whole.length() && whole.indexOf('=') < 0); cut++) {
            String read = subject(begin + whole.substring(0, cut) + "?=\n " + begin + whole.substring(cut) + "?=");
            missed += read.equals(subject) ? 0 : 1;
        }
        // where both halves are whole for themselves, too, nothing tells that the first lacks no padding
        assertThat(missed).isLessThanOrEqualTo(1);
    }

    @Test
    void paddingMayBeMissingWrongOrInside() {
        assertThat(subject("=?utf-8?B?44GC44E?= =?utf-8?B?44GE?=")).endsWith("い");
        assertThat(subject("=?utf-8?B?YWI?=")).isEqualTo("ab");
        assertThat(subject("=?utf-8?B?YQ?= =?utf-8?B?Yg?=")).isEqualTo("ab");
        assertThat(subject("=?utf-8?B?YWI====?=")).isEqualTo("ab");
        assertThat(subject("=?utf-8?B?YQ==Yg==?=")).isEqualTo("ab");
        assertThat(subject("=?utf-8?B?YWJj\r\n ZGVm?=")).isEqualTo("abcdef");
    }

    @Test
    void questionMarkInAQuotedWordIsNotItsEnd() {
        assertThat(subject("=?utf-8?Q?ok?=E3=81=82?=")).isEqualTo("ok?あ");
        assertThat(subject("=?utf-8?Q?ok?=12 =?utf-8?Q?b?=")).isEqualTo("ok12 b");
        assertThat(subject("=?utf-8?Q?ok?=12=?utf-8?Q?b?=")).isEqualTo("ok12b");
        assertThat(subject("=?utf-8?Q?ok?=AB end")).isEqualTo("okAB end");
    }

    @Test
    void lowerCaseLanguageAndSpacesInAWordAreTaken() {
        assertThat(subject("=?UTF-8*ja?b?5rOo?=")).isEqualTo("注");
        assertThat(subject("=?utf-8?q?=e6=b3=a8?=")).isEqualTo("注");
        assertThat(subject("=?utf-8?Q?a b=E6=B3=A8 c?=")).isEqualTo("a b注 c");
        assertThat(subject("=? utf-8 ?B?5rOo?=")).isEqualTo("注");
    }

    @Test
    void wordsOfTwoEncodingsOfOneCharacterSetAreJoinedAsBytes() {
        assertThat(subject("=?utf-8?B?5rM=?= =?utf-8?Q?=A8?=")).isEqualTo("注");
    }

    @Test
    void rawBytesBesideEncodedWordsAreRead() {
        assertThat(subject(in("windows-31j", "注文書") + " =?utf-8?B?5rOo?=")).isEqualTo("注文書 注");
    }

    @Test
    void halfWidthKatakanaInAWordIsRead() {
        assertThat(subject("=?ISO-2022-JP?B?" + base64("x-windows-50221", "ﾃｽﾄ①") + "?="))
                .isEqualTo("ﾃｽﾄ①");
        assertThat(subject("=?Shift_JIS?Q?=C3=BD=C4?=")).isEqualTo("ﾃｽﾄ");
    }

    @Test
    void piecesOfANameComeInAnyOrderAndAMissingOneIsTold() {
        assertThat(name("filename*2*=%8B.txt; filename*0*=utf-8''a; filename*1*=%E3%81"))
                .isEqualTo("aか.txt");
        MailSummary gap = disposition("filename*0=\"a\"; filename*2=\"c.txt\"");
        assertThat(gap.attachments()).extracting(AttachmentSummary::name).containsExactly("ac.txt");
        assertThat(gap.problems()).containsExactly(MimeMessage.PIECE_MISSING.id());
        assertThat(disposition("filename*0=\"a\"; filename*1=\"c.txt\"").problems())
                .isEmpty();
    }

    @Test
    void encodedAndPlainPiecesAreMixed() {
        assertThat(name("filename*0*=iso-2022-jp'ja'%1B$B; filename*1=\"Cm\"; filename*2*=J8%1B%28B; filename*3=.txt"))
                .isEqualTo("注文.txt");
    }

    @Test
    void nameOfBrokenProgramsIsRead() {
        assertThat(name("filename=utf-8''%E6%B3%A8.txt")).isEqualTo("注.txt");
        assertThat(name("filename*=%E6%B3%A8.txt")).isEqualTo("注.txt");
        assertThat(name("filename*=''%E6%B3%A8.txt")).isEqualTo("注.txt");
        assertThat(name("filename*=utf-8''=?utf-8?B?5rOo?=.txt")).isEqualTo("注.txt");
        assertThat(name("filename*=\"Shift_JIS''%92%8D.txt\"")).isEqualTo("注.txt");
        assertThat(name("filename*=it's%20a%20'test'.txt")).isEqualTo("it's a 'test'.txt");
        assertThat(name("filename=\"100%25 it's 'x'.txt\"")).isEqualTo("100%25 it's 'x'.txt");
        assertThat(name("filename==?utf-8?B?5rOo?= =?utf-8?B?5rOo?=")).isEqualTo("注注");
        assertThat(name("filename=\"=?utf-8?B?5rOo?=\r\n\t=?utf-8?B?5rOo?=.txt\""))
                .isEqualTo("注注.txt");
    }

    @Test
    void quotationMarkInsideAValueIsNone() {
        assertThat(name("filename=a\"b.txt; size=3")).isEqualTo("a\"b.txt");
        assertThat(name("filename=\"a\"b.txt\"; size=3")).isEqualTo("a\"b.txt");
        assertThat(name("filename=\"a.txt; size=3")).isEqualTo("a.txt");
        assertThat(name("filename = \"a;b.txt\" ; size=3")).isEqualTo("a;b.txt");
    }

    @Test
    void emptyNameGivesWayToTheOther() {
        assertThat(
                        read("From: a@b.example\nContent-Type: a/b; name=x.txt\nContent-Disposition: attachment; filename=\"\"\n\nx")
                                .summary()
                                .attachments()
                                .getFirst()
                                .name())
                .isEqualTo("x.txt");
    }

    @Test
    void semicolonMayBeMissingBehindTheType() {
        assertThat(read("From: a@b.example\nContent-Type: text/plain charset=koi8-r\n\n" + in("koi8-r", "счёт"))
                        .text())
                .isEqualTo("счёт");
    }

    @Test
    void byteOrderMarkInFrontOfTheMailIsPassedOver() {
        MailSummary mail =
                read("\u00ef\u00bb\u00bfFrom: a@b.example\nSubject: s\n\nx").summary();
        assertThat(mail.subject()).isEqualTo("s");
        assertThat(mail.from()).containsExactly(new Address(null, "a@b.example"));
    }

    @Test
    void rawNamesAreReadInEveryCharacterSet() {
        for (String charset : List.of("utf-8", "windows-31j", "EUC-JP", "x-windows-iso2022jp")) {
            assertThat(name("filename=\"" + in(charset, "ソフト予定表 (1).xls") + "\""))
                    .as(charset)
                    .isEqualTo("ソフト予定表 (1).xls");
        }
    }

    @Test
    void rawNamesOfAuthorsAreReadInEveryCharacterSet() {
        for (String charset : List.of("utf-8", "windows-31j", "EUC-JP", "x-windows-iso2022jp")) {
            String two = in(charset, "表 太郎") + " <a@b.example>, \"" + in(charset, "能登, 花子") + "\" <c@d.example>";
            assertThat(from(two))
                    .as(charset)
                    .containsExactly(new Address("表 太郎", "a@b.example"), new Address("能登, 花子", "c@d.example"));
        }
    }

    @Test
    void internationalAddressStaysAsItIs() {
        assertThat(from("=?utf-8?B?5rOo?= <注文@例え.jp>".replace("注文@例え", in("utf-8", "注文@例え"))))
                .containsExactly(new Address("注", "注文@例え.jp"));
        assertThat(from("a@xn--r8jz45g.jp")).containsExactly(new Address(null, "a@xn--r8jz45g.jp"));
    }

    @Test
    void bracketThatIsNotClosedEndsAtTheComma() {
        assertThat(from("A <a@b.example, c@d.example"))
                .containsExactly(new Address("A", "a@b.example"), new Address(null, "c@d.example"));
        assertThat(from("A <<a@b.example>>")).containsExactly(new Address("A", "a@b.example"));
        assertThat(from("<mailto:a@b.example>")).containsExactly(new Address(null, "a@b.example"));
        assertThat(from("A <a@b.example> B <c@d.example>"))
                .containsExactly(new Address("A", "a@b.example"), new Address("B", "c@d.example"));
    }

    @Test
    void quoteOrCommentThatIsNotClosedIsNone() {
        assertThat(from("\"A <a@b.example>, c@d.example"))
                .containsExactly(new Address("A", "a@b.example"), new Address(null, "c@d.example"));
        assertThat(from("A (x <a@b.example>")).extracting(Address::address).containsExactly("a@b.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon, 23 Nov 2026 7:30:05 PM +0900 | 2026-11-23T10:30:05Z",
                "Mon, 23 Nov 2026 12:30:05 AM GMT | 2026-11-23T00:30:05Z",
                "Nov 23, 2026 10:30PM GMT | 2026-11-23T22:30:00Z",
                "月, 23 11月 2026 19:30:05 +0900 | 2026-11-23T10:30:05Z",
                "2026年11月23日(月) 19:30:05 +0900 | 2026-11-23T10:30:05Z",
                "2026年 11月 23日 19:30:05 JST | 2026-11-23T10:30:05Z",
                "Mon, 23 Nov 2026 19.30.05 +0900 | 2026-11-23T10:30:05Z",
                "23/11/2026 10:30 | 2026-11-23T10:30:00Z",
                "11/23/2026 10:30 | 2026-11-23T10:30:00Z",
                "Mon, 23 Nov 2026 10:30:05 A | 2026-11-23T10:30:05Z",
                "Mon, 23 Nov 126 10:30:05 +0000 | 2026-11-23T10:30:05Z",
                "Mon (a (b) c), 23 (x) Nov 2026 (y) 10 :30:05 +0000 | ",
                "23 Nov 2026 10:30:60 +0000 (leap) | 2026-11-23T10:30:59Z",
            })
    void dateOfBrokenProgramsIsRead(String written, String meant) {
        MailSummary mail =
                read("From: a@b\nDate: " + in("utf-8", written) + "\n\nx").summary();
        assertThat(mail.date()).isEqualTo(meant == null ? null : Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"04/05/2026 10:30", "13/14/2026 10:30", "23 Foo 2026 10:30 +0000", "月 月 月"})
    void dateThatCouldBeTwoIsNone(String written) {
        assertThat(read("From: a@b\nDate: " + in("utf-8", written) + "\n\nx")
                        .summary()
                        .date())
                .isNull();
    }
}
