package ekiden.mail.send.smtp;

import ekiden.mail.send.SendMessage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Makes TLS sockets as the settings say. The context is made on first use, for it costs. Safe from any thread. */
final class Tls {
    private final SmtpSettings.Trust trust;
    private @Nullable SSLContext context;

    Tls(SmtpSettings.Trust trust) {
        this.trust = trust;
    }

    /** A TLS socket around a connected one, before its handshake. */
    SSLSocket around(Socket connected, String host, int port) throws SmtpStop, IOException {
        SSLSocket inside = (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, true);
        if (trust.check()) {
            SSLParameters parameters = inside.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            inside.setSSLParameters(parameters);
        }
        return inside;
    }

    /** What a failed handshake says about the settings, or null where it was the network. */
    static @Nullable SmtpStop stopOf(IOException broken, SmtpSettings settings) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException
                    || cause instanceof java.security.cert.CertPathValidatorException) {
                return SmtpStop.of(
                        SendMessage.CERTIFICATE,
                        "host",
                        settings.host(),
                        "port",
                        settings.port(),
                        "detail",
                        words(cause));
            }
        }
        boolean network = broken.getCause() instanceof IOException
                || String.valueOf(broken.getMessage()).contains("terminated");
        if (broken instanceof SSLException && !network) {
            return SmtpStop.of(
                    SendMessage.TLS, "host", settings.host(), "port", settings.port(), "detail", words(broken));
        }
        return null;
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message.replaceAll("\\p{Cntrl}", " ");
    }

    private synchronized SSLContext context() throws SmtpStop {
        SSLContext made = context;
        if (made == null) {
            try {
                made = SSLContext.getInstance("TLS");
                made.init(null, managers(), null);
            } catch (GeneralSecurityException | IOException unreadable) {
                throw SmtpStop.of(SendMessage.CA_UNREADABLE, "detail", words(unreadable));
            }
            context = made;
        }
        return made;
    }

    private TrustManager @Nullable [] managers() throws GeneralSecurityException, IOException {
        if (!trust.check()) {
            return new TrustManager[] {new Unchecked()};
        }
        String pem = trust.caPem();
        if (pem == null) {
            return null;
        }
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int count = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
            store.setCertificateEntry("ca" + count++, certificate);
        }
        if (count == 0) {
            throw new CertificateException("no certificate in the text given");
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory.getTrustManagers();
    }

    /** Believes everything; only where the settings say so in words. */
    private static final class Unchecked extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
