package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;

/** LOGIN (RFC 3501 §6.2.3): user and password as they are; for servers without a SASL mechanism that we have. */
final class Login {
    private Login() {}

    static void run(ImapConnection connection, String user, String password) throws ImapStop {
        connection.ask(
                Asked.LOGIN, new ImapCommand("LOGIN ").string(user).words(" ").string(password));
    }
}
