package ekiden.link;

import ekiden.base.Problem;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
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
     * Mails that a reader has, with the watches that match. The only report that is answered with a verdict; for a
     * listener it stands before the 250. All mails of one report are committed together.
     *
     * @param id the report's id
     * @param mails what was found
     */
    record MailsFound(UUID id, List<Found> mails) implements Report {
        /** Copies the list. */
        public MailsFound {
            mails = List.copyOf(mails);
        }
    }

    /**
     * One mail that was found.
     *
     * @param identity what makes it the same mail
     * @param raw where its bytes are
     * @param received when the server, or our listener, had it
     * @param sender envelope sender, or null where unknown
     * @param recipient envelope recipient, or null where unknown
     * @param dated whether it has a Message-ID or a Date: without either, equal bytes join for a shorter time only
     * @param summary what conditions saw; {@link MailSummary#UNREADABLE} with a problem
     * @param problem why it goes to quarantine, or null
     * @param watchVersion the version of the watch list that it was tested with
     * @param matches ids of the watches that match
     */
    record Found(
            MailIdentity identity,
            RawMail raw,
            Instant received,
            @Nullable String sender,
            @Nullable String recipient,
            boolean dated,
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
     * @param upTo the last mail of the batch
     * @param matches numbers of the mails that match, oldest first
     */
    record MailsTested(UUID id, String watch, long upTo, List<Long> matches) implements Report {
        /** Copies the list. */
        public MailsTested {
            matches = List.copyOf(matches);
        }
    }

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
            @Nullable Problem problem) implements Report {}

    /**
     * The after-receive action is done, or cannot be.
     *
     * @param id the report's id
     * @param mail the mail's number
     * @param problem why it cannot be done, or null
     */
    record AfterReceiveDone(UUID id, long mail, @Nullable Problem problem) implements Report {}

    /**
     * An attempt began.
     *
     * @param id the report's id
     * @param attempt which
     * @param at when
     */
    record AttemptStarted(UUID id, AttemptId attempt, Instant at) implements Report {}

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
    record RawReleased(UUID id, String place) implements Report {}

    /**
     * Something a person must look at.
     *
     * @param id the report's id
     * @param key what it is about
     * @param problem what is wrong; null when it is over
     */
    record AlarmChanged(UUID id, String key, @Nullable Problem problem) implements Report {}
}
