package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import ekiden.testing.DkimSigning;
import ekiden.testing.Eventually;
import ekiden.testing.NameServer;
import ekiden.testing.Program;
import ekiden.testing.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that start only by mails that are from whom they say, on the real process. */
class AuthenticatedUpIT {
    private static final String UNIT = """
            version: 1
            jobnet: /NAME
            start: {receive-mail: {profile: orders, CONDITIONS}}
            jobs:
              a: {command: [cat, "${start.body}"]}
            """;

    @TempDir
    private Path folder;

    private UpGround ground;

    @BeforeEach
    void begin() {
        ground = new UpGround(folder);
    }

    @AfterEach
    void end() {
        ground.close();
    }

    private void settings(String profile) {
        ground.write("home/ekiden.yaml", """
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders:
                      receive: {smtpd: {listen: "127.0.0.1:%d", recipients: [orders@localhost]}}
                %s
                """.formatted(ground.port, profile.indent(6)));
    }

    private static String unit(String name, String conditions) {
        return UNIT.replace("NAME", name).replace("CONDITIONS", conditions);
    }

    private void openssl(String line) {
        List<String> words =
                new ArrayList<>(List.of(Programs.path(Program.OPENSSL).toString()));
        words.addAll(List.of(line.split(" ")));
        ChildProcess.run("openssl", new ProcessBuilder(words).directory(folder.toFile()), UpGround.WITHIN);
    }

    private void certificates() throws IOException {
        Files.writeString(folder.resolve("part"), "Content-Type: text/plain; charset=utf-8\r\n\r\npay 4711\r\n");
        Files.writeString(folder.resolve("home/password"), "secret\n");
        Files.writeString(
                folder.resolve("ext"), "subjectAltName=email:boss@example.jp\nextendedKeyUsage=emailProtection\n");
        for (String authority : new String[] {"home/ca", "other"}) {
            openssl("req -x509 -newkey rsa:2048 -nodes -keyout " + authority + ".key -out " + authority
                    + ".pem -subj /CN=Authority -days 2");
        }
        openssl("req -newkey rsa:2048 -nodes -keyout me.key -out me.csr -subj /CN=Boss");
        openssl(
                "x509 -req -in me.csr -CA home/ca.pem -CAkey home/ca.key -CAcreateserial -out me.pem -days 1 -extfile ext");
        openssl(
                "x509 -req -in me.csr -CA other.pem -CAkey other.key -CAcreateserial -out fake.pem -days 1 -extfile ext");
        openssl("pkcs12 -export -in me.pem -inkey me.key -out home/me.p12 -passout pass:secret");
        String header = " -from boss@example.jp -to orders@localhost -crlfeol";
        openssl("smime -sign -in part -signer me.pem -inkey me.key -out good.eml -subject good" + header);
        openssl("smime -sign -in part -signer fake.pem -inkey me.key -out fake.eml -subject fake" + header);
        openssl("cms -encrypt -aes-256-cbc -in good.eml -out closed.eml -subject closed" + header + " me.pem");
    }

    private String delivered(String file) throws IOException {
        return ground.deliver(Files.readString(folder.resolve(file), StandardCharsets.ISO_8859_1));
    }

    @Test
    void onlyAMailThatItsAuthorSignedStartsTheJobAndAnEncryptedOneIsOpened() throws IOException {
        certificates();
        settings("trust: ca.pem\nkey: me.p12\nkey-password-file: password\n");
        ground.start();
        ground.define("signed", unit("signed", "from: [boss@example.jp], authenticated: smime"));
        ground.define("secret", unit("secret", "subject: [closed], text: [pay 4711]"));
        assertThat(ground.deliver(UpGround.mail("plain", "\r\npay 4712\r\n")
                        .replace("From: edi@customer.example", "From: boss@example.jp")))
                .startsWith("250");
        assertThat(delivered("fake.eml")).startsWith("250");
        assertThat(ground.cli("mail", "why", "1").done().text()).contains("nobody has signed it");
        assertThat(ground.cli("mail", "why", "2").done().text()).contains("does not vouch");
        assertThat(delivered("good.eml")).startsWith("250");
        ground.ended("/signed#1", "ENDED");
        assertThat(ground.cli("mail", "why", "3").done().text()).contains("boss@example.jp");
        assertThat(delivered("closed.eml")).startsWith("250");
        ground.ended("/signed#2", "ENDED");
        ground.ended("/secret#1", "ENDED");
        assertThat(ground.cli("run", "log", "/secret#1", "a").text()).contains("pay 4711");
        assertThat(ground.cli("run", "list", "/signed", "--json").out()).hasSize(2);
    }

    @Test
    void mailWaitsForTheDnsAndIsTakenOnceAndWhatTheMailSaysOfItselfHasNoEffect() throws IOException {
        DkimSigning signing = new DkimSigning();
        String key = signing.record();
        try (NameServer dns = new NameServer(NameServer.NO_ERROR, List.of(key.substring(0, 200), key.substring(200)))) {
            dns.silent(true);
            settings("name-server: 127.0.0.1:" + dns.address().getPort() + "\n");
            ground.start();
            ground.define("signed", unit("signed", "from: [edi@customer.example], authenticated: dkim"));
            String forged = "Authentication-Results: mx.example.jp; dkim=pass header.d=customer.example\r\n"
                    + UpGround.mail("forged", "\r\nx\r\n");
            assertThat(ground.deliver(forged)).startsWith("250");
            assertThat(dns.asked()).isZero();
            String signed = signing.signed(UpGround.mail("order 1", "\r\npay\r\n"), "customer.example", "s1");
            CompletableFuture<String> reply = CompletableFuture.supplyAsync(() -> ground.deliver(signed));
            Eventually.within(UpGround.WITHIN, () -> "not asked", () -> dns.asked() > 0);
            assertThat(ground.cli("run", "list", "/signed", "--json").out()).isEmpty();
            dns.silent(false);
            assertThat(reply.join()).startsWith("250");
            ground.ended("/signed#1", "ENDED");
            assertThat(ground.deliver(signed.replace("order 1", "order 2"))).startsWith("250");
            assertThat(ground.cli("mail", "why", "3").done().text())
                    .contains("customer.example (s1)", "header was changed");
            assertThat(ground.cli("run", "list", "/signed", "--json").out()).hasSize(1);
            Files.writeString(folder.resolve("good.eml"), signed);
            assertThat(ground.cli("mail", "rehearse", "good.eml", "--json")
                            .done()
                            .text())
                    .contains("WOULD_TAKE", "dkim: customer.example (s1)");
        }
    }

    @Test
    void proofThatNothingCanGiveIsRefused() {
        settings("");
        ground.write("a.yaml", unit("a", "from: [boss@example.jp], authenticated: smime"));
        ground.cli("unit", "check", "a.yaml").refused(2, "EKDM0237-E");
        ground.write("a.yaml", unit("a", "from: [boss@example.jp], authenticated: spf"));
        ground.cli("unit", "check", "a.yaml").refused(2, "EKDM0237-E");
        ground.write("a.yaml", unit("a", "from: [boss@example.jp], authenticated: [dkim, dmarc]"));
        ground.cli("unit", "check", "a.yaml").done();
    }
}
