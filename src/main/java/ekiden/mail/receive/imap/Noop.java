package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;

/** NOOP (RFC 3501 §6.1.2): gives the server the word. */
final class Noop {
    private Noop() {}

    static void run(ImapConnection connection) throws ImapStop {
        connection.ask(Asked.READ, new ImapCommand("NOOP"));
    }
}
