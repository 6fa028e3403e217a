package ekiden.mail.receive.imap;

import java.util.Set;

/**
 * A folder at a server.
 *
 * @param name as a person writes it
 * @param separator between its levels, empty for none
 * @param selectable whether mails can be in it
 * @param attributes lower case, for example {@code \sent}
 */
public record ImapFolder(String name, String separator, boolean selectable, Set<String> attributes) {
    /** Copies the attributes. */
    public ImapFolder {
        attributes = Set.copyOf(attributes);
    }
}
