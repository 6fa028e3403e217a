package ekiden.mail.receive.smtpd;

import static ekiden.mail.receive.smtpd.SmtpdRig.failed;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.disk.FileDisk;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SmtpTlsTest {
    private static final String PASSWORD = "of-this-test";

    @TempDir
    static Path folder;

    private final SmtpdRig rig = new SmtpdRig();

    @BeforeAll
    static void makeCertificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "smtpd",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file("cert.p12").toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = store();
        write("cert.pem", "CERTIFICATE", store.getCertificate("smtpd").getEncoded());
        write(
                "key.pem",
                "PRIVATE KEY",
                store.getKey("smtpd", PASSWORD.toCharArray()).getEncoded());
        write("old.pem", "EC PRIVATE KEY", new byte[] {1});
        write("bad.pem", "PRIVATE KEY", new byte[] {1, 2, 3});
        Files.writeString(file("broken.pem"), "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n");
    }

    @AfterEach
    void stop() {
        rig.close();
    }

    private static Path file(String name) {
        return folder.resolve(name);
    }

    private static void write(String name, String what, byte[] der) throws IOException {
        String text = Base64.getMimeEncoder().encodeToString(der);
        Files.writeString(file(name), "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n");
    }

    private static KeyStore store() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file("cert.p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private static SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("smtpd", store().getCertificate("smtpd"));
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static TlsFiles pem() {
        return new TlsFiles.Pem(file("cert.pem"), file("key.pem"));
    }

    private SmtpdRig start(TlsFiles files) {
        rig.set("tls", files);
        return rig.start(new FileDisk());
    }

    private String refusal(TlsFiles files) {
        rig.set("tls", files);
        return failed(rig.tryStart(new FileDisk())).id();
    }

    @Test
    void certificateThatCannotBeUsedIsTold() {
        assertThat(refusal(new TlsFiles.Pem(file("none.pem"), file("key.pem"))))
                .isEqualTo(SmtpdMessage.TLS_NOT_READABLE.id());
        assertThat(refusal(new TlsFiles.Pem(file("cert.p12"), file("key.pem"))))
                .isEqualTo(SmtpdMessage.TLS_NOT_READABLE.id());
        assertThat(refusal(new TlsFiles.Pem(file("cert.pem"), file("broken.pem"))))
                .isEqualTo(SmtpdMessage.TLS_KEY_FORM.id());
        assertThat(refusal(new TlsFiles.Pem(file("cert.pem"), file("old.pem"))))
                .isEqualTo(SmtpdMessage.TLS_KEY_FORM.id());
        assertThat(refusal(new TlsFiles.Pem(file("cert.pem"), file("bad.pem"))))
                .isEqualTo(SmtpdMessage.TLS_KEY_FORM.id());
        assertThat(refusal(new TlsFiles.Pkcs12(file("cert.p12"), "wrong")))
                .isEqualTo(SmtpdMessage.TLS_NOT_READABLE.id());
    }

    @Test
    void passwordIsNotShown() {
        assertThat(new TlsFiles.Pkcs12(file("cert.p12"), PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    @Test
    void whatWasSentInClearBehindStarttlsIsNeverCarriedOut() throws Exception {
        start(pem());
        try (SmtpClient client = rig.greeted()) {
            client.raw("STARTTLS\r\nMAIL FROM:<evil@example>\r\nRCPT TO:<orders@localhost>\r\n");
            client.expect(220);
            client.secure(trusting());
            client.say("RCPT TO:<orders@localhost>", 503);
            client.say("EHLO again", 250);
            client.say("RCPT TO:<orders@localhost>", 503);
        }
    }

    @Test
    void mailComesThroughEncrypted() throws Exception {
        start(new TlsFiles.Pkcs12(file("cert.p12"), PASSWORD));
        try (SmtpClient client = rig.greeted()) {
            client.say("STARTTLS", 220);
            client.secure(trusting());
            assertThat(client.say("EHLO again", 250)).doesNotContain("STARTTLS");
            client.say("MAIL FROM:<>", 250);
            client.say("RCPT TO:<orders@localhost>", 250);
            client.say("DATA", 354);
            client.raw("x".repeat(100_000) + "\r\n.\r\n").expect(250);
            client.say("QUIT", 221);
            client.expectEnd();
        }
        SmtpdRig.Delivered delivered = rig.next();
        assertThat(delivered.envelope().protocol()).isEqualTo("ESMTPS");
        assertThat(delivered.mail().size()).isEqualTo(100_002);
    }

    @Test
    void clientThatNeverShakesHandsIsCutOff() throws Exception {
        rig.limit("write", Duration.ofMillis(100)).limit("sweep", Duration.ofMillis(20));
        start(pem());
        try (SmtpClient client = rig.greeted()) {
            client.say("STARTTLS", 220);
            client.expectEnd();
        }
    }

    @Test
    void clientThatTalksClearTextInsteadIsCutOff() throws Exception {
        start(pem());
        SmtpClient client = rig.greeted();
        client.say("STARTTLS", 220);
        client.raw("MAIL FROM:<evil@example>\r\n");
        assertThat(rig.leftBehind()).isEmpty();
        assertThat(rig.delivered).isEmpty();
    }
}
