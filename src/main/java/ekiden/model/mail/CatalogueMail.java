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
 * @param trace what it looks like at its server; null where the mailbox is our own
 * @param copyOf an older mail of the mailbox with the same content under another UID, or null
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
        @Nullable Problem problem,
        @Nullable Trace trace,
        @Nullable Long copyOf) {

    /** Where a mail stands. */
    public enum State {
        /** In the mailbox, not marked read: new watches are tested against it unless it is claimed. */
        UNREAD,
        /** In the mailbox, marked read. */
        READ,
        /** Removed from the mailbox, or moved out of its folder, after it was taken. */
        REMOVED,
        /** Somebody else read it before any watch took it, so that no watch takes it any more. */
        READ_ELSEWHERE,
        /** It went away at the server before any watch took it. */
        GONE,
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
        DROP,
        /** The server says that somebody else has read it. */
        SEE_READ,
        /** The server has it no more. */
        VANISH
    }

    /** The life of a mail in the catalogue. */
    public static final StateTable<State, On> TABLE = StateTable.of("mail", State.class, On.class)
            .row(State.UNREAD, On.READ, State.READ)
            .row(State.UNREAD, On.REMOVE, State.REMOVED)
            .row(State.UNREAD, On.QUARANTINE, State.QUARANTINED)
            .row(State.UNREAD, On.SEE_READ, State.READ_ELSEWHERE)
            .row(State.UNREAD, On.VANISH, State.GONE)
            .row(State.QUARANTINED, On.RELEASE, State.UNREAD)
            .row(State.QUARANTINED, On.DROP, State.DROPPED)
            .row(State.QUARANTINED, On.VANISH, State.GONE)
            .build();

    /** {@return this mail without its bytes, which were released} */
    public CatalogueMail withoutRaw() {
        return with(null, summary);
    }

    /**
     * @param next the new state
     * @param why why it is in quarantine, or null
     * @return this mail in that state
     */
    public CatalogueMail in(State next, @Nullable Problem why) {
        return new CatalogueMail(id, identity, raw, received, next, sender, recipient, summary, why, trace, copyOf);
    }

    /**
     * @param where where its bytes are, or null
     * @param read what was read of them
     * @return this mail with those, and with how it came where they do not say it anew
     */
    public CatalogueMail with(@Nullable RawMail where, MailSummary read) {
        MailSummary whole = read.receipt() == null ? read.received(summary.receipt()) : read;
        return new CatalogueMail(
                id, identity, where, received, state, sender, recipient, whole, problem, trace, copyOf);
    }

    /**
     * @param renumbered what it is called now
     * @return this mail under that name
     */
    public CatalogueMail as(MailIdentity renumbered) {
        return new CatalogueMail(
                id, renumbered, raw, received, state, sender, recipient, summary, problem, trace, copyOf);
    }

    /** {@return its bytes as it arrived, or -1 where that is not known any more} */
    public long size() {
        return raw != null ? raw.size() : trace != null ? trace.size() : -1;
    }

    /** {@return whether it lies at a server, so that its bytes are only kept here while they are needed} */
    public boolean atServer() {
        return trace != null;
    }
}
