package ekiden.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificates of scripted servers: {@code good}, {@code expired}, {@code other} (of another name), all signed by one authority. */
public final class TestTls {
    private TestTls() {}

    /** {@return the certificate that the three others are signed by, in PEM form} */
    public static String authority() {
        try (InputStream pem = resource("ca.pem")) {
            return new String(pem.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * @param certificate {@code good}, {@code expired} or {@code other}
     * @return a server's context that shows it
     */
    public static SSLContext server(String certificate) {
        char[] word = "ekiden".toCharArray();
        try (InputStream store = resource(certificate + ".p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(store, word);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, word);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /**
     * A certificate for a server that is no Java program.
     *
     * @param chain the certificate and those above it, in PEM form
     * @param key its key, in PEM form
     */
    public record Pem(String chain, String key) {}

    /**
     * @param certificate {@code good}, {@code expired} or {@code other}
     * @return it, with its key
     */
    public static Pem pem(String certificate) {
        char[] word = "ekiden".toCharArray();
        try (InputStream store = resource(certificate + ".p12")) {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(store, word);
            StringBuilder chain = new StringBuilder();
            for (Certificate one : keys.getCertificateChain("key")) {
                chain.append(pem("CERTIFICATE", one.getEncoded()));
            }
            return new Pem(
                    chain.toString(),
                    pem("PRIVATE KEY", keys.getKey("key", word).getEncoded()));
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(TestTls.class.getResourceAsStream("tls/" + name), name);
    }
}
