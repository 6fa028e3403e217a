package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;

/** CAPABILITY (RFC 3501 §6.1.1): what the server offers; asked only where it has not said so by itself. */
final class Capability {
    private Capability() {}

    static void know(ImapConnection connection) throws ImapStop {
        if (!connection.capabilitiesKnown()) {
            Response.Tagged end = connection.ask(Asked.HELLO, new ImapCommand("CAPABILITY"));
            if (!connection.capabilitiesKnown()) {
                throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, end.text());
            }
        }
    }
}
