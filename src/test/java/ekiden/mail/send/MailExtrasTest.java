package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.FileDisk;
import ekiden.mail.profile.MailCharset;
import ekiden.model.definition.MailExtras.Importance;
import ekiden.model.mail.Address;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a mail has besides, read by another hand's reader. */
class MailExtrasTest {
    private static final String HTML = "<html><body><h1>注文</h1><p>確認 &amp; 返信</p></body></html>\n";
    private static final Address ANSWERS = new Address("受注センター", "answers@example.jp");

    @TempDir
    private Path folder;

    private MailDraft draft(String text, MailDraft.Options extras, String... files) throws IOException {
        return new JapaneseMails(folder).draft("件名", "名前", text, files).with(extras);
    }

    private static MailDraft.Options html(@Nullable String html, @Nullable String signature) {
        return new MailDraft.Options(List.of(), html, signature, Importance.NORMAL);
    }

    private MimeMessage read(MailDraft draft) throws IOException, MessagingException {
        try (InputStream in = Files.newInputStream(new JapaneseMails(folder).composed(draft))) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private String problem(MailDraft draft, ComposeLimits limits) {
        return switch (new Composer(new FileDisk(), limits).compose(draft, folder.resolve("mail.eml"))) {
            case Result.Ok<ComposedMail> composed -> throw new AssertionError(composed);
            case Result.Failed<ComposedMail>(Problem problem) -> problem.id();
        };
    }

    private static String text(BodyPart part) throws IOException, MessagingException {
        return String.valueOf(part.getContent()).replace("\r\n", "\n");
    }

    @Test
    void answersGoWhereTheyShall() throws IOException, MessagingException {
        MimeMessage mail = read(draft(
                "本文\n",
                new MailDraft.Options(List.of(ANSWERS, new Address(null, "b@x.jp")), null, null, Importance.NORMAL)));
        assertThat(mail.getReplyTo())
                .containsExactly(
                        new InternetAddress("answers@example.jp", "受注センター", "UTF-8"), new InternetAddress("b@x.jp"));
        assertThat(mail.getHeader("Importance")).isNull();
        assertThat(read(draft("本文\n", MailDraft.Options.NONE)).getHeader("Reply-To"))
                .isNull();
    }

    @ParameterizedTest
    @EnumSource(Importance.class)
    void importanceIsShownByOldAndNewPrograms(Importance importance) throws IOException, MessagingException {
        MimeMessage mail = read(draft("本文\n", new MailDraft.Options(List.of(), null, null, importance)));
        switch (importance) {
            case HIGH -> {
                assertThat(mail.getHeader("Importance")).containsExactly("high");
                assertThat(mail.getHeader("X-Priority")).containsExactly("1");
            }
            case NORMAL -> assertThat(mail.getHeader("X-Priority")).isNull();
            case LOW -> {
                assertThat(mail.getHeader("Importance")).containsExactly("low");
                assertThat(mail.getHeader("X-Priority")).containsExactly("5");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(MailCharset.class)
    void htmlHasAPlainTextBesideIt(MailCharset charset) throws IOException, MessagingException {
        MimeMessage mail = read(JapaneseMails.always(draft("", html(HTML, null)), charset));
        assertThat(mail.isMimeType("multipart/alternative")).isTrue();
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContentType())
                .isEqualTo("text/plain; charset=" + JapaneseMails.label(charset));
        assertThat(text(parts.getBodyPart(0)))
                .contains("注文")
                .contains("確認 & 返信")
                .doesNotContain("<");
        assertThat(parts.getBodyPart(1).getContentType())
                .isEqualTo("text/html; charset=" + JapaneseMails.label(charset));
        assertThat(text(parts.getBodyPart(1))).isEqualTo(HTML);
    }

    @Test
    void givenTextStaysAsItIs() throws IOException, MessagingException {
        MimeMultipart parts =
                (MimeMultipart) read(draft("別の本文\n", html(HTML, null))).getContent();
        assertThat(text(parts.getBodyPart(0))).isEqualTo("別の本文\n");
    }

    @Test
    void filesStandBesideBothAlternatives() throws IOException, MessagingException {
        MimeMessage mail = read(draft("本文\n", html(HTML, null), "表.csv"));
        assertThat(mail.isMimeType("multipart/mixed")).isTrue();
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).isMimeType("multipart/alternative")).isTrue();
        assertThat(((MimeMultipart) parts.getBodyPart(0).getContent()).getCount())
                .isEqualTo(2);
        try (InputStream in = parts.getBodyPart(1).getInputStream()) {
            assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void boundariesAreNotInTheTexts() throws IOException, MessagingException {
        String inner = MessageHead.boundary("<japanese@ekiden.example> alternative", List.of());
        String outer = MessageHead.boundary("<japanese@ekiden.example>", List.of());
        String text = "--" + inner + "\n--" + outer + "--\n";
        MimeMultipart parts = (MimeMultipart)
                read(draft(text, html(text + "<p>x</p>\n", null), "a.csv")).getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        MimeMultipart both = (MimeMultipart) parts.getBodyPart(0).getContent();
        assertThat(text(both.getBodyPart(0))).isEqualTo(text);
        assertThat(text(both.getBodyPart(1))).isEqualTo(text + "<p>x</p>\n");
    }

    @Test
    void signatureStandsBelowTextAndHtml() throws IOException, MessagingException {
        String signature = "営業部 <a@example.jp>\n電話 03\n";
        MimeMessage plain = read(draft("本文", html(null, signature)));
        assertThat(String.valueOf(plain.getContent()).replace("\r\n", "\n")).isEqualTo("本文\n-- \n" + signature);
        MimeMultipart parts =
                (MimeMultipart) read(draft("", html(HTML, signature))).getContent();
        assertThat(text(parts.getBodyPart(0))).endsWith("確認 & 返信\n-- \n" + signature);
        assertThat(text(parts.getBodyPart(1)))
                .endsWith("<p>-- <br>\n営業部 &lt;a@example.jp&gt;<br>\n電話 03</p>\n</body></html>\n");
    }

    @Test
    void signatureThatBringsItsLineGetsNoSecond() throws IOException, MessagingException {
        MimeMessage mail = read(draft("本文\n", html(null, "-- \n営業部\n")));
        assertThat(String.valueOf(mail.getContent()).replace("\r\n", "\n")).isEqualTo("本文\n-- \n営業部\n");
    }

    @Test
    void pieceOfHtmlGetsItsSignatureAtItsEnd() {
        assertThat(below("<p>x</p>")).isEqualTo("<p>x</p>\n<p>-- <br>\ns</p>\n");
        assertThat(below("<BODY>x</BODY ></HTML>")).isEqualTo("<BODY>x<p>-- <br>\ns</p>\n</BODY ></HTML>");
    }

    private String below(String html) {
        try {
            return String.valueOf(
                    Finish.of(draft("t", html(html, "s"))).options().html());
        } catch (IOException broken) {
            throw new AssertionError(broken);
        }
    }

    @Test
    void halfWidthKatakanaOfHtmlSignatureAndAnswersCounts() throws IOException {
        for (MailDraft.Options extras : List.of(
                html("<p>ﾊﾝｶｸ</p>", null),
                html(null, "ﾊﾝｶｸ"),
                new MailDraft.Options(List.of(new Address("ﾊﾝｶｸ", "a@b.jp")), null, null, Importance.NORMAL))) {
            MailDraft draft = draft("本文\n", extras);
            assertThat(new JapaneseMails(folder).raw(JapaneseMails.always(draft, MailCharset.ISO_2022_JP)))
                    .contains("charset=UTF-8")
                    .doesNotContain("ISO-2022-JP");
            assertThat(new JapaneseMails(folder).raw(JapaneseMails.always(draft, MailCharset.ISO_2022_JP_MS)))
                    .contains("charset=ISO-2022-JP")
                    .doesNotContain("UTF-8");
        }
    }

    @Test
    void lineBreakInAnAnswersNameIsRefused() throws IOException {
        Address torn = new Address("a\r\nBcc: evil@example.com", "a@example.jp");
        MailDraft draft = draft("t", new MailDraft.Options(List.of(torn), null, null, Importance.NORMAL));
        assertThat(problem(draft, ComposeLimits.DEFAULT)).isEqualTo("EKDM0601-E");
    }

    @Test
    void moreThanTheLimitsIsRefused() throws IOException {
        ComposeLimits limits = new ComposeLimits(2, 10, 100, 10, 1000, 10, 10);
        MailDraft.Options three = new MailDraft.Options(Collections.nCopies(3, ANSWERS), null, null, Importance.NORMAL);
        assertThat(problem(draft("t", three), limits)).isEqualTo("EKDM0603-E");
        assertThat(problem(draft("t", html("x".repeat(11), null)), limits)).isEqualTo("EKDM0612-E");
        assertThat(problem(draft("t", html(null, "x".repeat(11))), limits)).isEqualTo("EKDM0612-E");
        assertThat(problem(draft("t", html("\ud800", null)), limits)).isEqualTo("EKDM0611-E");
        assertThat(new Composer(new FileDisk(), limits)
                        .compose(draft("t", html("x".repeat(10), "x".repeat(10))), folder.resolve("mail.eml")))
                .isInstanceOf(Result.Ok.class);
    }

    @Test
    void textFileIsUtf8OrRefused() {
        Path file = Path.of("/t/sjis.txt");
        assertThat(TextFile.text("本文\n".getBytes(StandardCharsets.UTF_8), file)).isEqualTo(Result.ok("本文\n"));
        assertThat(TextFile.text("\ufeff本文".getBytes(StandardCharsets.UTF_8), file))
                .isEqualTo(Result.ok("本文"));
        Result<String> other = TextFile.text("本文".getBytes(Charset.forName("windows-31j")), file);
        assertThat(((Result.Failed<String>) other).problem().id()).isEqualTo("EKDM0380-E");
    }
}
