package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.base64;
import static ekiden.mail.mime.Mails.in;
import static ekiden.mail.mime.Mails.read;
import static ekiden.mail.mime.Mails.subject;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Text without a label, or with a wrong one; and text with a right one, which must stay as it is. */
class CharsetGuessTest {
    private static final List<String> JAPANESE_CHARSETS =
            List.of("UTF-8", "windows-31j", "EUC-JP", "x-windows-iso2022jp");

    private static final List<String> SHORT = List.of(
            "データ",
            "ソース",
            "テスト",
            "請求書",
            "見積書",
            "注文",
            "東京",
            "大阪支店",
            "山田太郎",
            "佐藤 健",
            "桐谷美玲",
            "鈴木一郎様",
            "会議の件",
            "ご確認",
            "お知らせ",
            "至急",
            "ありがとう",
            "株式会社日立",
            "Re: 発注",
            "【重要】",
            "Fw:表",
            "7月分",
            "報告書2026.xlsx",
            "ソフト予定表.pdf",
            "能登半島",
            "納期回答",
            "渡邉",
            "髙橋",
            "①②③",
            "㈱日本");

    private static final String TEXT = """
            いつもお世話になっております。
            株式会社サンプルの山田です。

            先日ご依頼いただいた見積書（No.12345）を添付いたします。
            納期：2026年12月10日(木)～12月15日(火)
            ■ 商品 A-100 × 20個　＠1,200円
            ご確認のほど、よろしくお願い申し上げます。
            """;

    private static String labelled(String label, String body) {
        return "From: a@b.example\nContent-Type: text/plain; charset=" + label + "\nContent-Transfer-Encoding: 8bit\n\n"
                + body;
    }

    static Stream<Arguments> shortTexts() {
        List<Arguments> all = new ArrayList<>();
        for (String text : SHORT) {
            for (String charset : JAPANESE_CHARSETS) {
                if (new String(
                                in(charset, text).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1),
                                java.nio.charset.Charset.forName(charset))
                        .equals(text)) {
                    all.add(Arguments.of(text, charset));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("shortTexts")
    void shortJapaneseIsToldApartWithoutALabel(String text, String charset) {
        assertThat(subject(in(charset, text))).isEqualTo(text);
        assertThat(read("From: a@b.example\n\n" + in(charset, text)).text()).isEqualTo(text);
        MailSummary mail = read("From: \"" + in(charset, text) + "\" <x@y.example>\nContent-Type: a/b\n"
                        + "Content-Disposition: attachment; filename=\"" + in(charset, text) + "\"\n\nx")
                .summary();
        assertThat(mail.from().getFirst().name()).isEqualTo(text);
        assertThat(mail.from().getFirst().address()).isEqualTo("x@y.example");
        assertThat(mail.attachments()).extracting(AttachmentSummary::name).containsExactly(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ﾌﾘｺﾐ ｶﾝﾘﾖｳ", "ﾃｽﾄﾒｰﾙ", "ｶﾌﾞｼｷｶﾞｲｼﾔ", "ﾊﾟｿｺﾝ", "ｳﾞｨｰﾅｽ", "ｼｽﾃﾑ障害のお知らせ", "ﾔﾏﾀﾞ ﾀﾛｳ"})
    void halfWidthKatakanaIsRead(String text) {
        assertThat(subject(in("windows-31j", text))).isEqualTo(text);
        assertThat(subject(in("UTF-8", text))).isEqualTo(text);
        assertThat(subject(in("EUC-JP", text))).isEqualTo(text);
        assertThat(subject("\u001b(I" + in("windows-31j", text).replaceAll("[^ -\u00ff]", "")))
                .isNotEmpty();
    }

    static Stream<Arguments> wrongLabels() {
        List<Arguments> all = new ArrayList<>();
        for (String label : List.of(
                "us-ascii", "utf-8", "iso-2022-jp", "Shift_JIS", "EUC-JP", "iso-8859-1", "windows-1252", "x-nobody")) {
            for (String real : JAPANESE_CHARSETS) {
                all.add(Arguments.of(label, real));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("wrongLabels")
    void wrongLabelIsFoundOut(String label, String real) {
        assertThat(read(labelled(label, in(real, TEXT))).text()).isEqualTo(TEXT);
        assertThat(subject("=?" + label + "?B?" + base64(real, "ご注文内容の確認について") + "?="))
                .isEqualTo("ご注文内容の確認について");
        assertThat(subject("=?" + label + "?B?" + base64(real, "お見積り") + "?=")).isEqualTo("お見積り");
    }

    @Test
    void wrongLabelIsTold() {
        assertThat(read(labelled("Shift_JIS", in("EUC-JP", TEXT))).summary().problems())
                .containsExactly(MimeMessage.CHARSET_LIES.id());
        assertThat(read(labelled("us-ascii", in("x-windows-iso2022jp", TEXT)))
                        .summary()
                        .problems())
                .containsExactly(MimeMessage.CHARSET_LIES.id());
        assertThat(read("From: a@b.example\n\n" + in("EUC-JP", TEXT)).summary().problems())
                .containsExactly(MimeMessage.CHARSET_MISSING.id());
    }

    static Stream<Arguments> rightLabels() {
        return Stream.of(
                Arguments.of("iso-8859-1", "windows-1252", "Grüße aus München, größte Übersicht für Fräulein Süß"),
                Arguments.of("iso-8859-1", "windows-1252", "État général: déjà créé à Nîmes, où l’été a été très sec"),
                Arguments.of("windows-1252", "windows-1252", "“Señor” – año, niño, ¿qué? ¡Sí! São João, coração € 5"),
                Arguments.of("iso-8859-1", "windows-1252", "Åse på øya, æbleskiver, smörgåsbord, ÅÄÖ"),
                Arguments.of("iso-8859-1", "windows-1252", "ÀÉÈÙÇ MAJUSCULES ÉTÉ"),
                Arguments.of("iso-8859-2", "iso-8859-2", "Zażółć gęślą jaźń, příliš žluťoučký kůň"),
                Arguments.of("windows-1250", "windows-1250", "Zażółć gęślą jaźń"),
                Arguments.of("iso-8859-15", "iso-8859-15", "5 € für Œuvre"),
                Arguments.of("iso-8859-1", "windows-1252", "LX " + "°".repeat(60) + " Kernel"),
                Arguments.of("iso-8859-9", "windows-1254", "İyi günler, şöyle böyle ğ"),
                Arguments.of("koi8-r", "koi8-r", "Добрый день! Привет из Москвы, СРОЧНО"),
                Arguments.of("koi8-u", "koi8-u", "Привіт, їжак і ґанок"),
                Arguments.of("windows-1251", "windows-1251", "Добрый день! Высылаю счёт № 5"),
                Arguments.of("iso-8859-5", "iso-8859-5", "Добрый день"),
                Arguments.of("windows-1253", "windows-1253", "Καλημέρα σας"),
                Arguments.of("iso-8859-7", "iso-8859-7", "Καλημέρα σας"),
                Arguments.of("windows-1255", "windows-1255", "שלום לכולם"),
                Arguments.of("windows-1256", "windows-1256", "السلام عليكم"),
                Arguments.of("tis-620", "x-windows-874", "สวัสดีครับ ทดสอบ"),
                Arguments.of("gb2312", "gb18030", "您好，请查收附件中的报价单。谢谢！"),
                Arguments.of("gbk", "gb18030", "聯通 联通 測試"),
                Arguments.of("GB18030", "gb18030", "你好㐀𠀀"),
                Arguments.of("big5", "big5-hkscs", "您好，請查收附件中的報價單。謝謝！"),
                Arguments.of("euc-kr", "x-windows-949", "안녕하세요. 첨부 파일을 확인해 주세요."),
                Arguments.of("ks_c_5601-1987", "x-windows-949", "똠방각하 펲시콜라"),
                Arguments.of("macintosh", "x-MacRoman", "Grüße für Mädchen"),
                Arguments.of("utf-16", "utf-16", "注文書 A"),
                Arguments.of("utf-16", "utf-16le", "注文書をお送りします"),
                Arguments.of("utf-16le", "utf-16le", "注文書 A"),
                Arguments.of("utf-16be", "utf-16be", "注文書 A"),
                Arguments.of("iso-2022-kr", "iso-2022-kr", "안녕하세요"),
                Arguments.of("Shift_JIS", "windows-31j", "ﾊﾝｶｸ ｶﾀｶﾅ ﾀﾞｹ"),
                Arguments.of("Shift_JIS", "windows-31j", "xﾞーx"),
                Arguments.of("EUC-JP", "EUC-JP", "x9-ﾞﾞ)+ax"),
                Arguments.of("EUC-JP", "EUC-JP", "x(ｱﾞ+ﾞx"),
                Arguments.of("EUC-JP", "EUC-JP", "xП\"=ｳﾞ9ﾞ;9[Xﾞ)x"),
                Arguments.of("Shift_JIS", "windows-31j", "Tﾐー.pdf"),
                Arguments.of("iso-8859-1", "windows-1252", "20° 5°, 7°" + " · item".repeat(9)),
                Arguments.of("Shift_JIS", "windows-31j", "纊褜鍈銈蓜俉炻昱棈鋹"),
                Arguments.of("euc-jp", "EUC-JP", "龗丂丄 魑魅魍魎"),
                Arguments.of("utf-8", "utf-8", "Ã© stays what it is ﾃｽﾄ"));
    }

    @ParameterizedTest
    @MethodSource("rightLabels")
    void rightLabelIsBelieved(String label, String charset, String text) {
        String mail = "From: a@b.example\nContent-Type: text/plain; charset=" + label
                + "\nContent-Transfer-Encoding: base64\n\n" + base64(charset, text);
        assertThat(read(mail).text()).isEqualTo(text);
        assertThat(read(mail).summary().problems()).isEmpty();
        assertThat(subject("=?" + label + "?B?" + base64(charset, text) + "?=")).isEqualTo(text);
    }

    @Test
    void oneByteIsEnoughWhereTheLabelCannotBe() {
        assertThat(read(labelled("utf-8", in("windows-1252", "Café"))).text()).isEqualTo("Café");
        assertThat(subject("=?utf-8?Q?Caf=E9_Caf=E9?=")).isEqualTo("Café Café");
    }

    @Test
    void wordWithOneLeadByteIsFoundOutUnderEveryLabel() {
        for (String label : List.of("us-ascii", "utf-8", "iso-2022-jp", "EUC-JP", "iso-8859-1", "windows-1252")) {
            assertThat(subject("=?" + label + "?B?" + base64("windows-31j", "ソフトウェア") + "?="))
                    .as(label)
                    .isEqualTo("ソフトウェア");
        }
    }

    @Test
    void wrongLabelOverOneCharacterIsFoundOutWhereItComesAgain() {
        assertThat(read(labelled("Shift_JIS", in("utf-8", "Café, thé, né"))).text())
                .isEqualTo("Café, thé, né");
        assertThat(read(labelled("iso-8859-1", in("EUC-JP", "■ one\n■ two\n■ three\n")))
                        .text())
                .isEqualTo("■ one\n■ two\n■ three\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"¥1,000 円", "×2 個", "©2024 株", "café – ok", "£5 – x", "é 日 é", "5° の"})
    void oneLongSequenceOfUtf8IsEnoughBesideShortOnes(String text) {
        for (String label : List.of("iso-8859-1", "windows-1252", "iso-8859-15", "koi8-r", "Shift_JIS")) {
            assertThat(read(labelled(label, in("utf-8", text))).text())
                    .as(label)
                    .isEqualTo(text);
            assertThat(subject("=?" + label + "?B?" + base64("utf-8", text) + "?="))
                    .as(label)
                    .isEqualTo(text);
        }
    }

    @Test
    void otherLanguagesWithoutALabelAreRead() {
        String[][] texts = {
            {"windows-1252", "Sehr geehrte Frau Müller, anbei die gewünschte Übersicht für März."},
            {"windows-1252", "Café"},
            {"windows-1252", "São Paulo"},
            {"koi8-r", "Добрый день! Высылаю вам счёт за ноябрь."},
            {"windows-1251", "Добрый день! Высылаю вам договор на подпись."},
            {"gb18030", "您好，请查收附件中的报价单，如有问题请与我联系。谢谢！"},
            {"big5-hkscs", "您好，請查收附件中的報價單，如有問題請與我聯絡。謝謝！"},
            {"x-windows-949", "안녕하세요. 첨부 파일을 확인해 주시기 바랍니다. 감사합니다."},
        };
        for (String[] text : texts) {
            assertThat(read("From: a@b.example\n\n" + in(text[0], text[1])).text())
                    .as(text[0])
                    .isEqualTo(text[1]);
            assertThat(subject(in(text[0], text[1]))).as(text[0]).isEqualTo(text[1]);
        }
    }

    @Test
    void rawHeaderIsReadAsTheTextOfTheMailIs() {
        String mail = "From: a@b.example\nSubject: " + in("koi8-r", "Счёт") + "\n"
                + "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain; charset=koi8-r\n\nx\n--b--\n";
        assertThat(read(mail).summary().subject()).isEqualTo("Счёт");
    }

    @Test
    void footerInAnotherCharacterSetIsReadToo() {
        String footer = "-- \nメーリングリストのご案内はこちらです\n";
        String text = "いつもお世話になっております。\nご確認ください。\n";
        for (String real : JAPANESE_CHARSETS) {
            for (String other : JAPANESE_CHARSETS) {
                String mail = labelled("iso-2022-jp", in(real, text) + in(other, footer));
                assertThat(read(mail).text()).as(real + " " + other).isEqualTo(text + footer);
            }
        }
    }

    @Test
    void utf16UnderAnotherLabelIsFoundOut() {
        String text = "Order 注文書\nfrom Tokyo\n";
        for (String label : List.of("utf-8", "us-ascii", "iso-2022-jp", "x-nobody")) {
            String head = "From: a@b.example\nContent-Type: text/plain; charset=" + label
                    + "\nContent-Transfer-Encoding: base64\n\n";
            assertThat(read(head + base64("UTF-16", text)).text()).as(label).isEqualTo(text);
            assertThat(read(head + base64("UTF-16LE", "Order from Tokyo\n")).text())
                    .as(label)
                    .isEqualTo("Order from Tokyo\n");
        }
    }

    @Test
    void fewDamagedBytesDoNotChangeTheCharacterSet() {
        String damaged = in("utf-8", TEXT).replaceFirst("\u00e3\u0081", "\u00e3");
        assertThat(read(labelled("utf-8", damaged)).text())
                .contains("株式会社サンプルの山田です。")
                .contains("\ufffd");
        String cut = in("utf-8", TEXT);
        assertThat(read(labelled("utf-8", cut.substring(0, cut.length() - 3))).text())
                .startsWith(TEXT.substring(0, TEXT.length() - 3));
    }

    @Test
    void htmlSaysItsCharacterSetItself() {
        String html = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=koi8-r\"></head>"
                + "<body>" + in("koi8-r", "счёт") + "</body></html>";
        assertThat(read("From: a@b.example\nContent-Type: text/html\n\n" + html).text())
                .contains("счёт");
        assertThat(read("From: a@b.example\nContent-Type: text/html; charset=us-ascii\n\n" + html)
                        .text())
                .contains("счёт");
    }
}
