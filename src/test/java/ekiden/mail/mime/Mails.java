package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Builds mails for tests: text is written as bytes of ISO-8859-1, so that any byte can stand in a string. */
final class Mails {
    private Mails() {}

    static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** {@return the bytes of a text in a character set, as a string to be put into a mail} */
    static String in(String charset, String text) {
        return new String(text.getBytes(Charset.forName(charset)), StandardCharsets.ISO_8859_1);
    }

    static String base64(String charset, String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(Charset.forName(charset)));
    }

    static Message read(String mail) {
        return read(bytes(mail));
    }

    static Message read(byte[] mail) {
        Reading reading = reading(mail, MimeLimits.DEFAULT);
        assertThat(reading).isInstanceOf(Reading.Readable.class);
        return ((Reading.Readable) reading).message();
    }

    static Reading reading(byte[] mail, MimeLimits limits) {
        try {
            return MessageReader.readOrThrow(new BytesSource(mail), limits, Opening.USUAL);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    static String content(byte[] mail, Part part) {
        StringBuilder text = new StringBuilder();
        try {
            part.copyTo(
                    new BytesSource(mail),
                    (bytes, from, length) -> text.append(new String(bytes, from, length, StandardCharsets.ISO_8859_1)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static String subject(String rawSubject) {
        return read("From: a@b.example\nSubject: " + rawSubject + "\n\nx\n")
                .summary()
                .subject();
    }
}
