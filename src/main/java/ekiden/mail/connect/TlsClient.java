package ekiden.mail.connect;

import ekiden.base.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
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
public final class TlsClient {
    private final Trust trust;
    private @Nullable SSLContext context;

    /**
     * @param trust which certificates are believed
     */
    public TlsClient(Trust trust) {
        this.trust = trust;
    }

    /** The certificates of the settings cannot be read. */
    private static final class CaUnreadable extends IOException {
        private static final long serialVersionUID = 1;

        CaUnreadable(Exception cause) {
            super(cause);
        }
    }

    /**
     * @param connected a connected socket; it is closed with the one around it
     * @param host the name that the certificate must have
     * @param port of the server
     * @return a TLS socket, before its handshake
     * @throws IOException when there is none; {@link #fault} knows why
     */
    public SSLSocket around(Socket connected, String host, int port) throws IOException {
        SSLSocket inside = (SSLSocket) context().getSocketFactory().createSocket(connected, host, port, true);
        if (trust.check()) {
            SSLParameters parameters = inside.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            inside.setSSLParameters(parameters);
        }
        return inside;
    }

    /**
     * @param broken from {@link #around} or the handshake
     * @return what it says about settings or server, or null where it was the network
     */
    public static @Nullable TlsFault fault(IOException broken) {
        if (broken instanceof CaUnreadable) {
            return new TlsFault(TlsFault.Why.CA_UNREADABLE, words(rootOf(broken)));
        }
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return new TlsFault(certificate(cause), words(cause));
            }
        }
        String message = String.valueOf(broken.getMessage());
        boolean network = broken.getCause() instanceof IOException || message.contains("terminated");
        if (!(broken instanceof SSLException) || network) {
            return null;
        }
        boolean plain = message.contains("Unsupported or unrecognized SSL message");
        return new TlsFault(plain ? TlsFault.Why.NOT_TLS : TlsFault.Why.HANDSHAKE, words(broken));
    }

    private static TlsFault.Why certificate(Throwable first) {
        for (Throwable cause = first; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException || cause instanceof CertificateNotYetValidException) {
                return TlsFault.Why.EXPIRED;
            }
        }
        String message = String.valueOf(first.getMessage());
        // The JDK has no exception of its own for another name.
        boolean name = message.startsWith("No subject alternative") || message.startsWith("No name matching");
        return name ? TlsFault.Why.OTHER_NAME : TlsFault.Why.UNTRUSTED;
    }

    private static Throwable rootOf(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String words(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? Reason.of(cause) : message.replaceAll("\\p{Cntrl}", " ");
    }

    /**
     * What others make TLS sockets with. Whoever uses it has to compare the name of the server with its certificate.
     *
     * @return the context, made on first use
     * @throws IOException when there is none; {@link #fault} knows why
     */
    public SSLContext sockets() throws IOException {
        return context();
    }

    private synchronized SSLContext context() throws CaUnreadable {
        SSLContext made = context;
        if (made == null) {
            try {
                made = SSLContext.getInstance("TLS");
                made.init(null, managers(), null);
            } catch (GeneralSecurityException | IOException unreadable) {
                throw new CaUnreadable(unreadable);
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
        return Arrays.stream(factory.getTrustManagers())
                .map(one -> one instanceof X509ExtendedTrustManager whole ? new DatedTrust(whole) : one)
                .toArray(TrustManager[]::new);
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
