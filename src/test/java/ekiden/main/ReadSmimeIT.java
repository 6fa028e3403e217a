package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.cli.CommandSet;
import ekiden.json.Json;
import ekiden.testing.ChildProcess;
import ekiden.testing.Program;
import ekiden.testing.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S/MIME as OpenSSL writes it, read by {@code ekiden mail read}. */
class ReadSmimeIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final String PART = "Content-Type: text/plain; charset=utf-8\r\n\r\n注文です。\r\n";

    @TempDir
    private Path folder;

    private final ReadMailCommand command = new ReadMailCommand();

    @BeforeEach
    void makeCertificates() throws IOException {
        Files.writeString(folder.resolve("part"), PART);
        Files.writeString(folder.resolve("password"), "secret\n");
        Files.writeString(
                folder.resolve("ext"), "subjectAltName=email:sender@example.jp\nextendedKeyUsage=emailProtection\n");
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=Authority -days 2");
        openssl("req -newkey rsa:2048 -nodes -keyout me.key -out me.csr -subj /CN=Sender");
        openssl("x509 -req -in me.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out me.pem -days 1 -extfile ext");
        openssl("pkcs12 -export -in me.pem -inkey me.key -out me.p12 -passout pass:secret");
    }

    private void openssl(String line) {
        List<String> words =
                new ArrayList<>(List.of(Programs.path(Program.OPENSSL).toString()));
        words.addAll(List.of(line.split(" ")));
        ChildProcess.run("openssl", new ProcessBuilder(words).directory(folder.toFile()), WITHIN);
    }

    private Map<String, Object> read(String file, @Nullable String key) {
        CommandSet.ReadOptions options = new CommandSet.ReadOptions(
                false,
                false,
                key == null ? null : folder.resolve(key),
                folder.resolve("password"),
                folder.resolve("ca.pem"),
                null);
        return Json.readMap(
                ReadLine.of(command, folder.resolve(file), file, options).json());
    }

    @Test
    void mailThatOpensslSignedAndEncryptedIsReadAndItsSignerTold() {
        openssl("smime -sign -in part -signer me.pem -inkey me.key -out clear.eml -crlfeol");
        openssl("smime -sign -nodetach -in part -signer me.pem -inkey me.key -out opaque.eml");
        openssl("cms -encrypt -aes-256-cbc -in clear.eml -out closed.eml me.pem");
        openssl("cms -encrypt -aes-256-gcm -in clear.eml -out gcm.eml me.pem");
        for (String file : new String[] {"clear.eml", "opaque.eml", "closed.eml", "gcm.eml"}) {
            Map<String, Object> line = read(file, "me.p12");
            assertThat(String.valueOf(line.get("text")).strip()).as(file).isEqualTo("注文です。");
            assertThat(String.valueOf(line.get("signatures")))
                    .as(file)
                    .contains("sender@example.jp", "valid=true", "trusted=true");
        }
        assertThat(read("closed.eml", null).get("problems")).asString().contains("EKDM0257-W");
    }

    @Test
    void keyThatCannotBeUsedIsToldWithItsFile() throws IOException {
        openssl("smime -sign -in part -signer me.pem -inkey me.key -out clear.eml");
        Files.writeString(folder.resolve("password"), "wrong");
        ReadLine line = ReadLine.of(
                command,
                folder.resolve("clear.eml"),
                "clear.eml",
                new CommandSet.ReadOptions(
                        false, false, folder.resolve("me.p12"), folder.resolve("password"), null, null));
        assertThat(Objects.requireNonNull(line.problem()).id()).isEqualTo("EKDM0261-E");
        assertThat(line.json()).contains("EKDM0261-E", "me.p12");
    }
}
