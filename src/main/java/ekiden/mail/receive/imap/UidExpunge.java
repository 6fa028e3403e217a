package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** UID EXPUNGE (RFC 4315 §2.1): removes just these. */
final class UidExpunge {
    private UidExpunge() {}

    static void run(ImapConnection connection, UidSet mails) throws ImapStop {
        UidStore.run(connection, mails, Set.of("\\Deleted"), Asked.REMOVE);
        List<String> tags = new ArrayList<>();
        for (UidSet chunk : SetChunks.of(mails, connection.limits().commandBytes() - 32, Long.MAX_VALUE)) {
            tags.add(connection.send(new ImapCommand("UID EXPUNGE " + SetChunks.text(chunk))));
        }
        Ends.all(connection, tags, Asked.REMOVE);
    }
}
