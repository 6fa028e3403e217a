package ekiden.main;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.smime.SmimeKeys;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keys and trust stores for S/MIME out of files. */
final class SmimeFiles {
    private static final int MAX_BYTES = 1 << 20;

    private SmimeFiles() {}

    /** A file that was named and cannot be used. */
    static final class Unusable extends IOException {
        private static final long serialVersionUID = 1;

        private final transient Problem problem;

        Unusable(Path file, String reason) {
            super(reason);
            this.problem = Problem.of(MimeMessage.KEY_NOT_READABLE, "file", file, "reason", reason);
        }

        Problem problem() {
            return problem;
        }
    }

    /** Reads what was named; nothing where nothing was. */
    static SmimeKeys keys(@Nullable Path key, @Nullable Path keyPassword, @Nullable Path trust) throws Unusable {
        return new SmimeKeys(key == null ? List.of() : keys(key, keyPassword), trust == null ? null : anchors(trust));
    }

    private static List<SmimeKeys.Key> keys(Path file, @Nullable Path passwordFile) throws Unusable {
        try {
            char[] password = passwordFile == null
                    ? new char[0]
                    : new String(bytes(passwordFile), StandardCharsets.UTF_8)
                            .strip()
                            .toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, password);
            }
            List<SmimeKeys.Key> keys = new ArrayList<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.getKey(alias, password) instanceof PrivateKey key
                        && store.getCertificate(alias) instanceof X509Certificate certificate) {
                    keys.add(new SmimeKeys.Key(certificate, key));
                }
            }
            if (keys.isEmpty()) {
                throw new Unusable(file, "it holds no key with its certificate");
            }
            return keys;
        } catch (Unusable told) {
            throw told;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Unusable(file, Reason.of(unusable));
        }
    }

    /** A trust store is PKCS#12 without a password, or certificates in PEM. */
    private static Set<TrustAnchor> anchors(Path file) throws Unusable {
        try {
            byte[] bytes = bytes(file);
            Set<TrustAnchor> anchors = new HashSet<>();
            for (Certificate one : new String(bytes, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE")
                    ? CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes))
                    : certificates(bytes)) {
                if (one instanceof X509Certificate certificate) {
                    anchors.add(new TrustAnchor(certificate, null));
                }
            }
            if (anchors.isEmpty()) {
                throw new Unusable(file, "it holds no certificate");
            }
            return anchors;
        } catch (Unusable told) {
            throw told;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new Unusable(file, Reason.of(unusable));
        }
    }

    private static List<Certificate> certificates(byte[] bytes) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(new ByteArrayInputStream(bytes), null);
        List<Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            Certificate one = store.getCertificate(alias);
            if (one != null) {
                certificates.add(one);
            }
        }
        return certificates;
    }

    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MAX_BYTES);
        }
    }
}
