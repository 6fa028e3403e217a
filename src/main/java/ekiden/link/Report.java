package ekiden.link;

import ekiden.base.Problem;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What an agent tells its managers. Delivered at least once; a report with an id that was taken in changes nothing. */
public sealed interface Report {
    /** {@return what makes it the same report when it comes again} */
    UUID id();

    /**
     * {@return whether it is found again without being kept: its assignment waits in the outbox until the report is taken in, and to carry that out once
     * more changes nothing and ends in the same report}
     */
    default boolean comesAgain() {
        return false;
    }

    /**
     * Mails that a reader has, with the watches that match. The only report that is answered with a verdict; for a
     * listener it stands before the 250. All mails of one report are committed together.
     *
     * @param id the report's id
     * @param mails what was found
     * @param settled what becomes settled with their commit, or null where the mailbox is our own
     */
    record MailsFound(UUID id, List<Found> mails, @Nullable Settled settled) implements Report {
        /** Copies the list. */
        public MailsFound {
            mails = List.copyOf(mails);
        }
    }

    /**
     * Mails of a folder that need no further look once this is committed, beside and with those of the report.
     *
     * @param mailbox the mail profile's name
     * @param folder the folder
     * @param uidValidity under which the UIDs hold; a report made under another one than the cursor's is {@link Verdict.Outdated}
     * @param uids the mails
     */
    record Settled(String mailbox, String folder, long uidValidity, UidSet uids) {}

    /**
     * One mail that was found.
     *
     * @param identity what makes it the same mail
     * @param raw where its bytes are, also where nothing matches; null where its header already showed that nobody wants it, or it is too large
     * @param received when the server, or our listener, had it
     * @param sender envelope sender, or null where unknown
     * @param recipient envelope recipient, or null where unknown
     * @param sameness when a mail of the catalogue is this one
     * @param trace what it looks like at its server, or null where the mailbox is our own
     * @param seen whether somebody else had read it first, so that no watch takes it
     * @param summary what conditions saw; {@link MailSummary#UNREADABLE} with a problem
     * @param problem why it goes to quarantine, or null
     * @param watchVersion the version of the watch list that it was tested with
     * @param matches ids of the watches that match
     */
    record Found(
            MailIdentity identity,
            @Nullable RawMail raw,
            Instant received,
            @Nullable String sender,
            @Nullable String recipient,
            Sameness sameness,
            @Nullable Trace trace,
            boolean seen,
            MailSummary summary,
            @Nullable Problem problem,
            long watchVersion,
            List<String> matches) {
        /** Copies the list. */
        public Found {
            matches = List.copyOf(matches);
        }
    }

    /**
     * A new watch was tested against a batch of catalogue mails.
     *
     * @param id the report's id
     * @param watch the watch instance
     * @param batch which batch ({@link Assignment.TestMails#batch})
     * @param matches the mails that match, oldest first
     * @param changes mails that are not what the catalogue says
     * @param open the numbers of mails about which the DNS gave no answer; an older release named none
     */
    record MailsTested(UUID id, String watch, String batch, List<Match> matches, List<Change> changes, List<Long> open)
            implements Report {
        /** Copies the lists. */
        public MailsTested {
            matches = List.copyOf(matches);
            changes = List.copyOf(changes);
            open = open == null ? List.of() : List.copyOf(open);
        }

        /**
         * All were judged.
         *
         * @param id the report's id
         * @param watch the watch instance
         * @param batch which batch
         * @param matches the mails that match, oldest first
         * @param changes mails that are not what the catalogue says
         */
        public MailsTested(UUID id, String watch, String batch, List<Match> matches, List<Change> changes) {
            this(id, watch, batch, matches, changes, List.of());
        }
    }

    /**
     * It is known by now whether a mail meets what a watch waits for.
     *
     * @param id the report's id
     * @param watch the watch instance
     * @param mail its number
     * @param identity under which it was looked for; under another one by now it is asked about again
     * @param match where it does, otherwise null
     * @param changes that the mail is not what the catalogue says
     */
    record MailProved(
            UUID id,
            String watch,
            long mail,
            MailIdentity identity,
            @Nullable Match match,
            List<Change> changes) implements Report {
        /** Copies the list. */
        public MailProved {
            changes = List.copyOf(changes);
        }
    }

    /**
     * A mail of the catalogue that matches a new watch.
     *
     * @param mail its number
     * @param raw where its bytes are
     * @param summary what was read of them
     */
    record Match(long mail, RawMail raw, MailSummary summary) {}

    /**
     * What the server says of a mail of the catalogue.
     *
     * @param mail its number
     * @param identity under which it was looked for; under another one by now it counts no more
     * @param on what happened to it
     */
    record Change(long mail, MailIdentity identity, CatalogueMail.On on) {}

    /**
     * The files of a claim are complete, or cannot be.
     *
     * @param id the report's id
     * @param claim the claim
     * @param saved where they are, or null
     * @param problem why they cannot be saved, or null
     */
    record MailSaved(
            UUID id,
            String claim,
            @Nullable SavedMail saved,
            @Nullable Problem problem) implements Report {
        @Override
        public boolean comesAgain() {
            return true;
        }
    }

    /**
     * After-receive actions are done, or cannot be. The bytes of mails that lie at a server are not in the spool any more.
     *
     * @param id the report's id
     * @param mails what became of each
     */
    record AfterReceiveDone(UUID id, List<Treated> mails) implements Report {
        /** Copies the list. */
        public AfterReceiveDone {
            mails = List.copyOf(mails);
        }

        @Override
        public boolean comesAgain() {
            return true;
        }
    }

    /**
     * What became of one after-receive action.
     *
     * @param mail the mail's number
     * @param gone whether the mail had gone away at the server, so that nothing was left to do
     * @param problem why it cannot be done, or null
     */
    record Treated(long mail, boolean gone, @Nullable Problem problem) {}

    /**
     * A folder's UIDs were given anew, and some of its mails are known under their new ones. A large folder is told in several reports, of which
     * the last brings the new cursor.
     *
     * @param id the report's id
     * @param mailbox the mail profile's name
     * @param folder the folder
     * @param from the UIDVALIDITY before
     * @param to the UIDVALIDITY now
     * @param moves mails of the catalogue that are in the folder
     * @param plan what was made of the folder, or null where more follows
     */
    record Rebound(
            UUID id,
            String mailbox,
            String folder,
            long from,
            long to,
            List<Move> moves,
            @Nullable Plan plan) implements Report {
        /** Copies the list. */
        public Rebound {
            moves = List.copyOf(moves);
        }
    }

    /**
     * A mail under its new UID.
     *
     * @param mail its number
     * @param uid its UID now, or {@link #NOWHERE}
     */
    record Move(long mail, long uid) {
        /** It is not in the folder, and the UID under which it is known is another mail's. No mail has this UID (RFC 3501: a non-zero number). */
        public static final long NOWHERE = 0;
    }

    /**
     * What was made of a folder whose UIDs were given anew.
     *
     * @param known mails that the catalogue has: they never trigger again
     * @param added mails that it has not: they are new
     * @param unknown mails that it has not, but which were read, or lay there before only new ones counted: they count as seen before
     * @param settled the known and unknown ones under their new UIDs
     */
    record Plan(long known, long added, long unknown, UidSet settled) {}

    /**
     * A mailbox cannot be watched for a cause that a person must end, and that has lasted for longer than the profile's grace time. Told
     * again from time to time while it lasts.
     *
     * @param id the report's id
     * @param mailbox the mail profile's name
     * @param problem why
     */
    record MailboxFailing(UUID id, String mailbox, Problem problem) implements Report {}

    /**
     * An attempt began.
     *
     * @param id the report's id
     * @param attempt which
     * @param at when
     */
    record AttemptStarted(UUID id, AttemptId attempt, Instant at) implements Report {}

    /**
     * An attempt has not succeeded yet and goes on by itself later: nothing was delivered, and trying again can help.
     *
     * @param id the report's id
     * @param attempt which
     * @param problem why, and how many tries are left
     * @param until when it goes on
     */
    record AttemptPutOff(UUID id, AttemptId attempt, Problem problem, Instant until) implements Report {}

    /**
     * An attempt ended.
     *
     * @param id the report's id
     * @param attempt which
     * @param outcome how
     */
    record AttemptEnded(UUID id, AttemptId attempt, AttemptOutcome outcome) implements Report {}

    /**
     * A quarantined mail went through again.
     *
     * @param id the report's id
     * @param mail the mail's number
     * @param found what was found; with a problem where it is still unreadable
     */
    record QuarantineDone(UUID id, long mail, Found found) implements Report {}

    /**
     * A mail that could be read when it came cannot be read any more: its bytes are damaged or gone.
     *
     * @param id the report's id
     * @param mail the mail's number
     * @param raw the bytes that were looked for
     * @param problem what is wrong with them
     */
    record MailUnreadable(UUID id, long mail, RawMail raw, Problem problem) implements Report {}

    /**
     * A spool entry is removed.
     *
     * @param id the report's id
     * @param place the spool entry
     */
    record RawReleased(UUID id, String place) implements Report {
        @Override
        public boolean comesAgain() {
            return true;
        }
    }

    /**
     * Nothing of the attempts of a run is left.
     *
     * @param id the report's id
     * @param run the run
     */
    record RunForgotten(UUID id, UUID run) implements Report {}

    /**
     * Saved files of a mail are gone.
     *
     * @param id the report's id
     * @param claim under which they were saved
     * @param bytes that became free
     * @param kept names in the folder that stayed, because they were changed since or were never Ekiden's
     */
    record FilesPruned(UUID id, String claim, long bytes, List<String> kept) implements Report {
        /** Copies the list. */
        public FilesPruned {
            kept = List.copyOf(kept);
        }
    }

    /**
     * An attempt was not begun, and never will be: files that it would have been told of are not there as they were saved.
     *
     * @param id the report's id
     * @param attempt which
     * @param changed the files as they are now; none where they are back by now
     * @param problem what to tell of it
     */
    record FilesChanged(UUID id, AttemptId attempt, List<Changed> changed, Problem problem) implements Report {
        /** Copies the list. */
        public FilesChanged {
            changed = List.copyOf(changed);
        }
    }

    /**
     * Files of a mail that are not all there any more.
     *
     * @param claim under which they were saved
     * @param saved what is there
     */
    record Changed(String claim, SavedMail saved) {}

    /**
     * Something a person must look at.
     *
     * @param id the report's id
     * @param key what it is about
     * @param problem what is wrong; null when it is over
     */
    record AlarmChanged(UUID id, String key, @Nullable Problem problem) implements Report {}
}
