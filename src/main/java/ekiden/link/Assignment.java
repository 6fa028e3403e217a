package ekiden.link;

import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.SaveOptions;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Taker;
import ekiden.model.mail.Trace;
import ekiden.model.run.AttemptId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a manager asks an agent to do. Delivered at least once, until the manager has committed the report on it; all values
 * of the run are filled in.
 */
public sealed interface Assignment {
    /** {@return what makes it the same assignment when it comes again} */
    String key();

    /**
     * Save the files of a mail that was taken. Answered by {@link Report.MailSaved}.
     *
     * @param claim the claim
     * @param mail the mail's number
     * @param raw its bytes
     * @param received when the server had it
     * @param folder the parent folder, absolute; each name of it a pattern, as are the names below
     * @param folderName the name wanted for the mail's own folder in it
     * @param bodyName file name of the body text, or null for the default
     * @param listName file name of the attachment list, or null for the default
     * @param mailName file name of the whole mail as it arrived, or null where it is not saved
     * @param attachments whether attachments are saved
     * @param options how; or null for the defaults. A reception list stands there with its whole path
     * @param taker who took the mail; null where an older release asked: then folder and names are no patterns
     * @param mailbox into which the mail came, by whose settings it is opened; null where an older release asked
     */
    record SaveMail(
            String claim,
            long mail,
            RawMail raw,
            Instant received,
            String folder,
            String folderName,
            @Nullable String bodyName,
            @Nullable String listName,
            @Nullable String mailName,
            boolean attachments,
            @Nullable SaveOptions options,
            @Nullable Taker taker,
            @Nullable String mailbox)
            implements Assignment {
        @Override
        public String key() {
            return "save/" + claim;
        }
    }

    /**
     * Do not wait until a mail can be saved: what cannot be saved now is not saved. Answered by the save's own {@link Report.MailSaved}, and brought
     * again until then; it changes nothing where that save is not in hand.
     *
     * @param claim the claim
     */
    record CallOffSave(String claim) implements Assignment {
        @Override
        public String key() {
            return "call-off/" + claim;
        }
    }

    /**
     * Do in the mailbox what its jobs want. Answered by {@link Report.AfterReceiveDone}.
     *
     * @param mail the mail's number
     * @param identity the mail
     * @param raw its bytes, or null where they are not here
     * @param trace what it must look like at its server, or null where the mailbox is our own
     * @param action what to do
     */
    record DoAfterReceive(
            long mail,
            MailIdentity identity,
            @Nullable RawMail raw,
            @Nullable Trace trace,
            AfterReceive action) implements Assignment {
        @Override
        public String key() {
            return "after/" + mail;
        }
    }

    /**
     * Test a new watch against mails that the catalogue holds. Answered by {@link Report.MailsTested}.
     *
     * @param watch the watch instance
     * @param conditions what it waits for
     * @param mails oldest first; those that are gone or unreadable do not match, and are told by {@link Report.MailUnreadable}
     * @param ownDomain as in {@link WatchList#ownDomain}
     */
    record TestMails(
            String watch,
            Conditions conditions,
            List<Candidate> mails,
            @Nullable String ownDomain) implements Assignment {
        /** Copies the list. */
        public TestMails {
            mails = List.copyOf(mails);
        }

        /**
         * Where it is not known by what own mails are known.
         *
         * @param watch the watch instance
         * @param conditions what it waits for
         * @param mails oldest first
         */
        public TestMails(String watch, Conditions conditions, List<Candidate> mails) {
            this(watch, conditions, mails, null);
        }

        @Override
        public String key() {
            return "test/" + watch + "/" + batch();
        }

        /**
         * {@return what tells this batch from every other one of the watch: its mails and what they are called. A batch that is put anew,
         * with more mails or under other names, is another one, also where it leads as far}
         */
        public String batch() {
            StringBuilder names = new StringBuilder();
            for (Candidate one : mails) {
                String name = one.identity().key();
                names.append(one.mail())
                        .append(':')
                        .append(name.length())
                        .append(':')
                        .append(name);
            }
            return mails.getLast().mail() + "-"
                    + UUID.nameUUIDFromBytes(names.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Find out whether a mail of the catalogue, about which the DNS gave no answer, meets what a watch waits for; until that is known nothing is answered.
     * The watch may have joined the stream by now. Answered by {@link Report.MailProved}.
     *
     * @param watch the watch instance
     * @param conditions what it waits for
     * @param mail the mail
     * @param ownDomain as in {@link WatchList#ownDomain}
     */
    record ProveMail(
            String watch,
            Conditions conditions,
            Candidate mail,
            @Nullable String ownDomain) implements Assignment {
        /**
         * @param watch the watch instance
         * @param mail the number of a mail
         * @return the key of that
         */
        public static String key(String watch, long mail) {
            return "prove/" + watch + "/" + mail;
        }

        @Override
        public String key() {
            return key(watch, mail.mail());
        }

        /** {@return the same as a batch of one} */
        public TestMails test() {
            return new TestMails(watch, conditions, List.of(mail), ownDomain);
        }
    }

    /**
     * A mail to be tested.
     *
     * @param mail its number
     * @param identity the mail
     * @param raw its bytes, or null where only its server has them
     * @param trace what it must look like at its server, or null where the mailbox is our own
     * @param summary what the catalogue has of it
     * @param sender its envelope sender, or null where unknown
     * @param received when its server had it, or null where an older release asked
     */
    record Candidate(
            long mail,
            MailIdentity identity,
            @Nullable RawMail raw,
            @Nullable Trace trace,
            MailSummary summary,
            @Nullable String sender,
            @Nullable Instant received) {
        /**
         * Without envelope.
         *
         * @param mail its number
         * @param identity the mail
         * @param raw its bytes, or null
         * @param trace what it must look like at its server, or null
         * @param summary what the catalogue has of it
         */
        public Candidate(
                long mail, MailIdentity identity, @Nullable RawMail raw, @Nullable Trace trace, MailSummary summary) {
            this(mail, identity, raw, trace, summary, null, null);
        }
    }

    /**
     * Saved files of a mail that a job is told of.
     *
     * @param claim under which they were saved
     * @param saved the files, as the store has them
     * @param closely whether their bytes are compared too
     * @param access of files that are written anew, or null
     */
    record Handed(String claim, SavedMail saved, boolean closely, SaveOptions.@Nullable FileAccess access) {}

    /**
     * Execute a command. Answered by {@link Report.AttemptStarted} and {@link Report.AttemptEnded}; or by {@link Report.FilesChanged}, and then it was
     * not begun.
     *
     * @param attempt the attempt; one start for each, ever
     * @param command program and arguments
     * @param environment added to the agent's
     * @param folder working folder, absolute; made where absent
     * @param handed files that it is told of, looked at before it begins; none where an older release asked
     */
    record ExecuteCommand(
            AttemptId attempt,
            List<String> command,
            Map<String, String> environment,
            String folder,
            List<Handed> handed)
            implements Assignment {
        /** Copies lists and maps. */
        public ExecuteCommand {
            command = List.copyOf(command);
            environment = Map.copyOf(environment);
            handed = List.copyOf(Objects.requireNonNullElse(handed, List.of()));
        }

        /**
         * Without files.
         *
         * @param attempt the attempt
         * @param command program and arguments
         * @param environment added to the agent's
         * @param folder working folder, absolute
         */
        public ExecuteCommand(AttemptId attempt, List<String> command, Map<String, String> environment, String folder) {
            this(attempt, command, environment, folder, List.of());
        }

        @Override
        public String key() {
            return "attempt/" + attempt;
        }
    }

    /**
     * Send a mail. Answered by {@link Report.AttemptStarted} and {@link Report.AttemptEnded}; or by {@link Report.FilesChanged}, and then nothing was
     * sent.
     *
     * @param attempt the attempt
     * @param profile the mail profile that sends
     * @param to recipients
     * @param cc copies
     * @param bcc blind copies
     * @param subject one line
     * @param text the body, or null where {@code textFile} is given
     * @param textFile absolute path, or null
     * @param attach files and globs
     * @param folder relative files start from here, absolute
     * @param messageId the same for every resend
     * @param date the Date header
     * @param inReplyTo the Message-ID of the mail that started the run, or null
     * @param handed files that it is told of, looked at before it begins; none where an older release asked
     * @param extras what it has besides, its files with absolute paths; none where an older release asked
     * @param values of the run by their names, where it has templates; otherwise null
     * @param references Message-IDs of the thread that it goes on, oldest first; none where an older release asked
     */
    record SubmitMail(
            AttemptId attempt,
            String profile,
            List<String> to,
            List<String> cc,
            List<String> bcc,
            String subject,
            @Nullable String text,
            @Nullable String textFile,
            List<String> attach,
            String folder,
            String messageId,
            Instant date,
            @Nullable String inReplyTo,
            List<Handed> handed,
            MailExtras extras,
            @Nullable Map<String, List<String>> values,
            List<String> references)
            implements Assignment {
        /** Copies the lists. */
        public SubmitMail {
            references = List.copyOf(Objects.requireNonNullElse(references, List.of()));
            extras = Objects.requireNonNullElse(extras, MailExtras.NONE);
            handed = List.copyOf(Objects.requireNonNullElse(handed, List.of()));
            to = List.copyOf(to);
            cc = List.copyOf(cc);
            bcc = List.copyOf(bcc);
            attach = List.copyOf(attach);
            values = values == null ? null : Map.copyOf(values);
        }

        /**
         * @param attempt an attempt
         * @return what makes it the same assignment for it
         */
        public static String key(AttemptId attempt) {
            return "attempt/" + attempt;
        }

        @Override
        public String key() {
            return key(attempt);
        }
    }

    /**
     * End an attempt. Answered by the attempt's own {@link Report.AttemptEnded}.
     *
     * @param attempt the attempt
     */
    record KillAttempt(AttemptId attempt) implements Assignment {
        @Override
        public String key() {
            return "kill/" + attempt;
        }
    }

    /**
     * Know that notices of delivery (RFC 3464) came back of the mail of an attempt, which may wait for evidence. Answered by the attempt's own
     * {@link Report.AttemptEnded}.
     *
     * @param attempt the attempt
     * @param recipients to whom it was delivered or handed on, all so far
     */
    record TellDelivered(AttemptId attempt, List<String> recipients) implements Assignment {
        /** Copies the list. */
        public TellDelivered {
            recipients = List.copyOf(recipients);
        }

        /**
         * @param attempt an attempt
         * @return what makes it the same assignment for it
         */
        public static String key(AttemptId attempt) {
            return "delivered/" + attempt;
        }

        @Override
        public String key() {
            return key(attempt);
        }
    }

    /**
     * Let a quarantined mail go through again. Answered by {@link Report.QuarantineDone}.
     *
     * @param mail the mail's number
     * @param identity the mail
     * @param raw its bytes, or null where only its server has them
     * @param trace what it must look like at its server, or null where the mailbox is our own
     * @param sender its envelope sender, or null where unknown
     * @param received when its server had it, or null where an older release asked
     */
    record TreatQuarantined(
            long mail,
            MailIdentity identity,
            @Nullable RawMail raw,
            @Nullable Trace trace,
            @Nullable String sender,
            @Nullable Instant received)
            implements Assignment {
        /**
         * Without envelope.
         *
         * @param mail the mail's number
         * @param identity the mail
         * @param raw its bytes, or null
         * @param trace what it must look like at its server, or null
         */
        public TreatQuarantined(long mail, MailIdentity identity, @Nullable RawMail raw, @Nullable Trace trace) {
            this(mail, identity, raw, trace, null, null);
        }

        @Override
        public String key() {
            return "quarantine/" + mail;
        }
    }

    /**
     * Remove a spool entry that no mail needs any more. Answered by {@link Report.RawReleased}.
     *
     * @param place the spool entry
     */
    record ReleaseRaw(String place) implements Assignment {
        @Override
        public String key() {
            return "release/" + place;
        }
    }

    /**
     * Remove the saved files of a mail, as far as they are as they were saved. Answered by {@link Report.FilesPruned}.
     *
     * @param claim under which they were saved
     * @param folder the mail's own folder, absolute
     */
    record PruneFiles(String claim, String folder) implements Assignment {
        @Override
        public String key() {
            return "prune/" + claim;
        }
    }

    /**
     * Remove what the attempts of a run left: it has ended long ago and is being forgotten. Answered by {@link Report.RunForgotten}.
     *
     * @param run the run
     */
    record ForgetRun(UUID run) implements Assignment {
        @Override
        public String key() {
            return "forget/" + run;
        }
    }
}
