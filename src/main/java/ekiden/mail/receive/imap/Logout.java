package ekiden.mail.receive.imap;

import ekiden.base.LazyLogger;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** LOGOUT (RFC 3501 §6.1.3). What comes of it matters to nobody. */
final class Logout {
    private static final Logger LOG = LazyLogger.of(Logout.class);

    private Logout() {}

    static void run(ImapConnection connection) throws ImapStop {
        connection.leaving();
        connection.send(new ImapCommand("LOGOUT"));
        connection.wire().flush();
        if (connection.wire().await(connection.timeouts().goodbye())) {
            connection.wire().within(connection.timeouts().goodbye());
            // not even logged: it would be the only thing that most short commands log, and the logger takes longer to
            // find than the server to answer
            var _ = connection.next();
        }
    }

    /** Says goodbye, where that is possible, and closes the connection in any case. */
    static void andClose(ImapConnection connection, Object server) {
        try {
            run(connection);
        } catch (ImapStop rude) {
            LOG.log(Level.DEBUG, "no goodbye from {0}", server);
        } finally {
            connection.wire().close();
        }
    }
}
