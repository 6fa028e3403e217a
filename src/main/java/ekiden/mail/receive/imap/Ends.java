package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;
import java.util.List;

/** Waits for commands that are on their way together. */
final class Ends {
    private Ends() {}

    /** Takes in the ends of all, so that the session stays in step, and gives the first refusal. */
    static void all(ImapConnection connection, List<String> tags, Asked asked) throws ImapStop {
        ImapStop refusal = null;
        for (String tag : tags) {
            Response.Tagged end = connection.end(tag, Takers.NONE, any -> {});
            try {
                if (!UidFetchBodies.goneMeanwhile(end)) {
                    connection.good(asked, end);
                }
            } catch (ImapStop refused) {
                refusal = refusal == null ? refused : refusal;
            }
        }
        if (refusal != null) {
            throw refusal;
        }
    }
}
