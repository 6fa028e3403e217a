package ekiden.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} and 127.0.0.1 that signs itself, fresh for each server.
 *
 * @param certificate its file, in PEM form; what a client has to trust
 * @param key the file of its key, in PEM form
 */
public record ServerCertificate(Path certificate, Path key) {
    private static final Duration MADE_WITHIN = Duration.ofSeconds(30);

    /** Makes one inside the folder of a server. */
    static ServerCertificate make(ServerFolder folder) {
        ServerCertificate made = new ServerCertificate(folder.path("tls.crt"), folder.path("tls.key"));
        ProcessBuilder openssl = new ProcessBuilder(
                Programs.path(Program.OPENSSL).toString(),
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
                "-days",
                "30",
                "-keyout",
                made.key.toString(),
                "-out",
                made.certificate.toString(),
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1");
        ChildProcess.run("openssl", openssl, MADE_WITHIN);
        return made;
    }

    /** {@return a client's context that trusts this certificate and no other} */
    public SSLContext trusting() {
        try (InputStream pem = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(pem));
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            return context;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
