package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.util.ssl.HostNameSSLSocketVerifier;
import com.unboundid.util.ssl.SSLSocketVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS sockets that wait for a silent server no longer than they are told, also in the handshake, and that compare its name with the certificate there
 * (RFC 4513 §3.1.3). Safe from any thread.
 */
final class TlsSockets extends SSLSocketFactory {
    private final SSLSocketFactory inner;
    private final int millis;

    /** Looks at a connection after its handshake, which the library lets go on for itself when it takes too long. */
    static final class Verifier extends SSLSocketVerifier {
        private final SSLSocketVerifier names = new HostNameSSLSocketVerifier(false);

        @Override
        public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
            if (!socket.getSession().isValid()) {
                throw new LDAPException(ResultCode.CONNECT_ERROR, "no handshake", new SocketTimeoutException());
            }
            names.verifySSLSocket(host, port, socket);
        }
    }

    TlsSockets(SSLSocketFactory inner, Duration answer) {
        this.inner = inner;
        this.millis = Math.toIntExact(answer.toMillis());
    }

    private SSLSocket prepared(Socket made) throws IOException {
        SSLSocket socket = (SSLSocket) made;
        socket.setSoTimeout(millis);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        socket.setSSLParameters(parameters);
        return socket;
    }

    @Override
    public Socket createSocket() throws IOException {
        return prepared(inner.createSocket());
    }

    @Override
    public Socket createSocket(Socket connected, String host, int port, boolean close) throws IOException {
        return prepared(inner.createSocket(connected, host, port, close));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return prepared(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress from, int fromPort) throws IOException {
        return prepared(inner.createSocket(host, port, from, fromPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return prepared(inner.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort) throws IOException {
        return prepared(inner.createSocket(host, port, from, fromPort));
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return inner.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return inner.getSupportedCipherSuites();
    }
}
