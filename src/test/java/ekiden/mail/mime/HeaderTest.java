package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.base64;
import static ekiden.mail.mime.Mails.in;
import static ekiden.mail.mime.Mails.read;
import static ekiden.mail.mime.Mails.subject;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderTest {
    private static List<Address> from(String value) {
        return read("From: " + value + "\n\nx").summary().from();
    }

    @Test
    void foldedSubjectIsOneLine() {
        assertThat(subject("a long\r\n subject")).isEqualTo("a long subject");
        assertThat(subject("a long\n\tsubject")).isEqualTo("a long subject");
    }

    @Test
    void encodedWordCutInsideACharacterIsJoinedAsBytes() {
        byte[] whole = "注文書".getBytes(java.nio.charset.StandardCharsets.UTF_8);
        String one = Base64.getEncoder().encodeToString(java.util.Arrays.copyOf(whole, 4));
        String two = Base64.getEncoder().encodeToString(java.util.Arrays.copyOfRange(whole, 4, 9));
        assertThat(subject("=?UTF-8?B?" + one + "?=\r\n =?utf-8?B?" + two + "?="))
                .isEqualTo("注文書");
    }

    @Test
    void iso2022JpWordsInARowAreRead() {
        String word = "=?ISO-2022-JP?B?" + base64("x-windows-iso2022jp", "①株式会社㈱髙橋") + "?=";
        assertThat(subject(word + "\n " + word)).isEqualTo("①株式会社㈱髙橋①株式会社㈱髙橋");
    }

    @Test
    void shiftJisMeansWindows31j() {
        assertThat(subject("=?Shift_JIS?B?" + base64("windows-31j", "①㈱髙﨑") + "?="))
                .isEqualTo("①㈱髙﨑");
        assertThat(subject("=?CP932?B?" + base64("windows-31j", "①㈱髙﨑") + "?=")).isEqualTo("①㈱髙﨑");
    }

    @Test
    void wordsGluedToTextAndInQuotesAndWithSpacesAreRead() {
        String word = "=?utf-8?Q?=E6=B3=A8_=E6=96=87?=";
        assertThat(subject("Re:" + word + "(1)")).isEqualTo("Re:注 文(1)");
        assertThat(subject("=?utf-8?Q?a b?=")).isEqualTo("a b");
        assertThat(from("\"" + word + "\" <a@b.example>")).containsExactly(new Address("注 文", "a@b.example"));
    }

    @Test
    void severalCharacterSetsInOneSubjectAreRead() {
        assertThat(subject("=?iso-8859-1?Q?caf=E9?= =?utf-8?B?" + base64("utf-8", "注文") + "?= end"))
                .isEqualTo("café注文 end");
    }

    @Test
    void wordThatIsNoneStaysAsItIs() {
        for (String raw : List.of("=?utf-8?X?abc?=", "=?utf-8?B?abc", "=?", "=?=?=?", "a =?x? b", "=?utf-8?Q?")) {
            assertThat(subject(raw)).isEqualTo(raw);
        }
    }

    @Test
    void lineBreakInAnEncodedWordBecomesASpace() {
        assertThat(subject("=?utf-8?Q?a=0D=0ABcc:_x?=")).isEqualTo("a  Bcc: x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "windows-31j", "EUC-JP", "x-windows-iso2022jp"})
    void rawJapaneseSubjectIsRead(String charset) {
        assertThat(subject(in(charset, "【重要】ご注文の確認について"))).isEqualTo("【重要】ご注文の確認について");
        assertThat(subject(in(charset, "注文書"))).isEqualTo("注文書");
        assertThat(subject(in(charset, "ソースコード表示の件 A@B"))).isEqualTo("ソースコード表示の件 A@B");
    }

    @Test
    void rawHalfWidthKatakanaIsReadAsWindows31j() {
        assertThat(subject(in("windows-31j", "ﾌﾘｺﾐ ｶﾝﾘﾖｳ"))).isEqualTo("ﾌﾘｺﾐ ｶﾝﾘﾖｳ");
    }

    @Test
    void rawWesternSubjectIsRead() {
        assertThat(subject(in("windows-1252", "Bestätigung für Müller"))).isEqualTo("Bestätigung für Müller");
    }

    @Test
    void rawEscapesWithBytesThatLookLikeAddressCharactersAreDecodedFirst() {
        String name = "西田＠営業";
        String raw = in("x-windows-iso2022jp", name);
        assertThat(raw).contains("@");
        assertThat(from(raw + " <yamada@example.jp>")).containsExactly(new Address(name, "yamada@example.jp"));
    }

    @Test
    void wrongLabelIsCheckedAndTold() {
        for (String real : List.of("utf-8", "EUC-JP")) {
            MailSummary mail = read("From: a@b\nSubject: =?ISO-2022-JP?B?" + base64(real, "ご注文の確認") + "?=\n\nx")
                    .summary();
            assertThat(mail.subject()).isEqualTo("ご注文の確認");
            assertThat(mail.problems()).contains(MimeMessage.CHARSET_LIES.id());
        }
    }

    @Test
    void unknownLabelIsGuessedAndTold() {
        MailSummary mail = read("From: a@b\nSubject: =?x-nobody?B?" + base64("EUC-JP", "ご注文の確認") + "?=\n\nx")
                .summary();
        assertThat(mail.subject()).isEqualTo("ご注文の確認");
        assertThat(mail.problems()).containsExactly(MimeMessage.CHARSET_UNKNOWN.id());
    }

    @Test
    void addressesInAllForms() {
        assertThat(from("a@b.example")).containsExactly(new Address(null, "a@b.example"));
        assertThat(from("<a@b.example>")).containsExactly(new Address(null, "a@b.example"));
        assertThat(from("A B <a@b.example>, c@d.example (C D)"))
                .containsExactly(new Address("A B", "a@b.example"), new Address("C D", "c@d.example"));
        assertThat(from("\"B, A\" <a@b.example>; c@d.example"))
                .containsExactly(new Address("B, A", "a@b.example"), new Address(null, "c@d.example"));
        assertThat(from("team: a@b.example, C <c@d.example>;, e@f.example"))
                .extracting(Address::address)
                .containsExactly("a@b.example", "c@d.example", "e@f.example");
        assertThat(from("undisclosed-recipients:;")).isEmpty();
        assertThat(from("\"john doe\"@example.com")).containsExactly(new Address(null, "\"john doe\"@example.com"));
        assertThat(from("<\"a>b\"@example.com>")).containsExactly(new Address(null, "\"a>b\"@example.com"));
        assertThat(from("John (the (inner) boss) Doe <j@d.example>"))
                .containsExactly(new Address("John  Doe", "j@d.example"));
        assertThat(from("<@relay.example,@b.example:a@c.example>")).containsExactly(new Address(null, "a@c.example"));
        assertThat(from("John Doe j@d.example")).containsExactly(new Address("John Doe", "j@d.example"));
        assertThat(from("MAILER-DAEMON")).containsExactly(new Address(null, "MAILER-DAEMON"));
        assertThat(from("John Doe")).containsExactly(new Address("John Doe", ""));
        assertThat(from("a @ b . example")).containsExactly(new Address(null, "a@b.example"));
        assertThat(from("\"O\\\"Neil\" <o@n.example>")).containsExactly(new Address("O\"Neil", "o@n.example"));
    }

    @Test
    void encodedCommaDoesNotSplitAnAddress() {
        assertThat(from("=?utf-8?Q?Doe=2C_John?= <j@d.example>"))
                .containsExactly(new Address("Doe, John", "j@d.example"));
    }

    @Test
    void missingFromIsTold() {
        assertThat(read("Subject: x\n\ny").summary().problems()).contains(MimeMessage.FROM_MISSING.id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mon, 23 Nov 2026 19:30:05 +0900 | 2026-11-23T10:30:05Z",
                "23 Nov 2026 19:30 +0900 (JST) | 2026-11-23T10:30:00Z",
                "Mon, 23 Nov 26 10:30:05 GMT | 2026-11-23T10:30:05Z",
                "Mon, 23 Nov 98 10:30:05 EST | 1998-11-23T15:30:05Z",
                "Mon Nov 23 10:30:05 2026 | 2026-11-23T10:30:05Z",
                "2026-11-23 19:30:05 +09:00 | 2026-11-23T10:30:05Z",
                "2026-11-23T10:30:05Z | 2026-11-23T10:30:05Z",
                "2026-11-23T19:30:05.123+09:00 | 2026-11-23T10:30:05Z",
                "2026/11/23 10:30:05 | 2026-11-23T10:30:05Z",
                "Mon, 23-Nov-2026 10:30:05 JST | 2026-11-23T01:30:05Z",
                "Mon, 23 November 2026 10:30:05 -0000 | 2026-11-23T10:30:05Z",
                "Mon,23 Nov 2026 10:30:05 GMT+0100 | 2026-11-23T09:30:05Z",
            })
    void dateIsReadAsItIsWritten(String written, String meant) {
        assertThat(read("From: a@b\nDate: " + written + "\n\nx").summary().date())
                .isEqualTo(Instant.parse(meant));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "yesterday",
                "Mon, 31 Feb 2026 10:30:05 +0000",
                "Mon, 23 Nov 2026",
                "99:99",
                "23 Nov 20260 10:30 +0000"
            })
    void dateThatIsNoneIsNullAndTold(String written) {
        MailSummary mail = read("From: a@b\nDate: " + written + "\n\nx").summary();
        assertThat(mail.date()).isNull();
        assertThat(mail.problems()).containsExactly(MimeMessage.DATE_NOT_READABLE.id());
    }

    @Test
    void envelopeLineOfAnMboxIsPassedOver() {
        MailSummary mail = read("From a@b Mon Nov 23 10:30:05 2026\nFrom: c@d.example\nSubject: s\n\nx")
                .summary();
        assertThat(mail.from()).extracting(Address::address).containsExactly("c@d.example");
        assertThat(mail.subject()).isEqualTo("s");
    }

    @Test
    void junkLineInTheHeaderCostsNothing() {
        MailSummary mail = read("From: a@b\nthis is no field\nSubject: s\n\nx").summary();
        assertThat(mail.subject()).isEqualTo("s");
        assertThat(mail.problems()).containsExactly(MimeMessage.HEADER_JUNK.id());
    }

    @Test
    void textWithoutAnyHeaderIsText() {
        Message mail = read("Hello,\nno header here.\n");
        assertThat(mail.text()).isEqualTo("Hello,\nno header here.\n");
        assertThat(mail.summary().problems()).contains(MimeMessage.HEADER_MISSING.id());
    }

    @Test
    void emptyMailIsAMail() {
        assertThat(read("").text()).isEmpty();
        assertThat(read("\r\n").text()).isEmpty();
    }

    @Test
    void messageIdKeepsItsBrackets() {
        assertThat(read("From: a@b\nMessage-ID:\r\n <x.1@b> (note)\n\n")
                        .summary()
                        .messageId())
                .isEqualTo("<x.1@b>");
        assertThat(read("From: a@b\n\n").summary().messageId()).isNull();
    }
}
