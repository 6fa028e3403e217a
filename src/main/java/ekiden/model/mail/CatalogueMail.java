package ekiden.model.mail;

import ekiden.base.Problem;
import ekiden.base.StateTable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of the mail catalogue: a mail that was seen.
 *
 * @param id counts the mails of this store from 1, in the order of their commits
 * @param identity what makes it the same mail
 * @param raw where its bytes are, or null once they were released
 * @param received when the server (or our listener) had it
 * @param state where it stands
 * @param sender the envelope sender, empty for the null sender, null where the mailbox knows none
 * @param recipient the envelope recipient, or null where the mailbox knows none
 * @param summary what conditions look at, without the text
 * @param problem why it is in quarantine, or null
 */
public record CatalogueMail(
        long id,
        MailIdentity identity,
        @Nullable RawMail raw,
        Instant received,
        State state,
        @Nullable String sender,
        @Nullable String recipient,
        MailSummary summary,
        @Nullable Problem problem) {

    /** Where a mail stands. */
    public enum State {
        /** In the mailbox, not marked read: new watches are tested against it unless it is claimed. */
        UNREAD,
        /** In the mailbox, marked read. */
        READ,
        /** Removed from the mailbox after it was taken. */
        REMOVED,
        /** Could not be read; kept raw until a person decides. */
        QUARANTINED,
        /** A person dropped it from quarantine. */
        DROPPED
    }

    /** What can happen to a mail. */
    public enum On {
        /** The after-receive action marked it read. */
        READ,
        /** The after-receive action removed it. */
        REMOVE,
        /** It could not be read. */
        QUARANTINE,
        /** A person let it go through again, and it was read. */
        RELEASE,
        /** A person dropped it. */
        DROP
    }

    /** The life of a mail in the catalogue. */
    public static final StateTable<State, On> TABLE = StateTable.of("mail", State.class, On.class)
            .row(State.UNREAD, On.READ, State.READ)
            .row(State.UNREAD, On.REMOVE, State.REMOVED)
            .row(State.UNREAD, On.QUARANTINE, State.QUARANTINED)
            .row(State.QUARANTINED, On.RELEASE, State.UNREAD)
            .row(State.QUARANTINED, On.DROP, State.DROPPED)
            .build();

    /** {@return this mail without its bytes, which were released} */
    public CatalogueMail withoutRaw() {
        return new CatalogueMail(id, identity, null, received, state, sender, recipient, summary, problem);
    }

    /**
     * @param next the new state
     * @param why why it is in quarantine, or null
     * @return this mail in that state
     */
    public CatalogueMail in(State next, @Nullable Problem why) {
        return new CatalogueMail(id, identity, raw, received, next, sender, recipient, summary, why);
    }
}
