package ekiden.mail.receive.imap;

import ekiden.base.HostPort;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;

/**
 * STARTTLS (RFC 3501 §6.2.1). There is no way on without it, nothing that was told before it is believed after it, and whatever comes
 * between its answer and the handshake ends the session (the NO STARTTLS attacks).
 */
final class StartTls {
    private StartTls() {}

    static void run(ImapConnection connection, TlsClient tls, HostPort server) throws ImapStop {
        Capability.know(connection);
        if (!connection.has("STARTTLS")) {
            throw ImapStop.broken(ReceiveMessage.NO_STARTTLS, "not offered");
        }
        Response.Tagged end = connection.end(connection.send(new ImapCommand("STARTTLS")), Takers.NONE, any -> {});
        if (end.status() != Response.Status.OK) {
            ReceiveMessage cause = Causes.of(Asked.HELLO, end.code(), end.text());
            throw ImapStop.broken(
                    cause == ReceiveMessage.NOT_NOW ? cause : ReceiveMessage.NO_STARTTLS, connection.shown(end));
        }
        connection.wire().mustBeSilent();
        connection.wire().into(tls, server.host(), server.port());
        connection.forgetCapabilities();
    }
}
