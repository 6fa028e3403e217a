package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What Angus composes is read as it was meant. */
class ComposedMailTest {
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final String LETTERS =
            "abcXYZ019 .,;:!?()<>@[]\"'\\/=_%+-#&*~あいうアイウーヴ注文書見積髙橋①㈱ｱｲｳﾞ、。「」éüßñÅПриветλ한글中文🙂𠮷";

    /**
     * A mail as it is meant.
     *
     * @param charset of headers and text, by MIME name
     * @param files names of attachments
     */
    record Meant(
            String charset, String author, String subject, String text, List<String> files, List<byte[]> contents) {}

    private static String canBe(String charset, String wished) {
        var encoder = Charset.forName(charset).newEncoder();
        StringBuilder kept = new StringBuilder();
        wished.codePoints()
                .mapToObj(Character::toString)
                .filter(encoder::canEncode)
                .forEach(kept::append);
        return kept.toString();
    }

    private static Arbitrary<String> line(int most) {
        List<String> letters =
                LETTERS.codePoints().mapToObj(Character::toString).toList();
        return Arbitraries.of(letters)
                .list()
                .ofMinSize(1)
                .ofMaxSize(most)
                .map(some -> "x" + String.join("", some).replaceAll(" +", " ") + "x");
    }

    @Provide
    Arbitrary<Meant> mails() {
        Arbitrary<String> charsets = Arbitraries.of("UTF-8", "UTF-8", "ISO-2022-JP", "Shift_JIS", "EUC-JP", "GB18030");
        Arbitrary<String> texts = line(70).list().ofMaxSize(6).map(lines -> String.join("\n", lines) + "\n");
        Arbitrary<List<String>> names = line(60).list().ofMaxSize(3);
        Arbitrary<List<byte[]>> contents =
                Arbitraries.bytes().array(byte[].class).ofMaxSize(300).list().ofSize(3);
        return Combinators.combine(charsets, line(30), line(80), texts, names, contents)
                .as((charset, author, subject, text, files, bytes) -> new Meant(
                        charset,
                        canBe(charset, author),
                        canBe(charset, subject),
                        canBe(charset, text),
                        files.stream().map(file -> canBe(charset, file)).toList(),
                        bytes));
    }

    private static byte[] composed(Meant meant) throws MessagingException, IOException {
        MimeMessage mail = new MimeMessage(SESSION);
        mail.setFrom(new InternetAddress("a@b.example", meant.author, meant.charset));
        mail.setSubject(meant.subject, meant.charset);
        MimeMultipart parts = new MimeMultipart();
        MimeBodyPart body = new MimeBodyPart();
        body.setText(meant.text, meant.charset);
        parts.addBodyPart(body);
        for (int i = 0; i < meant.files.size(); i++) {
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(
                    new DataHandler(new ByteArrayDataSource(meant.contents.get(i), "application/octet-stream")));
            file.setFileName(
                    i == 0 ? MimeUtility.encodeText(meant.files.get(i), meant.charset, "B") : meant.files.get(i));
            file.setHeader("Content-Transfer-Encoding", "base64");
            parts.addBodyPart(file);
        }
        mail.setContent(parts);
        mail.saveChanges();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        mail.writeTo(out);
        return out.toByteArray();
    }

    /** The tables of Java's ISO-2022-JP, EUC-JP and Shift_JIS and of what is read for them differ in a few signs. */
    private static String alike(String text) {
        return text.replace('\u301c', '\uff5e').replace('\u2212', '\uff0d').replace('\u2014', '\u2015');
    }

    @Test
    void quoteAndSemicolonInANameAreItsOwn() throws MessagingException, IOException {
        mailIsReadAsItWasMeant(
                new Meant("UTF-8", "a", "s", "t\n", List.of("b", "x\";x"), List.of(new byte[1], new byte[1])));
    }

    @Property(tries = 400)
    void mailIsReadAsItWasMeant(@ForAll("mails") Meant meant) throws MessagingException, IOException {
        byte[] mail = composed(meant);
        Message message = Mails.read(mail);
        assertThat(message.summary().from()).extracting(Address::address).containsExactly("a@b.example");
        assertThat(alike(String.valueOf(message.summary().from().getFirst().name())))
                .isEqualTo(alike(meant.author));
        assertThat(alike(message.summary().subject())).isEqualTo(alike(meant.subject));
        assertThat(alike(message.text()).strip()).isEqualTo(alike(meant.text).strip());
        assertThat(message.summary().attachments())
                .extracting(AttachmentSummary::name)
                .containsExactlyElementsOf(meant.files);
        for (int i = 0; i < meant.files.size(); i++) {
            assertThat(Mails.content(mail, message.attachments().get(i)))
                    .isEqualTo(new String(meant.contents.get(i), StandardCharsets.ISO_8859_1));
        }
    }
}
