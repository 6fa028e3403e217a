package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** UID STORE (RFC 3501 §6.4.6): adds flags, without an answer for each mail. */
final class UidStore {
    private UidStore() {}

    static void run(ImapConnection connection, UidSet mails, Set<String> flags, Asked asked) throws ImapStop {
        String items = " +FLAGS.SILENT (" + String.join(" ", new TreeSet<>(flags)) + ")";
        List<String> tags = new ArrayList<>();
        for (UidSet chunk :
                SetChunks.of(mails, connection.limits().commandBytes() - items.length() - 16, Long.MAX_VALUE)) {
            tags.add(connection.send(new ImapCommand("UID STORE " + SetChunks.text(chunk) + items)));
        }
        Ends.all(connection, tags, asked);
    }

    /** {@return whether it can stand in a command: an atom, after the backslash of a system flag (RFC 3501 §9)} */
    static boolean writable(String flag) {
        return flag.matches("\\\\?[\\x21-\\x7E&&[^(){%*\"\\\\\\]]]{1,200}");
    }
}
