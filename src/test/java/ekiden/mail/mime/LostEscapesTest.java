package ekiden.mail.mime;

import static ekiden.mail.mime.Mails.in;
import static ekiden.mail.mime.Mails.read;
import static ekiden.mail.mime.Mails.subject;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailSummary;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ISO-2022-JP from which something took the escape characters. */
class LostEscapesTest {
    private static final String TEXT = """
            お世話になっております。サンプル商事の山田です。
            Order No. 12 を確認しました (B の分)。
            """;

    private static String stripped(String text) {
        return in("iso-2022-jp", text).replace("\u001b", "");
    }

    private static Message body(String type, String body) {
        return read("From: a@b.example\n" + type + "\n" + body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type: text/plain; charset=ISO-2022-JP\n", "Content-Type: text/plain\n", ""})
    void textIsReadWhetherItsCharacterSetIsDeclaredOrNot(String type) {
        Message mail = body(type, stripped(TEXT));
        assertThat(mail.text()).isEqualTo(TEXT);
        assertThat(mail.summary().problems()).containsExactly(MimeMessage.ESCAPES_LOST.id());
    }

    @Test
    void subjectAuthorAndFileNameAreReadBeforeAnythingElseIsDoneWithThem() {
        String author = stripped("表、山田");
        assertThat(author).contains("\"", ";");
        MailSummary mail = read("From: " + author + " <a@b.example>\nSubject: Re: " + stripped("テスト")
                        + "\nContent-Type: a/b; name=\"" + stripped("注文書") + ".txt\"\n\nx")
                .summary();
        assertThat(mail.subject()).isEqualTo("Re: テスト");
        assertThat(mail.from().getFirst().name()).isEqualTo("表、山田");
        assertThat(mail.attachments()).extracting(AttachmentSummary::name).containsExactly("注文書.txt");
        assertThat(mail.problems()).containsExactly(MimeMessage.ESCAPES_LOST.id());
    }

    @Test
    void encodedWordIsRead() {
        assertThat(subject("=?ISO-2022-JP?Q?=24B%F%9%H=28B?=")).isEqualTo("テスト");
        assertThat(subject("=?ISO-2022-JP?B?JEIlRiU5JUgoQg==?=")).isEqualTo("テスト");
    }

    @Test
    void rareNameIsReadOnlyWhereTheMailSaysIso2022Jp() {
        String mail = "From: a@b.example\nSubject: " + stripped("渡邉") + "\nContent-Type: text/plain; charset=";
        assertThat(read(mail + "iso-2022-jp\n\nx").summary().subject()).isEqualTo("渡邉");
        assertThat(read(mail + "us-ascii\n\nx").summary().subject()).isEqualTo(stripped("渡邉"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It costs US$B 5 (Bahamas)",
                "$B",
                "$B(B",
                "$@(B",
                "pay $B7o(B now",
                "make $BUILD(B) in $BUILD(B)",
                "see $BLACK(BOX) and $BLOCK(BUS)",
                "open(my $B,$F(B)); print $B$F(B",
                "my $B{$x}(B) = $B->{$y}(B);",
                "$B%F%9%(B",
                "$B%F%9%H",
                "$B%F%9 %H(B",
                "$B%F%9\n%H(B",
                "$B%F%9%H(B and $B alone",
                "$B()()(B"
            })
    void englishAndProgramsStayAsTheyAre(String text) {
        assertThat(subject(text.replace("\n", " "))).isEqualTo(text.replace("\n", " "));
        Message mail = body("Content-Type: text/plain\n", text);
        assertThat(mail.text()).isEqualTo(text);
        assertThat(mail.summary().problems()).isEmpty();
    }

    @Test
    void anotherDeclaredCharacterSetIsBelieved() {
        assertThat(body("Content-Type: text/plain; charset=utf-8\n", "$B%F%9%H(B")
                        .text())
                .isEqualTo("$B%F%9%H(B");
    }

    @Test
    void escapeThatIsEncodedIsNotLost() {
        String two = "\u001b$B$3$l\u001b(Ba\u001b$B$3$l\u001b(B";
        MailSummary mail = read("From: a@b.example\nSubject: =?ISO-2022-JP?Q?" + two.replace("\u001b", "=1B")
                        + "?=\nContent-Type: a/b\nContent-Disposition: attachment; filename*=iso-2022-jp''"
                        + two.replace("\u001b", "%1b") + "\n\nx")
                .summary();
        assertThat(mail.subject()).isEqualTo("これaこれ");
        assertThat(mail.attachments()).extracting(AttachmentSummary::name).containsExactly("これaこれ");
        assertThat(mail.problems()).isEmpty();
    }

    @Provide
    Arbitrary<String> texts() {
        List<String> pieces = List.of(
                "ご注文", "です", "、", "。", "テスト", "請求書", "東京", "A", "12 ", " (B) ", "株式会社", "\n", "ます", "「見積」", "お", "x");
        return Arbitraries.of(pieces).list().ofMinSize(1).ofMaxSize(40).map(some -> "ああ" + String.join("", some));
    }

    @Property(tries = 500)
    void whatIsReadIsWhatWasSent(@ForAll("texts") String text) {
        assertThat(body("", stripped(text)).text()).isEqualTo(text);
    }
}
