package ekiden.agent;

import ekiden.base.Ids;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.mail.match.TestedMail;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Trial;
import ekiden.mail.receive.smtpd.Delivery;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.RecipientVerdict;
import ekiden.mail.receive.smtpd.SmtpdIdentity;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolEntry;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.Surroundings;
import ekiden.model.mail.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Takes mails that the listener has made durable: opens, matches, reports, and answers after the manager's commit. An entry
 * whose verdict did not come is reported again until it comes, also by the next process: its bytes and envelope are in the spool.
 * Safe from any thread.
 */
public final class Receiver implements Delivery {
    private static final Logger LOG = System.getLogger(Receiver.class.getName());

    private final Spool spool;
    private final Opener opener;
    private final WatchLists watchLists;
    private final ManagerLink manager;
    private final Tasks tasks;
    private final Ids ids;
    private final AgentSettings settings;
    private final Trial trial;
    private final Set<String> inHand = new HashSet<>();

    Receiver(AgentPorts ports, Opener opener, WatchLists watchLists) {
        this.spool = ports.spool();
        this.opener = opener;
        this.watchLists = watchLists;
        this.manager = ports.manager();
        this.tasks = ports.tasks();
        this.ids = ports.ids();
        this.settings = ports.settings();
        this.trial = ports.trial();
    }

    @Override
    public CompletableFuture<List<RecipientVerdict>> deliver(Envelope envelope, RawMail mail) {
        CompletableFuture<List<RecipientVerdict>> answer = new CompletableFuture<>();
        Delivered delivered = new Delivered(ids.next(), envelope, mail, answer, new Once());
        if (begin(mail.place())) {
            openAndReport(delivered, 0);
        }
        return answer;
    }

    /** One mail on its way to a verdict. */
    private record Delivered(
            UUID report,
            Envelope envelope,
            RawMail mail,
            CompletableFuture<List<RecipientVerdict>> answer,
            Once settled) {}

    /**
     * What was read of it, kept until the verdict.
     *
     * @param mail is kept, where its text is short, because a watch may join meanwhile; a long one is read again then
     * @param tested the watches of each mailbox it came for
     */
    private record Opened(
            MailSummary summary,
            @Nullable TestedMail mail,
            boolean dated,
            @Nullable Problem problem,
            Map<String, Tested> tested) {
        static Opened not(Problem problem) {
            return new Opened(MailSummary.UNREADABLE, null, true, problem, Map.of());
        }

        boolean notNow() {
            return problem != null && problem.kind() == MessageId.Kind.RETRYABLE;
        }

        Tested tested(String mailbox) {
            return tested.getOrDefault(mailbox, Tested.UNREADABLE);
        }
    }

    /** Which watches of a mailbox match, and by which list, and what was found out beside. */
    private record Tested(
            long version,
            List<String> matches,
            boolean open,
            @Nullable MailFacts facts) {
        /** A mail that cannot be read matches nothing, whatever the list. */
        static final Tested UNREADABLE = new Tested(Long.MAX_VALUE, List.of(), false, null);

        MailSummary of(MailSummary summary) {
            return facts == null ? summary : summary.with(facts);
        }
    }

    private Map<String, Tested> test(Set<String> mailboxes, TestedMail mail, @Nullable String sender) {
        Map<String, Tested> tested = new HashMap<>();
        for (String mailbox : mailboxes) {
            WatchLists.Known watches = watchLists.of(mailbox);
            TestedMail here = mail.within(sender, watches.surroundings());
            WatchSet.Matching matching = watches.set().find(here);
            tested.put(
                    mailbox,
                    new Tested(
                            watches.version(),
                            matching.ids(),
                            matching.open(),
                            here.facts().matching(matching.ids())));
        }
        return tested;
    }

    /** What must be known beside a mail of a mailbox. */
    Surroundings surroundings(String mailbox, @Nullable String ownDomain) {
        return watchLists.surroundings(mailbox, ownDomain);
    }

    private boolean begin(String place) {
        synchronized (inHand) {
            return inHand.add(place);
        }
    }

    private void end(String place) {
        synchronized (inHand) {
            inHand.remove(place);
        }
    }

    /** Bytes that cannot be read now are no reason to call a mail unreadable. */
    private void openAndReport(Delivered delivered, int tests) {
        Envelope envelope = delivered.envelope();
        Opened opened = open(delivered.mail(), envelope.mailboxes().keySet(), envelope.sender());
        if (opened.notNow()) {
            tasks.after(settings.retry(), "open mail again", () -> openAndReport(delivered, tests));
        } else {
            report(delivered, opened, tests);
        }
    }

    private Opened open(RawMail mail, Set<String> mailboxes, @Nullable String sender) {
        Result<Opened> opened = opener.open(mail, (reading, source) -> switch (reading) {
            case Reading.Readable(Message message) -> {
                TestedMail kept = opener.tested(message, mail);
                TestedMail now =
                        kept.withAttached(() -> opener.attached(message, source).orElse(null));
                yield readable(message, kept, test(mailboxes, now, sender));
            }
            case Reading.Unreadable(Problem problem) -> Opened.not(problem);
        });
        spool.markOpened(mail.place());
        return switch (opened) {
            case Result.Ok<Opened>(Opened value) -> value;
            case Result.Failed<Opened>(Problem problem) -> Opened.not(problem);
        };
    }

    private Opened readable(Message message, TestedMail mail, Map<String, Tested> tested) {
        boolean open = tested.values().stream().anyMatch(Tested::open);
        return new Opened(
                message.summary(),
                message.text().length() > settings.keptText() ? null : mail,
                Opener.dated(message),
                open ? opener.noRoom() : null,
                tested);
    }

    private void report(Delivered delivered, Opened opened, int tests) {
        List<Report.Found> found = new ArrayList<>();
        delivered
                .envelope()
                .mailboxes()
                .forEach((mailbox, recipients) -> found.add(found(delivered, opened, mailbox, recipients)));
        Once round = new Once();
        Tasks.Cancellable again = tasks.after(settings.askAgain(), "report mail again", () -> {
            if (!delivered.settled().used() && round.first()) {
                report(delivered, opened, tests);
            }
        });
        manager.found(new Report.MailsFound(delivered.report(), found, null), verdict -> {
            again.cancel();
            tasks.run("verdict", () -> take(verdict, delivered, opened, tests, round));
        });
    }

    private Report.Found found(Delivered delivered, Opened opened, String mailbox, List<String> recipients) {
        Envelope envelope = delivered.envelope();
        String key = SmtpdIdentity.key(
                envelope.sender(), recipients, delivered.mail().sha256());
        Tested tested = opened.tested(mailbox);
        return new Report.Found(
                new MailIdentity(mailbox, key),
                delivered.mail(),
                envelope.received(),
                envelope.sender(),
                String.join(", ", recipients),
                sameness(opened),
                null,
                false,
                tested.of(opened.summary()),
                opened.problem(),
                tested.version(),
                tested.matches());
    }

    private static Sameness sameness(Opened opened) {
        return opened.dated() ? Sameness.DATED : Sameness.UNDATED;
    }

    /** A verdict counts however late it comes; an old list is of use only to the round that asked. */
    private void take(Verdict verdict, Delivered delivered, Opened opened, int tests, Once round) {
        switch (verdict) {
            case Verdict.Kept(List<Verdict.KeptMail> mails) -> {
                round.first();
                if (delivered.settled().first()) {
                    kept(mails, delivered);
                }
            }
            case Verdict.Stale(var lists) -> {
                watchLists.put(lists);
                if (!delivered.settled().used() && round.first()) {
                    testAgain(delivered, opened, tests);
                }
            }
            case Verdict.Outdated ignored -> throw new IllegalStateException("a mailbox of our own has no UIDVALIDITY");
        }
    }

    private void testAgain(Delivered delivered, Opened opened, int tests) {
        if (tests < settings.retests()) {
            testAgainNow(delivered, opened, tests + 1);
        } else {
            LOG.log(Level.WARNING, "watches change faster than mails can be matched");
            tasks.after(settings.askAgain(), "report mail again", () -> testAgainNow(delivered, opened, 0));
        }
    }

    private void testAgainNow(Delivered delivered, Opened opened, int tests) {
        TestedMail mail = opened.mail();
        Envelope envelope = delivered.envelope();
        Map<String, Tested> tested =
                mail == null ? Map.of() : test(envelope.mailboxes().keySet(), mail, envelope.sender());
        if (mail == null || tested.values().stream().anyMatch(Tested::open)) {
            openAndReport(delivered, tests);
            return;
        }
        report(delivered, new Opened(opened.summary(), mail, opened.dated(), null, tested), tests);
    }

    private void kept(List<Verdict.KeptMail> mails, Delivered delivered) {
        if (mails.stream().noneMatch(Verdict.KeptMail::rawKept)) {
            discard(delivered.mail().place());
        } else {
            spool.markKept(delivered.mail().place());
        }
        end(delivered.mail().place());
        delivered.answer().complete(verdicts(delivered.envelope(), mails));
    }

    /** One for each recipient, in the order of the envelope: those of one mailbox share its mail. */
    private static List<RecipientVerdict> verdicts(Envelope envelope, List<Verdict.KeptMail> mails) {
        List<String> mailboxes = List.copyOf(envelope.mailboxes().keySet());
        List<RecipientVerdict> verdicts = new ArrayList<>();
        for (SpoolRecipient recipient : envelope.recipients()) {
            Verdict.KeptMail mail = mails.get(mailboxes.indexOf(recipient.mailbox()));
            verdicts.add(new RecipientVerdict.Accepted((mail.joined() ? "joined mail " : "mail ") + mail.mail()));
        }
        return verdicts;
    }

    /** Removes an entry that nobody needs; what cannot be removed now would lie there until the next start. */
    private void discard(String place) {
        if (spool.delete(place).isPresent()) {
            tasks.after(settings.retry(), "remove " + place + " again", () -> discard(place));
        }
    }

    /** Takes up an entry that the process before left without a verdict; returns when it was opened. */
    void takeUp(SpoolEntry entry) {
        if (!begin(entry.place())) {
            return;
        }
        Delivered delivered = new Delivered(
                ids.next(), Envelope.of(entry.header()), entry.mail(), new CompletableFuture<>(), new Once());
        switch (spool.suspicion(entry)) {
            case NONE -> openAgain(delivered);
            case SUSPECT -> tryApart(entry, delivered);
            case GUILTY -> accuse(entry, delivered);
        }
    }

    private void openAgain(Delivered delivered) {
        spool.markOpening(delivered.mail().place());
        openAndReport(delivered, 0);
    }

    /** Who kills the process from outside twice in the same moment must not put an innocent mail in quarantine. */
    private void tryApart(SpoolEntry entry, Delivered delivered) {
        switch (Trials.of(trial, spool, entry.mail())) {
            case HARMLESS -> openAgain(delivered);
            case HARMFUL -> accuse(entry, delivered);
            case NOT_HELD -> tasks.after(settings.retry(), "try mail apart again", () -> tryApart(entry, delivered));
        }
    }

    private void accuse(SpoolEntry entry, Delivered delivered) {
        Problem problem = Problem.of(AgentMessage.OPENED_TWICE, "count", entry.openings());
        report(delivered, Opened.not(problem), 0);
    }

    /**
     * Reads a quarantined mail once more.
     *
     * @param sender its envelope sender, or null where the manager has none
     * @return what was found, also that it is still unreadable; or why its bytes cannot be had now
     */
    Result<Report.Found> readAgain(
            MailIdentity identity, RawMail mail, @Nullable Trace trace, @Nullable String sender) {
        spool.markOpening(mail.place());
        Opened opened = open(mail, Set.of(identity.mailbox()), sender);
        if (opened.problem() != null && opened.notNow()) {
            return Result.failed(opened.problem());
        }
        return Result.ok(found(identity, mail, trace, opened));
    }

    /** What is said of a quarantined mail whose bytes its server does not give. */
    Report.Found unreadable(MailIdentity identity, Problem problem) {
        return found(identity, null, null, Opened.not(problem));
    }

    private static Report.Found found(
            MailIdentity identity, @Nullable RawMail mail, @Nullable Trace trace, Opened opened) {
        Tested tested = opened.tested(identity.mailbox());
        return new Report.Found(
                identity,
                mail,
                Instant.EPOCH,
                null,
                null,
                sameness(opened),
                trace,
                false,
                tested.of(opened.summary()),
                opened.problem(),
                tested.version(),
                tested.matches());
    }

    /** Lets only the first of two callers through. */
    private static final class Once {
        private boolean used;

        synchronized boolean first() {
            boolean first = !used;
            used = true;
            return first;
        }

        synchronized boolean used() {
            return used;
        }
    }
}
