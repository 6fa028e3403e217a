package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** LIST (RFC 3501 §6.3.8), with what a folder is for where the server tells (SPECIAL-USE, RFC 6154). */
final class ListFolders {
    /** Characters of names and attributes for each folder there may be, on an average. */
    private static final int USUAL_NAME = 400;

    private ListFolders() {}

    static List<ImapFolder> run(ImapConnection connection) throws ImapStop {
        List<ImapFolder> folders = new ArrayList<>();
        int most = connection.limits().folders();
        long[] room = {(long) most * USUAL_NAME};
        // RFC 6154 §2: the attributes come with a plain LIST too; asked for in words where the server can, since some
        // tell only then.
        boolean extended = connection.has("SPECIAL-USE") && connection.has("LIST-EXTENDED");
        String command = extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"";
        connection.ask(Asked.READ, new ImapCommand(command), Takers.NONE, response -> {
            if (response instanceof Response.Listed listed && folders.size() <= most && room[0] >= 0) {
                room[0] -= length(listed);
                folders.add(folder(listed));
            }
        });
        if (room[0] < 0) {
            throw ImapStop.refused(ReceiveMessage.TOO_MUCH, "names of folders " + (long) most * USUAL_NAME);
        }
        if (folders.size() > most) {
            throw ImapStop.refused(ReceiveMessage.TOO_MUCH, "folders " + most);
        }
        return folders;
    }

    private static long length(Response.Listed listed) {
        return listed.attributes().stream().mapToLong(String::length).sum()
                + listed.separator().length()
                + listed.name().length();
    }

    private static ImapFolder folder(Response.Listed listed) {
        Set<String> attributes = new TreeSet<>();
        listed.attributes().forEach(attribute -> attributes.add(attribute.toLowerCase(Locale.ROOT)));
        boolean selectable = !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
        return new ImapFolder(ModifiedUtf7.decode(listed.name()), listed.separator(), selectable, attributes);
    }
}
