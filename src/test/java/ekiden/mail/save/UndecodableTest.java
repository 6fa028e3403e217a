package ekiden.mail.save;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Reading;
import ekiden.model.mail.SavedMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Text that is text in no way that was tried is saved all the same, and its bytes beside it. */
class UndecodableTest {
    private static final String HEAD = """
            From: a@b.example
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain; charset=utf-8

            """;
    private static final String TAIL = """

            --b
            Content-Type: a/b; name=original.eml

            x
            --b--
            """;

    private final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));

    private SavedMail save(byte[] mail, @Nullable String mailName) {
        BytesSource raw = new BytesSource(mail);
        Reading.Readable readable = (Reading.Readable) MessageReader.read(raw, MimeLimits.DEFAULT);
        SaveOrder order = new SaveOrder(
                "claim",
                Path.of("/files"),
                "mail",
                "body.txt",
                null,
                mailName,
                true,
                Instant.parse("2026-11-23T10:30:05Z"),
                ZoneId.of("UTC"),
                SaveExtras.NONE);
        Result<SavedMail> saved = new MailSaver(disk).save(readable.message(), raw, order);
        assertThat(saved).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<SavedMail>) saved).value();
    }

    private byte[] read(String name) {
        try (var in = disk.read(Path.of("/files/mail").resolve(name))) {
            return in.readAllBytes();
        } catch (IOException absent) {
            throw new AssertionError(name, absent);
        }
    }

    @Test
    void bytesOfTextThatCannotBeDecodedLieBesideIt() {
        byte[] mail = (HEAD + "注文".repeat(30) + "\ufffe" + TAIL).getBytes(UTF_8);
        int at = new String(mail, ISO_8859_1).indexOf("\u00ef\u00bf\u00be");
        mail[at] = (byte) 0xff;
        SavedMail saved = save(mail, null);
        assertThat(saved.mail()).isEqualTo("/files/mail/original.eml");
        assertThat(read("original.eml")).isEqualTo(mail);
        assertThat(new String(read("body.txt"), UTF_8)).contains("注文").contains("\ufffd");
        Manifest manifest = Json.read(new String(read("mail.json"), UTF_8), Manifest.class);
        assertThat(manifest.mail()).isEqualTo("original.eml");
        assertThat(manifest.problems()).contains(MimeMessage.NOT_DECODABLE.id());
        assertThat(manifest.attachments().getFirst().savedName()).isEqualTo("original (2).eml");
    }

    @Test
    void nameThatWasAskedForIsUsed() {
        byte[] mail = (HEAD + "x" + TAIL).getBytes(UTF_8);
        mail[HEAD.length()] = (byte) 0xff;
        assertThat(Objects.requireNonNull(save(mail, "whole.eml").mail())).endsWith("/whole.eml");
    }

    @Test
    void textThatWasDecodedNeedsNoOriginal() {
        byte[] mail = (HEAD + "注文" + TAIL).getBytes(UTF_8);
        assertThat(save(mail, null).mail()).isNull();
        assertThat(new String(read("original.eml"), UTF_8)).isEqualTo("x");
    }
}
