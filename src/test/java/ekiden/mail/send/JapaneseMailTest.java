package ekiden.mail.send;

import static ekiden.mail.send.JapaneseMails.JIS;
import static ekiden.mail.send.JapaneseMails.alike;
import static ekiden.mail.send.JapaneseMails.always;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.mime.FileSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailCharset;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Mails in Japanese, by each rule of their character set, read back by our own reader. */
class JapaneseMailTest {
    private static final Pattern WORD = Pattern.compile("=\\?([^?]+)\\?([BQ])\\?([^?]*)\\?=");
    /** Two bytes a character between two escapes, ASCII around. */
    private static final Pattern WHOLE = Pattern.compile("(?s)([^\u001b]|\u001b\\$B([!-~]{2})+\u001b\\(B)*");

    @TempDir
    private Path folder;

    private MailDraft draft(String subject, String name, String text, String... files) throws IOException {
        return new JapaneseMails(folder).draft(subject, name, text, files);
    }

    private String raw(MailDraft draft) throws IOException {
        return new JapaneseMails(folder).raw(draft);
    }

    private static Message read(Path file) throws IOException {
        try (FileSource source = FileSource.open(file)) {
            return ((Reading.Readable) MessageReader.read(source, MimeLimits.DEFAULT)).message();
        }
    }

    private void assertReadBack(MailDraft draft, String charset) throws IOException {
        Path file = new JapaneseMails(folder).composed(draft);
        assertForm(Files.readString(file, StandardCharsets.ISO_8859_1), charset);
        Message mail = read(file);
        assertThat(alike(mail.summary().subject())).isEqualTo(alike(draft.subject()));
        assertThat(alike(mail.text()).strip()).isEqualTo(alike(draft.text()).strip());
        assertThat(mail.summary().from())
                .extracting(from -> alike(String.valueOf(from.name())))
                .containsExactly(alike(String.valueOf(draft.from().name())));
        assertThat(mail.summary().attachments())
                .extracting(AttachmentSummary::name)
                .extracting(JapaneseMails::alike)
                .containsExactlyElementsOf(draft.attachments().stream()
                        .map(one -> alike(one.name()))
                        .toList());
    }

    /** ASCII but for the escapes; short lines; each encoded word whole by itself. */
    private static void assertForm(String raw, String charset) {
        assertThat(raw).contains("Content-Type: text/plain; charset=" + charset + "\r\n");
        assertThat(raw.chars()).allMatch(c -> c < 0x80);
        assertThat(raw.split("\r\n", -1)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(998));
        assertThat(raw.substring(0, raw.indexOf("\r\n\r\n")).split("\r\n"))
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
        List<MatchResult> words = WORD.matcher(raw).results().toList();
        assertThat(words).allSatisfy(word -> {
            assertThat(word.group()).hasSizeLessThanOrEqualTo(75);
            assertThat(word.group(1)).isEqualTo(charset);
            if (charset.equals("ISO-2022-JP")) {
                byte[] bytes = Base64.getDecoder().decode(word.group(3));
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).matches(WHOLE);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(MailCharset.class)
    void japaneseIsReadAsItWasWritten(MailCharset charset) throws IOException {
        MailDraft draft = new JapaneseMails(folder).everything();
        assertReadBack(always(draft, charset), JapaneseMails.label(charset));
    }

    @ParameterizedTest
    @EnumSource(MailCharset.class)
    void subjectsOfEachLengthAreCutBetweenCharacters(MailCharset charset) throws IOException {
        for (int length = 1; length <= 200; length++) {
            String kanji = JIS.repeat(10).substring(0, length);
            String mixed = "aあ".repeat(100).substring(0, length);
            MailDraft draft = draft(kanji, mixed + "氏", "本文\n", mixed + kanji + ".txt");
            assertReadBack(always(draft, charset), JapaneseMails.label(charset));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "№㈱①髙﨑, 件名, 本文, 表.csv",
        "件名, 髙﨑, 本文, 表.csv",
        "件名, 名前, ﾊﾝｶｸ, 表.csv",
        "件名, 名前, 本文, ﾃｽﾄ.csv",
        "𠮷野家, 名前, 本文, 表.csv",
        "件名, 名前, é🙂, 表.csv",
    })
    void whatIsNotInJisMakesTheWholeMailUtf8(String subject, String name, String text, String file) throws IOException {
        assertReadBack(always(draft(subject, name, text + "\n", file), MailCharset.ISO_2022_JP), "UTF-8");
    }

    @Test
    void charactersOfNecAndIbmStayWhereWindowsWritesThem() throws IOException {
        MailDraft draft = draft("№㈱①Ⅷ髙﨑", "髙﨑 彅", "①②③ ㍻ ⅷ\n", "㈱注文①.xlsx", "黑".repeat(80));
        assertReadBack(always(draft, MailCharset.ISO_2022_JP_MS), "ISO-2022-JP");
    }

    @Test
    void halfWidthKatakanaIsWidenedWhereTheRuleSaysSo() throws IOException {
        MailDraft half = draft("ﾃｽﾄ ｶﾞ", "ﾔﾏﾀﾞ", "ﾊﾟ｡\n", "ﾋﾟｱﾉ.txt");
        MailDraft wide = draft("テスト ガ", "ヤマダ", "パ。\n", "ピアノ.txt");
        assertThat(raw(always(half, MailCharset.ISO_2022_JP_MS))).isEqualTo(raw(always(wide, MailCharset.ISO_2022_JP)));
        assertReadBack(always(wide, MailCharset.ISO_2022_JP_MS), "ISO-2022-JP");
    }

    @Test
    void whatIsNowhereMakesTheWholeMailUtf8AndLeavesItAsItWas() throws IOException {
        MailDraft draft = draft("ﾃｽﾄ①🙂", "ﾔﾏﾀﾞ", "𠮷\n", "ﾋﾟｱﾉ.txt");
        assertReadBack(always(draft, MailCharset.ISO_2022_JP_MS), "UTF-8");
    }

    @Test
    void escapeInTheTextCannotLeadAReaderAstray() throws IOException {
        MailDraft draft = draft("件名", "名前", "\u001b$BAB\u001b(B\n");
        assertThat(raw(always(draft, MailCharset.ISO_2022_JP))).contains("charset=UTF-8");
    }

    @Test
    void longLinesTravelInBase64() throws IOException {
        MailDraft draft = draft("件名", "名前", "長".repeat(700) + "\n終わり\n");
        assertThat(raw(always(draft, MailCharset.ISO_2022_JP))).contains("Content-Transfer-Encoding: base64");
        assertReadBack(always(draft, MailCharset.ISO_2022_JP), "ISO-2022-JP");
        MailDraft shorter = draft("件名", "名前", "長".repeat(40) + "\n終わり\n");
        assertThat(raw(always(shorter, MailCharset.ISO_2022_JP))).contains("Content-Transfer-Encoding: 7bit");
    }

    @Test
    void addressBeyondAsciiMakesTheWholeMailUtf8() throws IOException {
        MailDraft draft = draft("件名", "名前", "本文\n");
        MailDraft beyond = new MailDraft(
                new Address(null, "注文@example.jp"),
                draft.to(),
                draft.cc(),
                draft.bcc(),
                draft.subject(),
                draft.text(),
                draft.attachments(),
                draft.messageId(),
                draft.date(),
                null,
                draft.references(),
                null);
        assertThat(raw(always(beyond, MailCharset.ISO_2022_JP))).contains("charset=UTF-8");
    }

    @Test
    void domainOfTheRecipientsDecides() throws IOException {
        CharsetRule rule = new CharsetRule(
                MailCharset.UTF_8,
                Map.of(
                        "docomo.example",
                        MailCharset.ISO_2022_JP,
                        "new.docomo.example",
                        MailCharset.UTF_8,
                        "gmail.example",
                        MailCharset.UTF_8));
        assertThat(rule.of(List.of("a@docomo.example", "b@other.example"))).isEqualTo(MailCharset.ISO_2022_JP);
        assertThat(rule.of(List.of("a@Post.DOCOMO.example"))).isEqualTo(MailCharset.ISO_2022_JP);
        assertThat(rule.of(List.of("a@post.new.docomo.example"))).isEqualTo(MailCharset.UTF_8);
        assertThat(rule.of(List.of("a@docomo.example", "b@gmail.example"))).isEqualTo(MailCharset.UTF_8);
        assertThat(rule.of(List.of("a@xdocomo.example", "a@example"))).isEqualTo(MailCharset.UTF_8);
        assertThat(raw(draft("件名", "名前", "本文").with(rule))).contains("charset=ISO-2022-JP");
    }
}
