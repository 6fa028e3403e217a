package ekiden.mail.send;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.disk.Disk;
import ekiden.disk.FileDisk;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What we compose, read by Python's email package. */
class ComposerPythonIT {
    /** One line for each fact, so that nothing needs to be parsed here. */
    private static final String READER = """
            import email, email.policy, hashlib, sys
            sys.stdout.reconfigure(encoding="utf-8")
            with open(sys.argv[1], "rb") as f:
                mail = email.message_from_binary_file(f, policy=email.policy.default)
            print("subject=" + mail["Subject"])
            for a in mail["From"].addresses + mail["To"].addresses:
                print("address=" + a.display_name + "|" + a.addr_spec)
            print("text=" + mail.get_body(("plain",)).get_content().replace("\\r", "").replace("\\n", "/"))
            for part in mail.iter_attachments():
                data = part.get_payload(decode=True)
                print("file=" + part.get_filename() + "|" + part.get_content_type() + "|" + hashlib.sha256(data).hexdigest())
            print("defects=" + str(mail.defects))
            """;

    private final Disk disk = new FileDisk();

    @TempDir
    Path folder;

    private Attachment file(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve("f" + Integer.toHexString(name.hashCode()));
        try (Disk.Output out = disk.create(file)) {
            out.write(ByteBuffer.wrap(bytes));
        }
        return new Attachment(file, name, MediaTypes.of(name));
    }

    private List<String> readByPython(MailDraft draft) throws IOException, InterruptedException {
        Path target = folder.resolve("mail.eml");
        assertThat(new Composer(disk).compose(draft, target)).isInstanceOf(Result.Ok.class);
        Process python = new ProcessBuilder("python3", "-c", READER, target.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(python.exitValue()).as(said).isZero();
        return said.lines().toList();
    }

    @Test
    void japaneseMailIsReadAsItWasWritten() throws IOException, InterruptedException, GeneralSecurityException {
        String subject = "Re: 【至急】注文書 №㈱髙﨑 ﾊﾝｶｸ 𠮷野家 " + "長い件名".repeat(40);
        byte[] bytes = new byte[200_000];
        new Random(3).nextBytes(bytes);
        List<Attachment> files = new ArrayList<>();
        for (String name :
                List.of("注文書 2026年11月.xlsx", "表".repeat(60) + ".csv", "plain.pdf", "y".repeat(150) + ".zip")) {
            files.add(file(name, bytes));
        }
        MailDraft draft = new MailDraft(
                new Address("受注センター", "orders@example.jp"),
                List.of(new Address("山田 太郎", "taro@example.jp"), new Address("Doe, \"J\"", "doe@example.com")),
                List.of(),
                List.of(),
                subject,
                "一行目\n.点で始まる行\n\nFrom here\nlast   \n" + "長".repeat(500) + "\n",
                files,
                "<python@ekiden.example>",
                OffsetDateTime.parse("2026-11-03T09:05:07+09:00"),
                null,
                List.of(),
                null);

        String hash =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        List<String> expected = new ArrayList<>(List.of(
                "subject=" + subject,
                "address=受注センター|orders@example.jp",
                "address=山田 太郎|taro@example.jp",
                "address=Doe, \"J\"|doe@example.com",
                "text=一行目/.点で始まる行//From here/last   /" + "長".repeat(500) + "/"));
        files.forEach(file -> expected.add("file=" + file.name() + "|" + file.type() + "|" + hash));
        expected.add("defects=[]");
        assertThat(readByPython(draft)).containsExactlyElementsOf(expected);
    }

    @Test
    void plainMailIsReadAsItWasWritten() throws IOException, InterruptedException {
        MailDraft draft = new MailDraft(
                new Address(null, "orders@example.jp"),
                List.of(new Address("Taro", "taro@example.jp")),
                List.of(),
                List.of(),
                "Daily report " + "word ".repeat(60).strip(),
                "all went well\n",
                List.of(),
                "<plain@ekiden.example>",
                OffsetDateTime.parse("2026-11-03T09:05:07Z"),
                null,
                List.of(),
                null);

        assertThat(readByPython(draft))
                .containsExactly(
                        "subject=Daily report " + "word ".repeat(60).strip(),
                        "address=|orders@example.jp",
                        "address=Taro|taro@example.jp",
                        "text=all went well/",
                        "defects=[]");
    }
}
