package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.cli.CommandSet;
import ekiden.json.Json;
import ekiden.testing.NameServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.james.jdkim.DKIMSigner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadMailCommandTest {
    @TempDir
    private Path folder;

    private static final CommandSet.ReadOptions AS_IS =
            new CommandSet.ReadOptions(false, false, null, null, null, null);

    private final ReadMailCommand command = new ReadMailCommand();

    @Test
    void aFileThatIsNotThereAndOneThatIsAFolder() {
        for (Path file : new Path[] {folder.resolve("none.eml"), folder}) {
            ReadLine line = ReadLine.of(command, file, "shown", AS_IS);
            assertThat(Objects.requireNonNull(line.problem()).id()).isEqualTo("EKDC0106-E");
            assertThat(Json.readMap(line.json()))
                    .containsOnlyKeys("file", "error")
                    .containsEntry("file", "shown");
            assertThat(String.valueOf(Json.readMap(line.json()).get("error")))
                    .startsWith("EKDC0106-E shown cannot be read: ");
        }
    }

    @Test
    void aMailThatIsTooDeep() throws IOException {
        StringBuilder mail = new StringBuilder("Subject: deep\n");
        for (int i = 0; i < 500; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\n\n--b")
                    .append(i)
                    .append('\n');
        }
        Path file = Files.writeString(folder.resolve("deep.eml"), mail);
        ReadLine line = ReadLine.of(command, file, "deep.eml", AS_IS);
        assertThat(Objects.requireNonNull(line.problem()).id()).startsWith("EKDM02");
        assertThat(Json.readMap(line.json())).containsOnlyKeys("file", "error");
    }

    @Test
    void aMailHasExactlyTheContractsProperties() throws IOException {
        Path file =
                Files.writeString(folder.resolve("m.eml"), "From: a@example.jp\nSubject: =?UTF-8?B?5rOo5paH?=\n\n本文\n");
        ReadLine line = ReadLine.of(command, file, "m.eml", AS_IS);
        assertThat(line.problem()).isNull();
        Map<String, Object> read = Json.readMap(line.json());
        assertThat(read.keySet())
                .containsExactly(
                        "file", "from", "to", "subject", "date", "messageId", "text", "attachments", "problems");
        assertThat(read).containsEntry("subject", "注文").containsEntry("date", null);
    }

    @Test
    void messageInsideIsOpenedWhenAsked() throws IOException {
        Path file = Files.writeString(folder.resolve("m.eml"), """
                From: a@b.example
                Content-Type: multipart/mixed; boundary=b

                --b

                out
                --b
                Content-Type: message/rfc822

                From: c@d.example
                Content-Type: multipart/mixed; boundary=i

                --i

                in
                --i
                Content-Type: text/csv; name=d.csv

                1,2
                --i--
                --b--
                """);
        assertThat(ReadLine.of(command, file, "m.eml", AS_IS).json())
                .contains("\"text\":\"out\"")
                .doesNotContain("d.csv");
        assertThat(ReadLine.of(command, file, "m.eml", new CommandSet.ReadOptions(false, true, null, null, null, null))
                        .json())
                .contains("\"text\":\"out\"", "message/rfc822", "\"name\":\"d.csv\"");
    }

    @Test
    void signatureByDkimIsVerifiedWhenAsked() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        KeyPair pair = generator.generateKeyPair();
        String mail = "From: a@shop.example.jp\r\nSubject: order\r\n\r\npay 100\r\n";
        String field = new DKIMSigner(
                        "v=1; a=rsa-sha256; c=relaxed/simple; d=example.jp; s=s1; h=from:subject; bh=; b=;",
                        pair.getPrivate())
                .sign(new ByteArrayInputStream(mail.getBytes(StandardCharsets.US_ASCII)));
        Path signed = Files.writeString(folder.resolve("signed.eml"), field + "\r\n" + mail);
        Path changed = Files.writeString(folder.resolve("changed.eml"), field + "\r\n" + mail.replace("100", "999"));
        String key = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
        try (NameServer names = new NameServer(NameServer.NO_ERROR, List.of("v=DKIM1; p=", key))) {
            assertThat(dkim(signed, names))
                    .containsEntry("domain", "example.jp")
                    .containsEntry("result", "passed")
                    .containsEntry("forAuthor", true);
            assertThat(dkim(changed, names))
                    .containsEntry("result", "failed")
                    .containsEntry("reason", "the body was changed")
                    .containsEntry("forAuthor", false);
        }
        try (NameServer names = new NameServer(NameServer.SERVER_FAILURE, List.of())) {
            assertThat(dkim(signed, names)).containsEntry("result", "unknown").containsEntry("forAuthor", false);
        }
    }

    private Map<String, Object> dkim(Path file, NameServer names) {
        HostPort server = new HostPort("127.0.0.1", names.address().getPort());
        CommandSet.ReadOptions options =
                new CommandSet.ReadOptions(false, false, null, null, null, new CommandSet.Dkim(server));
        Object list = Json.readMap(ReadLine.of(command, file, "m.eml", options).json())
                .get("dkim");
        Map<String, Object> first = new HashMap<>();
        if (list instanceof List<?> all && all.getFirst() instanceof Map<?, ?> one) {
            one.forEach((name, value) -> first.put(String.valueOf(name), value));
        }
        return first;
    }
}
