package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;

/** UID MOVE (RFC 6851): each mail is in one of both folders at any moment. */
final class UidMove {
    private UidMove() {}

    static void run(ImapConnection connection, UidSet mails, String folder) throws ImapStop {
        String name = ModifiedUtf7.encode(folder);
        List<String> tags = new ArrayList<>();
        int budget = Math.max(200, connection.limits().commandBytes() - name.length() * 2 - 32);
        for (UidSet chunk : SetChunks.of(mails, budget, Long.MAX_VALUE)) {
            tags.add(connection.send(new ImapCommand("UID MOVE " + SetChunks.text(chunk) + " ").string(name)));
        }
        Ends.all(connection, tags, Asked.TARGET);
    }
}
