package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;
import org.jspecify.annotations.Nullable;

/** MYRIGHTS (RFC 4314 §3.5): what we may do with a folder. */
final class MyRights {
    private MyRights() {}

    /** {@return letters of rights, or null where the server does not tell} */
    static @Nullable String run(ImapConnection connection, String folder) throws ImapStop {
        Told told = new Told();
        ImapCommand command = new ImapCommand("MYRIGHTS ").string(ModifiedUtf7.encode(folder));
        connection.ask(Asked.READ, command, Takers.NONE, told::take);
        return told.rights;
    }

    private static final class Told {
        @Nullable
        String rights;

        void take(Response response) {
            if (response instanceof Response.Rights(String letters)) {
                rights = letters;
            }
        }
    }
}
