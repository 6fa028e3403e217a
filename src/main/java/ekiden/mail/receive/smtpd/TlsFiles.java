package ekiden.mail.receive.smtpd;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the listener's certificate lies. Read once, at start. */
public sealed interface TlsFiles {
    /**
     * Two PEM files.
     *
     * @param certificates the server's certificate first, then those that signed it
     * @param key its private key, PKCS#8, not encrypted ({@code -----BEGIN PRIVATE KEY-----})
     */
    record Pem(Path certificates, Path key) implements TlsFiles {}

    /**
     * A PKCS#12 file.
     *
     * @param file the key and its certificates
     * @param password of the file; null for none
     */
    record Pkcs12(Path file, @Nullable String password) implements TlsFiles {
        @Override
        public String toString() {
            return "Pkcs12[file=" + file + "]";
        }
    }
}
