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
    private ListFolders() {}

    static List<ImapFolder> run(ImapConnection connection) throws ImapStop {
        List<ImapFolder> folders = new ArrayList<>();
        int most = connection.limits().folders();
        // RFC 6154 §2: the attributes come with a plain LIST too; asked for in words where the server can, since some
        // tell only then.
        boolean extended = connection.has("SPECIAL-USE") && connection.has("LIST-EXTENDED");
        String command = extended ? "LIST \"\" \"*\" RETURN (SPECIAL-USE)" : "LIST \"\" \"*\"";
        connection.ask(Asked.READ, new ImapCommand(command), Takers.NONE, response -> {
            if (response instanceof Response.Listed listed && folders.size() <= most) {
                folders.add(folder(listed));
            }
        });
        if (folders.size() > most) {
            throw ImapStop.refused(ReceiveMessage.TOO_MUCH, "folders " + most);
        }
        return folders;
    }

    private static ImapFolder folder(Response.Listed listed) {
        Set<String> attributes = new TreeSet<>();
        listed.attributes().forEach(attribute -> attributes.add(attribute.toLowerCase(Locale.ROOT)));
        boolean selectable = !attributes.contains("\\noselect") && !attributes.contains("\\nonexistent");
        return new ImapFolder(ModifiedUtf7.decode(listed.name()), listed.separator(), selectable, attributes);
    }
}
