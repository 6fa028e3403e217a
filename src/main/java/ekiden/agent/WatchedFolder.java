package ekiden.agent;

import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.ReaderSettings;

/**
 * A folder of a mailbox at a server that is to be watched.
 *
 * @param mailbox the mail profile's name
 * @param folder the folder's name
 * @param settings how it is watched
 * @param version tells settings of the connection apart; a folder whose version changes is opened anew
 * @param server makes sessions
 */
public record WatchedFolder(String mailbox, String folder, ReaderSettings settings, Object version, Mailbox server) {
    /** {@return what people call it} */
    public String label() {
        return mailbox + "/" + folder;
    }
}
