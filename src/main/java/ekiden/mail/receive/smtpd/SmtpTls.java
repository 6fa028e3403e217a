package ekiden.mail.receive.smtpd;

import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.disk.Disk;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** The certificate of a listener, from its files. */
final class SmtpTls {
    private static final int FILE_BYTES = 1 << 20;
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";

    private SmtpTls() {}

    static Result<SSLContext> load(Disk disk, TlsFiles files) {
        return switch (files) {
            case TlsFiles.Pem pem -> pem(disk, pem);
            case TlsFiles.Pkcs12 pkcs12 -> pkcs12(disk, pkcs12);
        };
    }

    private static Result<SSLContext> pem(Disk disk, TlsFiles.Pem pem) {
        Path reading = pem.certificates();
        try {
            byte[] chain = bytes(disk, reading);
            Certificate[] certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(chain))
                    .toArray(Certificate[]::new);
            reading = pem.key();
            Optional<PrivateKey> key = key(new String(bytes(disk, reading), StandardCharsets.ISO_8859_1));
            if (key.isEmpty()) {
                return Result.failed(SmtpdMessage.TLS_KEY_FORM, "file", reading);
            }
            char[] none = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, none);
            store.setKeyEntry("smtpd", key.get(), none, certificates);
            return Result.ok(context(store, none));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException wrong) {
            return unreadable(reading, wrong);
        }
    }

    private static Result<SSLContext> pkcs12(Disk disk, TlsFiles.Pkcs12 pkcs12) {
        try {
            char[] password =
                    pkcs12.password() == null ? new char[0] : pkcs12.password().toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(bytes(disk, pkcs12.file())), password);
            return Result.ok(context(store, password));
        } catch (IOException | GeneralSecurityException wrong) {
            return unreadable(pkcs12.file(), wrong);
        }
    }

    /** Only files are told as the system tells them: messages of key stores may quote what they could not read. */
    private static Result<SSLContext> unreadable(Path file, Exception wrong) {
        return Result.failed(SmtpdMessage.TLS_NOT_READABLE, "file", file, "reason", reason(wrong));
    }

    private static String reason(Exception wrong) {
        if (wrong instanceof FileSystemException file) {
            return Reason.of(file);
        }
        boolean password =
                wrong instanceof UnrecoverableKeyException || wrong.getCause() instanceof UnrecoverableKeyException;
        return password
                ? "wrong password"
                : wrong instanceof CertificateException ? "not a certificate" : "not a usable key";
    }

    private static SSLContext context(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Optional<PrivateKey> key(String text) {
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (begin < 0 || end < begin) {
            return Optional.empty();
        }
        byte[] der = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        return Stream.of("RSA", "EC", "EdDSA")
                .flatMap(algorithm -> key(algorithm, der).stream())
                .findFirst();
    }

    private static Optional<PrivateKey> key(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException another) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(Disk disk, Path file) throws IOException {
        try (InputStream stream = disk.read(file)) {
            return stream.readNBytes(FILE_BYTES);
        }
    }
}
