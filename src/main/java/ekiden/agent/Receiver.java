package ekiden.agent;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.mail.receive.smtpd.Delivery;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.RecipientVerdict;
import ekiden.mail.receive.smtpd.SmtpdIdentity;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolEntry;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.Trace;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    private final Set<String> inHand = new HashSet<>();

    Receiver(AgentPorts ports, Opener opener, WatchLists watchLists) {
        this.spool = ports.spool();
        this.opener = opener;
        this.watchLists = watchLists;
        this.manager = ports.manager();
        this.tasks = ports.tasks();
        this.ids = ports.ids();
        this.settings = ports.settings();
    }

    @Override
    public CompletableFuture<List<RecipientVerdict>> deliver(Envelope envelope, RawMail mail) {
        CompletableFuture<List<RecipientVerdict>> answer = new CompletableFuture<>();
        Delivered delivered = new Delivered(ids.next(), envelope, mail, answer, new Once());
        if (begin(mail.place())) {
            openAndReport(delivered);
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
    private void openAndReport(Delivered delivered) {
        Opened opened = opener.read(delivered.mail());
        if (opened.notNow()) {
            tasks.after(settings.retry(), "open mail again", () -> openAndReport(delivered));
        } else {
            report(delivered, opened, 0);
        }
    }

    private void report(Delivered delivered, Opened opened, int tests) {
        List<Report.Found> found = new ArrayList<>();
        for (SpoolRecipient recipient : delivered.envelope().recipients()) {
            found.add(found(delivered, opened, recipient));
        }
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

    private Report.Found found(Delivered delivered, Opened opened, SpoolRecipient recipient) {
        Envelope envelope = delivered.envelope();
        String key = SmtpdIdentity.key(
                envelope.sender(), recipient.address(), delivered.mail().sha256());
        WatchLists.Known watches = watchLists.of(recipient.mailbox());
        List<String> matches =
                opened.problem() == null ? watches.set().matching(opened.summary(), opened.text()) : List.of();
        return new Report.Found(
                new MailIdentity(recipient.mailbox(), key),
                delivered.mail(),
                envelope.received(),
                envelope.sender(),
                recipient.address(),
                sameness(opened),
                null,
                false,
                opened.summary(),
                opened.problem(),
                watches.version(),
                matches);
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
            case Verdict.Outdated ignored ->
                throw new IllegalStateException("a mailbox of our own has no UIDVALIDITY");
        }
    }

    private void testAgain(Delivered delivered, Opened opened, int tests) {
        if (tests < settings.retests()) {
            report(delivered, opened, tests + 1);
        } else {
            LOG.log(Level.WARNING, "watches change faster than mails can be matched");
            tasks.after(settings.askAgain(), "report mail again", () -> report(delivered, opened, 0));
        }
    }

    private void kept(List<Verdict.KeptMail> mails, Delivered delivered) {
        if (mails.stream().noneMatch(Verdict.KeptMail::rawKept)) {
            discard(delivered.mail().place());
        }
        end(delivered.mail().place());
        List<RecipientVerdict> verdicts = new ArrayList<>();
        for (Verdict.KeptMail mail : mails) {
            verdicts.add(new RecipientVerdict.Accepted((mail.joined() ? "joined mail " : "mail ") + mail.mail()));
        }
        delivered.answer().complete(verdicts);
    }

    /** Removes an entry that nobody needs; what cannot be removed now would lie there until the next start. */
    private void discard(String place) {
        if (spool.delete(place).isPresent()) {
            tasks.after(settings.retry(), "remove " + place + " again", () -> discard(place));
        }
    }

    /**
     * Takes up entries that the process before left without a verdict. They are opened one after another: a mail that ends the
     * process must not leave its opening mark on innocent ones.
     */
    void takeUp(List<SpoolEntry> entries) {
        tasks.run("take up what was left", () -> {
            for (SpoolEntry entry : entries) {
                if (begin(entry.place())) {
                    takeUp(entry);
                }
            }
        });
    }

    private void takeUp(SpoolEntry entry) {
        Delivered delivered = new Delivered(
                ids.next(), Envelope.of(entry.header()), entry.mail(), new CompletableFuture<>(), new Once());
        if (spool.openedTooOften(entry)) {
            Problem problem = Problem.of(AgentMessage.OPENED_TWICE, "count", entry.openings());
            report(delivered, Opened.unreadable(problem), 0);
            return;
        }
        spool.markOpening(entry.place());
        openAndReport(delivered);
    }

    /**
     * Reads a quarantined mail once more.
     *
     * @return what was found, also that it is still unreadable; or why its bytes cannot be had now
     */
    Result<Report.Found> readAgain(MailIdentity identity, RawMail mail, @Nullable Trace trace) {
        spool.markOpening(mail.place());
        Opened opened = opener.read(mail);
        if (opened.problem() != null && opened.notNow()) {
            return Result.failed(opened.problem());
        }
        return Result.ok(found(identity, mail, trace, opened));
    }

    /** What is said of a quarantined mail whose bytes its server does not give. */
    Report.Found unreadable(MailIdentity identity, Problem problem) {
        return found(identity, null, null, Opened.unreadable(problem));
    }

    private Report.Found found(
            MailIdentity identity,
            @Nullable RawMail mail,
            @Nullable Trace trace,
            Opened opened) {
        WatchLists.Known watches = watchLists.of(identity.mailbox());
        List<String> matches =
                opened.problem() == null ? watches.set().matching(opened.summary(), opened.text()) : List.of();
        return new Report.Found(
                identity,
                mail,
                Instant.EPOCH,
                null,
                null,
                sameness(opened),
                trace,
                false,
                opened.summary(),
                opened.problem(),
                watches.version(),
                matches);
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
