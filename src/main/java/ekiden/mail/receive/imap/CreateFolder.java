package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;

/** CREATE and SUBSCRIBE (RFC 3501 §6.3.3, §6.3.6): makes a folder that mail programs show. */
final class CreateFolder {
    private CreateFolder() {}

    static void run(ImapConnection connection, String folder) throws ImapStop {
        String name = ModifiedUtf7.encode(folder);
        connection.ask(Asked.TARGET, new ImapCommand("CREATE ").string(name));
        // a server without subscriptions shows all
        connection.end(connection.send(new ImapCommand("SUBSCRIBE ").string(name)), Takers.NONE, any -> {});
    }
}
