package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.model.mail.Address;
import ekiden.testing.MemoryDisk;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComposerTest {
    private static final Path FOLDER = Path.of("/run/out");
    private static final Path TARGET = FOLDER.resolve("mail.eml");
    private static final String ID = "<0192.attempt-1@ekiden.example>";

    private final Disk disk = new MemoryDisk(new Random(1));

    @BeforeEach
    void folder() throws IOException {
        disk.makeFolders(FOLDER);
    }

    private static Address address(String text) {
        return switch (MailAddresses.parse(text)) {
            case Result.Ok<Address>(Address address) -> address;
            case Result.Failed<Address>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private static MailDraft draft(String subject, String text, Attachment... attachments) {
        return new MailDraft(
                address("orders@example.jp"),
                List.of(address("taro@example.com")),
                List.of(),
                List.of(),
                subject,
                text,
                List.of(attachments),
                ID,
                OffsetDateTime.parse("2026-11-03T09:05:07+09:00"),
                null,
                List.of(),
                null);
    }

    private static MailDraft between(Address from, List<Address> to, List<Address> cc, List<Address> bcc) {
        MailDraft plain = draft("subject", "text");
        return new MailDraft(from, to, cc, bcc, "subject", "text", List.of(), ID, plain.date(), null, List.of(), null);
    }

    private Attachment file(String name, byte[] bytes) throws IOException {
        Path file = FOLDER.resolve("f" + Integer.toHexString(name.hashCode()));
        disk.delete(file);
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(bytes));
        }
        return new Attachment(file, name, MediaTypes.of(name));
    }

    private ComposedMail composed(MailDraft draft) {
        return switch (new Composer(disk).compose(draft, TARGET)) {
            case Result.Ok<ComposedMail>(ComposedMail mail) -> mail;
            case Result.Failed<ComposedMail>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    private String problem(MailDraft draft) {
        Result<ComposedMail> result = new Composer(disk).compose(draft, TARGET);
        assertThat(disk.exists(TARGET)).isFalse();
        return switch (result) {
            case Result.Ok<ComposedMail>(ComposedMail mail) -> throw new AssertionError("composed");
            case Result.Failed<ComposedMail>(Problem problem) -> problem.id();
        };
    }

    private byte[] bytes() throws IOException {
        try (InputStream in = disk.read(TARGET)) {
            return in.readAllBytes();
        }
    }

    private String raw() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Another hand's reader. */
    private MimeMessage read() throws IOException, MessagingException {
        try (InputStream in = disk.read(TARGET)) {
            return new MimeMessage(Session.getInstance(new Properties()), in);
        }
    }

    private static void assertWellFormed(String raw) {
        assertThat(raw).doesNotContainPattern("[^\\r]\\n|\\r[^\\n]");
        String head = raw.substring(0, raw.indexOf("\r\n\r\n"));
        assertThat(head.split("\r\n")).allSatisfy(line -> {
            assertThat(line.length()).isLessThanOrEqualTo(76);
            assertThat(line.strip()).isNotEmpty();
        });
        assertThat(raw.split("\r\n", -1))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(998));
    }

    @Test
    void plainMailStandsAsItIs() throws IOException {
        ComposedMail mail = composed(draft("Daily report", "Hello,\nall went well.\n"));

        assertThat(raw()).isEqualTo("""
                        Date: Tue, 3 Nov 2026 09:05:07 +0900
                        From: orders@example.jp
                        To: taro@example.com
                        Subject: Daily report
                        Message-ID: <0192.attempt-1@ekiden.example>
                        Auto-Submitted: auto-generated
                        MIME-Version: 1.0
                        Content-Type: text/plain; charset=UTF-8
                        Content-Transfer-Encoding: 7bit

                        Hello,
                        all went well.
                        """.replace("\n", "\r\n"));
        assertThat(mail.size()).isEqualTo(bytes().length);
        assertThat(mail.sender()).isEqualTo("orders@example.jp");
        assertThat(mail.form()).isEqualTo(OutgoingMail.Form.SEVEN_BIT);
    }

    @Test
    void sameDraftGivesTheSameBytes() throws IOException {
        MailDraft draft = draft("件名", "本文", file("表.csv", new byte[1000]));
        composed(draft);
        byte[] first = bytes();
        composed(draft);

        assertThat(bytes()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "Re: 注文書 2026年11月分（東京支店）",
                "㈱ №1 ～ − ① 髙﨑 𠮷野家 ﾊﾝｶｸｶﾅ",
                "no =?UTF-8?B?44GC?= decoding please",
                " leading and trailing ",
                "two  spaces",
                "tab\there",
                "Grüße aus Köln",
                "😀 emoji 👨‍👩‍👧 family"
            })
    void subjectComesBackAsItWas(String subject) throws IOException, MessagingException {
        composed(draft(subject, "x"));

        assertThat(String.valueOf(read().getSubject())).isEqualTo(subject);
        assertWellFormed(raw());
        assertThat(TextRules.ascii(raw())).isTrue();
    }

    @Test
    void longSubjectsFoldAndComeBack() throws IOException, MessagingException {
        for (String subject : List.of("語".repeat(200), "word ".repeat(60).strip(), "x".repeat(500), "é".repeat(200))) {
            composed(draft(subject, "x"));

            assertThat(read().getSubject()).isEqualTo(subject);
            assertWellFormed(raw());
        }
    }

    @Test
    void noEncodedWordIsCutInsideACharacter() throws IOException {
        for (int shift = 0; shift < 8; shift++) {
            composed(draft("a".repeat(shift) + "𠮷髙é".repeat(40), "x"));
            String head = raw();
            for (String word : head.split("=\\?UTF-8\\?", -1)) {
                if (word.startsWith("B?")) {
                    byte[] bytes = java.util.Base64.getDecoder().decode(word.substring(2, word.indexOf("?=")));
                    assertThat(new String(bytes, StandardCharsets.UTF_8)).doesNotContain("\ufffd");
                }
            }
        }
    }

    @Test
    void namesAndAddressesComeBack() throws IOException, MessagingException {
        List<Address> to = List.of(
                address("山田 太郎 <taro@example.jp>"),
                address("\"Doe, John \\\"Jr\\\"\" <john@example.com>"),
                address("Plain Name <plain@example.com>"),
                address("x".repeat(100) + " <long@example.com>"),
                address("docomo..odd.@example.jp"));
        ComposedMail mail =
                composed(between(address("受注センター <orders@例え.jp>"), to, List.of(address("cc@example.com")), List.of()));

        MimeMessage read = read();
        assertThat(((InternetAddress) read.getFrom()[0]).getPersonal()).isEqualTo("受注センター");
        assertThat(((InternetAddress) read.getFrom()[0]).getAddress()).isEqualTo("orders@xn--r8jz45g.jp");
        assertThat(read.getRecipients(Message.RecipientType.TO))
                .extracting(a -> ((InternetAddress) a).getPersonal())
                .containsExactly("山田 太郎", "Doe, John \"Jr\"", "Plain Name", "x".repeat(100), null);
        assertThat(((InternetAddress) read.getRecipients(Message.RecipientType.TO)[4]).getAddress())
                .isEqualTo("\"docomo..odd.\"@example.jp");
        assertThat(mail.recipients())
                .containsExactly(
                        "taro@example.jp",
                        "john@example.com",
                        "plain@example.com",
                        "long@example.com",
                        "docomo..odd.@example.jp",
                        "cc@example.com");
        assertWellFormed(raw());
    }

    @Test
    void blindCopiesStandInTheEnvelopeOnly() throws IOException {
        ComposedMail mail = composed(between(
                address("a@example.jp"),
                List.of(),
                List.of(),
                List.of(address("Secret <hidden@example.com>"), address("hidden@example.com"))));

        assertThat(raw()).doesNotContainIgnoringCase("hidden").doesNotContainIgnoringCase("bcc");
        assertThat(raw()).contains("\r\nTo: undisclosed-recipients:;\r\n");
        assertThat(mail.recipients()).containsExactly("hidden@example.com");
    }

    @Test
    void answerStaysInItsThread() throws IOException, MessagingException {
        MailDraft plain = draft("Re: order", "text");
        List<String> references = java.util.stream.IntStream.range(0, 80)
                .mapToObj(i -> "<m" + i + "@example.com>")
                .toList();
        composed(new MailDraft(
                plain.from(),
                plain.to(),
                List.of(),
                List.of(),
                "Re: order",
                "text",
                List.of(),
                ID,
                plain.date(),
                "<m79@example.com>",
                references,
                null));

        assertThat(read().getHeader("In-Reply-To")).containsExactly("<m79@example.com>");
        assertThat(read().getHeader("References", null).split("\\s+"))
                .hasSize(50)
                .startsWith("<m0@example.com>", "<m31@example.com>")
                .endsWith("<m79@example.com>");
        assertWellFormed(raw());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "plain\r\nwindows\rold mac\nunix",
                "注文書を受け取りました。\n\n本日出荷します。\n",
                "mostly ascii with one é in it, mostly ascii with one é in it, mostly ascii, mostly ascii",
                ".\n..\n.leading dots\nFrom here on\n",
                "trailing blanks   \nand tabs\t\n   \nend",
                "equals = signs =3D =\n",
                "control \u0001 \u007f characters"
            })
    void textComesBackAsItWas(String text) throws IOException, MessagingException {
        composed(draft("s", text));

        assertThat(read().getContent()).isEqualTo(BodyText.canonical(text));
        assertWellFormed(raw());
        assertThat(raw()).doesNotContain("\r\nFrom ");
    }

    @Test
    void veryLongLinesAreBroughtUnderTheLimit() throws IOException, MessagingException {
        for (String text : List.of("x".repeat(100_000), "長".repeat(5_000), "a b ".repeat(3_000))) {
            composed(draft("s", text));

            assertThat(read().getContent()).isEqualTo(text + "\r\n");
            assertWellFormed(raw());
        }
    }

    @Test
    void shorterEncodingIsTaken() throws IOException {
        composed(draft("s", "これは日本語の本文です。"));
        assertThat(raw()).contains("Content-Transfer-Encoding: base64");
        composed(draft("s", "Only one é among very many letters of the ASCII kind."));
        assertThat(raw()).contains("Content-Transfer-Encoding: quoted-printable");
    }

    @Test
    void attachmentsComeBackWithNameTypeAndBytes() throws IOException, MessagingException {
        Random random = new Random(7);
        List<String> names = List.of(
                "a.pdf",
                "注文書 2026.xlsx",
                "very-long-" + "長い名前".repeat(20) + ".txt",
                "x".repeat(120) + ".csv",
                "quote\" back\\slash 100%.zip",
                "no-ending");
        int[] sizes = {0, 1, 57, 57 * 1024, 57 * 1024 + 1, 300_000};
        Attachment[] attachments = new Attachment[names.size()];
        byte[][] contents = new byte[names.size()][];
        for (int i = 0; i < attachments.length; i++) {
            contents[i] = new byte[sizes[i]];
            random.nextBytes(contents[i]);
            attachments[i] = file(names.get(i), contents[i]);
        }

        ComposedMail mail = composed(draft("添付", "本文\n", attachments));

        System.setProperty("mail.mime.decodeparameters", "true");
        MimeMultipart parts = (MimeMultipart) read().getContent();
        assertThat(parts.getCount()).isEqualTo(attachments.length + 1);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo("本文\r\n");
        for (int i = 0; i < attachments.length; i++) {
            Part part = parts.getBodyPart(i + 1);
            assertThat(part.getFileName()).isEqualTo(names.get(i));
            assertThat(part.isMimeType(attachments[i].type())).isTrue();
            assertThat(part.getDisposition()).isEqualTo(Part.ATTACHMENT);
            try (InputStream in = part.getInputStream()) {
                assertThat(in.readAllBytes()).isEqualTo(contents[i]);
            }
        }
        assertThat(mail.size()).isEqualTo(bytes().length);
        assertWellFormed(raw());
        assertThat(TextRules.ascii(raw())).isTrue();
    }

    @Test
    void boundaryIsNotInTheText() throws IOException, MessagingException {
        Attachment attachment = file("a.bin", new byte[10]);
        String first = MessageHead.boundary(ID, List.of(BodyText.of("other\n", Coding.UTF_8)));
        String text = "--" + first + "\n--" + first + "--\n";

        composed(draft("s", text, attachment));

        MimeMultipart parts = (MimeMultipart) read().getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).getContent()).isEqualTo(text.replace("\n", "\r\n"));
    }

    @Test
    void typeThatWouldPromiseAStructureBecomesBytes() throws IOException {
        Attachment plain = file("mail.eml", "Subject: x\r\n\r\ny".getBytes(StandardCharsets.US_ASCII));
        for (String type : List.of("message/rfc822", "multipart/mixed", "no-type", "a/b; c=d", "text/pl ain")) {
            composed(draft("s", "t", new Attachment(plain.file(), plain.name(), type)));
            assertThat(raw()).contains("Content-Type: application/octet-stream; name=\"mail.eml\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nBcc: evil@example.com", "a\nb", "a\rb", "a\0b"})
    void lineBreaksAreRefusedWhereverTheyWouldTearTheHeader(String torn) throws IOException {
        Attachment good = file("a.txt", new byte[1]);
        Address from = address("a@example.jp");
        MailDraft plain = draft("s", "t");

        assertThat(problem(draft(torn, "text"))).isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(problem(between(new Address(torn, "a@example.jp"), plain.to(), List.of(), List.of())))
                .isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(problem(between(from, List.of(new Address(null, torn + "@example.jp")), List.of(), List.of())))
                .isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(problem(between(from, plain.to(), List.of(new Address(torn, "c@example.jp")), List.of())))
                .isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(problem(between(from, plain.to(), List.of(), List.of(new Address(torn, "c@example.jp")))))
                .isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(problem(draft("s", "t", new Attachment(good.file(), torn, good.type()))))
                .isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(problem(draft("s", "t", new Attachment(good.file(), good.name(), torn))))
                .isEqualTo(ComposeMessage.LINE_BREAK.id());
        assertThat(MailAddresses.parse(torn + " <c@example.jp>")).isInstanceOf(Result.Failed.class);
        assertThat(problem(new MailDraft(
                        from,
                        plain.to(),
                        List.of(),
                        List.of(),
                        "s",
                        "t",
                        List.of(),
                        "<" + torn + "@x>",
                        plain.date(),
                        null,
                        List.of(),
                        null)))
                .isEqualTo(ComposeMessage.BAD_MESSAGE_ID.id());
    }

    @Test
    void whatCannotBeSentIsNamed() throws IOException {
        Address from = address("a@example.jp");
        List<Address> to = List.of(from);

        assertThat(problem(between(from, List.of(), List.of(), List.of()))).isEqualTo(ComposeMessage.NO_RECIPIENT.id());
        for (String bad :
                List.of("plain", "@example.jp", "a@", "a b@example.jp", "a@b..c", "a@-b.c", "<a@b>", "a@b,c@d")) {
            assertThat(problem(between(from, List.of(new Address(null, bad)), List.of(), List.of())))
                    .as(bad)
                    .isEqualTo(ComposeMessage.BAD_ADDRESS.id());
        }
        assertThat(problem(draft("half \ud842", "t"))).isEqualTo(ComposeMessage.BROKEN_TEXT.id());
        assertThat(problem(draft("s", "half \udfb7"))).isEqualTo(ComposeMessage.BROKEN_TEXT.id());
        assertThat(problem(draft("s", "t", Attachment.of(FOLDER.resolve("absent.pdf")))))
                .isEqualTo(ComposeMessage.NO_ATTACHMENT.id());
        assertThat(problem(draft("s", "t", Attachment.of(FOLDER))))
                .isEqualTo(ComposeMessage.ATTACHMENT_UNREADABLE.id());
        assertThat(problem(new MailDraft(
                        from,
                        to,
                        List.of(),
                        List.of(),
                        "s",
                        "t",
                        List.of(),
                        "no id",
                        draft("s", "t").date(),
                        null,
                        List.of(),
                        null)))
                .isEqualTo(ComposeMessage.BAD_MESSAGE_ID.id());
    }

    @Test
    void limitsHoldAtOneMore() throws IOException {
        ComposeLimits limits = new ComposeLimits(2, 1, 24, 20, 100, 10, 2);
        Composer composer = new Composer(disk, limits);
        Attachment hundred = file("a", new byte[100]);
        Attachment more = file("b", new byte[101]);
        Address one = address("a@example.jp");

        assertThat(composer.compose(draft("x".repeat(24), "0123456789abcdefghij", hundred), TARGET))
                .isInstanceOf(Result.Ok.class);
        disk.delete(TARGET);
        assertThat(id(composer.compose(draft("x".repeat(25), "t"), TARGET)))
                .isEqualTo(ComposeMessage.FIELD_TOO_LONG.id());
        assertThat(id(composer.compose(draft("s", "0123456789abcdefghijk"), TARGET)))
                .isEqualTo(ComposeMessage.FIELD_TOO_LONG.id());
        assertThat(id(composer.compose(draft("s", "t", more), TARGET))).isEqualTo(ComposeMessage.TOO_LARGE.id());
        assertThat(id(composer.compose(draft("s", "t", hundred, hundred), TARGET)))
                .isEqualTo(ComposeMessage.TOO_MANY_ATTACHMENTS.id());
        assertThat(id(composer.compose(between(one, List.of(one, one, one), List.of(), List.of()), TARGET)))
                .isEqualTo(ComposeMessage.TOO_MANY_RECIPIENTS.id());
        assertThat(disk.exists(TARGET)).isFalse();
    }

    private static String id(Result<ComposedMail> result) {
        return result instanceof Result.Failed<ComposedMail>(Problem problem) ? problem.id() : "composed";
    }

    @Test
    void folderThatIsNotThereIsNamed() {
        assertThat(id(new Composer(disk).compose(draft("s", "t"), Path.of("/absent/mail.eml"))))
                .isEqualTo(ComposeMessage.CANNOT_WRITE.id());
    }

    @Test
    void localPartOutsideAsciiMakesAMailThatNeedsSmtputf8() throws IOException {
        ComposedMail mail =
                composed(between(address("a@example.jp"), List.of(address("山田@例え.jp")), List.of(), List.of()));

        assertThat(mail.form()).isEqualTo(OutgoingMail.Form.UTF8);
        assertThat(raw()).contains("To: 山田@xn--r8jz45g.jp\r\n");
    }
}
