package ekiden.wait;

import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Headers;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.mail.receive.Deed;
import ekiden.mail.receive.Glimpse;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.Surroundings;
import java.util.List;

/**
 * What is wanted of a mailbox at a server.
 *
 * @param conditions which mails; all lists empty for any mail
 * @param look whether each mail is looked at before its body is fetched, because its date at the server is needed
 * @param after what is done with a mail that has its receipt
 * @param maxSize the largest mail that is taken, in bytes
 */
public record Wish(Conditions conditions, boolean look, AfterReceive after, long maxSize) {
    /** Whether every mail is wanted. */
    boolean any() {
        return conditions.none();
    }

    private boolean header() {
        return !conditions.none() && !textOnly();
    }

    /** Only the whole mail can tell. */
    private boolean textOnly() {
        return conditions
                .map((list, entries) -> list.equals("text") ? List.of() : entries)
                .none();
    }

    /**
     * Whether each mail is looked at before its body is fetched. What is removed is compared before; what stays unread has to be known again when the
     * folder numbers its mails anew.
     */
    boolean looks() {
        return look || header() || Deed.removes(after) || !after.read();
    }

    /** Whether header and size leave it possible that the mail matches. A header that cannot be read leaves it. */
    boolean perhaps(Glimpse glimpse) {
        if (!header()) {
            return true;
        }
        return switch (MessageReader.read(new BytesSource(glimpse.header()), MimeLimits.DEFAULT)) {
            case Reading.Unreadable bad -> true;
            case Reading.Readable ignored when Headers.rawBytes(glimpse.header()) -> true;
            case Reading.Readable(Message message) ->
                Matcher.mayMatch(
                        conditions,
                        TestedMail.header(message.summary(), message.header(), glimpse.size(), Surroundings.NONE));
        };
    }
}
