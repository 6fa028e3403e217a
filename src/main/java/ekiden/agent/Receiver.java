package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.mail.match.TestedMail;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Trial;
import ekiden.mail.proof.MailTrust;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes mails that the listener has made durable: opens, matches, reports, and answers after the manager's commit. An entry
 * whose verdict did not come is reported again until it comes, also by the next process: its bytes and envelope are in the spool.
 * Safe from any thread.
 */
public final class Receiver implements Delivery {
    private static final Logger LOG = LazyLogger.of(Receiver.class);

    private final Spool spool;
    private final Opener opener;
    private final WatchLists watchLists;
    private final ManagerLink manager;
    private final Tasks tasks;
    private final Ids ids;
    private final AgentSettings settings;
    private final Trial trial;
    private final Clock clock;
    private final ProofAlarms proofs;
    private final Set<String> inHand = new HashSet<>();

    Receiver(AgentPorts ports, Opener opener, WatchLists watchLists, ProofAlarms proofs) {
        this.spool = ports.spool();
        this.opener = opener;
        this.watchLists = watchLists;
        this.manager = ports.manager();
        this.tasks = ports.tasks();
        this.ids = ports.ids();
        this.settings = ports.settings();
        this.trial = ports.trial();
        this.clock = ports.clock();
        this.proofs = proofs;
    }

    @Override
    public CompletableFuture<List<RecipientVerdict>> deliver(Envelope envelope, RawMail mail) {
        CompletableFuture<List<RecipientVerdict>> answer = new CompletableFuture<>();
        Delivered delivered = new Delivered(ids.next(), envelope, mail, answer, new Once(), clock.nanos());
        if (begin(mail.place())) {
            openAndReport(delivered, 0, 0);
        }
        return answer;
    }

    /** One mail on its way to a verdict. */
    private record Delivered(
            UUID report,
            Envelope envelope,
            RawMail mail,
            CompletableFuture<List<RecipientVerdict>> answer,
            Once settled,
            long since) {
        /** What people call it while it waits. */
        String label() {
            return String.join(",", envelope.mailboxes().keySet()) + "/" + mail.place();
        }
    }

    /**
     * What was read of it for one mailbox, kept until the verdict.
     *
     * @param mail is kept, where its text is short, because a watch may join meanwhile; a long one is read again then
     * @param problem why it cannot be read, or not be judged now
     * @param tested the watches of the mailbox
     */
    private record Opened(
            MailSummary summary,
            @Nullable TestedMail mail,
            boolean dated,
            @Nullable Problem problem,
            Tested tested) {
        static Opened not(Problem problem) {
            return new Opened(MailSummary.UNREADABLE, null, true, problem, Tested.UNREADABLE);
        }

        Opened with(Tested again) {
            return new Opened(summary, mail, dated, again.open(), again);
        }

        static boolean notNow(Map<String, Opened> opened) {
            return opened.values().stream().anyMatch(Opened::notNow);
        }

        boolean notNow() {
            return problem != null && problem.kind() == MessageId.Kind.RETRYABLE;
        }
    }

    /**
     * Which watches of a mailbox match, and by which list, and what was found out beside.
     *
     * @param open why some of them cannot be judged now, or null
     * @param question whether that is because a question was not asked
     */
    private record Tested(
            long version,
            List<String> matches,
            @Nullable Problem open,
            boolean question,
            @Nullable MailFacts facts) {
        /** A mail that cannot be read matches nothing, whatever the list. */
        static final Tested UNREADABLE = new Tested(Long.MAX_VALUE, List.of(), null, false, null);

        MailSummary of(MailSummary summary) {
            return facts == null ? summary : summary.with(facts);
        }
    }

    /** For so long questions may be begun. */
    private BooleanSupplier inTime() {
        long until = clock.nanos() + settings.proofTime().toNanos();
        return () -> clock.nanos() - until < 0;
    }

    private Tested test(String mailbox, TestedMail mail, @Nullable String sender, BooleanSupplier mayAsk) {
        WatchLists.Known watches = watchLists.of(mailbox);
        boolean[] refused = {false};
        TestedMail here = mail.within(sender, watches.surroundings()).asking(() -> {
            boolean may = mayAsk.getAsBoolean();
            refused[0] |= !may;
            return may;
        });
        WatchSet.Matching matching = watches.set().find(here);
        Problem unproved = here.unproved();
        Problem open = !matching.open() ? null : unproved == null ? opener.noRoom() : unproved;
        MailFacts facts = here.facts().matching(matching.ids());
        return new Tested(watches.version(), matching.ids(), open, open != null && refused[0], facts);
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

    /** Bytes that cannot be read now are no reason to call a mail unreadable; and the longer that lasts the more rarely it is tried. */
    private void openAndReport(Delivered delivered, int tests, int tries) {
        Envelope envelope = delivered.envelope();
        Map<String, Opened> opened =
                open(delivered.mail(), envelope.mailboxes().keySet(), envelope.sender(), envelope.received());
        if (Opened.notNow(opened)) {
            tell(delivered, opened);
            tasks.after(
                    settings.proofPause(tries), "open mail again", () -> openAndReport(delivered, tests, tries + 1));
        } else {
            proofs.over(delivered.label());
            report(delivered, opened, tests);
        }
    }

    /** People hear of it once it lasts. */
    private void tell(Delivered delivered, Map<String, Opened> opened) {
        if (clock.nanos() - delivered.since() >= settings.proofTold().toNanos()) {
            opened.values().stream()
                    .filter(Opened::notNow)
                    .map(Opened::problem)
                    .filter(Objects::nonNull)
                    .findFirst()
                    .ifPresent(why -> proofs.tell(delivered.label(), why));
        }
    }

    /** Questions are asked when it is closed again, so that others have its room meanwhile; but a long text is not kept for that. */
    private Map<String, Opened> open(RawMail mail, Set<String> mailboxes, @Nullable String sender, Instant arrived) {
        Map<String, Opened> all = new HashMap<>();
        BooleanSupplier mayAsk = inTime();
        read(mail, mailboxes, sender, arrived).forEach((mailbox, one) -> {
            TestedMail kept = one.mail();
            if (kept != null && one.tested().question()) {
                all.put(mailbox, one.with(test(mailbox, kept, sender, mayAsk)));
            } else {
                all.put(mailbox, one);
            }
        });
        return all;
    }

    /** Opens a mail once for all mailboxes that have in common by what it is opened. */
    private Map<String, Opened> read(RawMail mail, Set<String> mailboxes, @Nullable String sender, Instant arrived) {
        Map<MailTrust.Means, List<String>> groups = new LinkedHashMap<>();
        for (String mailbox : mailboxes) {
            groups.computeIfAbsent(opener.means(mailbox), means -> new ArrayList<>())
                    .add(mailbox);
        }
        Map<String, Opened> all = new HashMap<>();
        groups.forEach((means, group) -> {
            Result<Map<String, Opened>> opened = opener.open(mail, means, (reading, source) -> switch (reading) {
                case Reading.Readable(Message message) -> {
                    TestedMail kept = opener.tested(message, source, mail, means, arrived);
                    TestedMail now = kept.withAttached(
                            () -> opener.attached(message, source).orElse(null));
                    Map<String, Opened> each = new HashMap<>();
                    BooleanSupplier mayAsk = isLong(message) ? inTime() : () -> false;
                    group.forEach(
                            mailbox -> each.put(mailbox, readable(message, kept, test(mailbox, now, sender, mayAsk))));
                    yield each;
                }
                case Reading.Unreadable(Problem problem) -> not(group, problem);
            });
            switch (opened) {
                case Result.Ok<Map<String, Opened>>(Map<String, Opened> each) -> all.putAll(each);
                case Result.Failed<Map<String, Opened>>(Problem problem) -> all.putAll(not(group, problem));
            }
        });
        spool.markOpened(mail.place());
        return all;
    }

    private static Map<String, Opened> not(Collection<String> mailboxes, Problem problem) {
        Map<String, Opened> all = new HashMap<>();
        mailboxes.forEach(mailbox -> all.put(mailbox, Opened.not(problem)));
        return all;
    }

    private boolean isLong(Message message) {
        return message.text().length() > settings.keptText();
    }

    private Opened readable(Message message, TestedMail mail, Tested tested) {
        return new Opened(
                message.summary(), isLong(message) ? null : mail, Opener.dated(message), tested.open(), tested);
    }

    private void report(Delivered delivered, Map<String, Opened> opened, int tests) {
        List<Report.Found> found = new ArrayList<>();
        delivered
                .envelope()
                .mailboxes()
                .forEach((mailbox, recipients) ->
                        found.add(found(delivered, Objects.requireNonNull(opened.get(mailbox)), mailbox, recipients)));
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
        Tested tested = opened.tested();
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
    private void take(Verdict verdict, Delivered delivered, Map<String, Opened> opened, int tests, Once round) {
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

    private void testAgain(Delivered delivered, Map<String, Opened> opened, int tests) {
        if (tests < settings.retests()) {
            testAgainNow(delivered, opened, tests + 1);
        } else {
            LOG.log(Level.WARNING, "watches change faster than mails can be matched");
            tasks.after(settings.askAgain(), "report mail again", () -> testAgainNow(delivered, opened, 0));
        }
    }

    private void testAgainNow(Delivered delivered, Map<String, Opened> opened, int tests) {
        Map<String, Opened> again = new HashMap<>();
        opened.forEach((mailbox, before) -> {
            TestedMail mail = before.mail();
            if (mail != null) {
                again.put(
                        mailbox,
                        before.with(test(mailbox, mail, delivered.envelope().sender(), inTime())));
            }
        });
        if (again.size() < opened.size() || Opened.notNow(again)) {
            openAndReport(delivered, tests, 0);
        } else {
            report(delivered, again, tests);
        }
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
                ids.next(),
                Envelope.of(entry.header()),
                entry.mail(),
                new CompletableFuture<>(),
                new Once(),
                clock.nanos());
        switch (spool.suspicion(entry)) {
            case NONE -> openAgain(delivered);
            case SUSPECT -> tryApart(entry, delivered);
            case GUILTY -> accuse(entry, delivered);
        }
    }

    private void openAgain(Delivered delivered) {
        spool.markOpening(delivered.mail().place());
        openAndReport(delivered, 0, 0);
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
        report(delivered, not(delivered.envelope().mailboxes().keySet(), problem), 0);
    }

    /**
     * Reads a quarantined mail once more; its signatures as when it came, since they may have expired meanwhile.
     *
     * @param mail its bytes
     * @return what was found, also that it is still unreadable; or why its bytes cannot be had now
     */
    Result<Report.Found> readAgain(Assignment.TreatQuarantined order, RawMail mail) {
        spool.markOpening(mail.place());
        String mailbox = order.identity().mailbox();
        Instant arrived = Objects.requireNonNullElseGet(order.received(), clock::now);
        Opened opened = Objects.requireNonNull(
                open(mail, Set.of(mailbox), order.sender(), arrived).get(mailbox));
        if (opened.problem() != null && opened.notNow()) {
            return Result.failed(opened.problem());
        }
        return Result.ok(found(order.identity(), mail, order.trace(), opened));
    }

    /** What is said of a quarantined mail whose bytes its server does not give. */
    Report.Found unreadable(MailIdentity identity, Problem problem) {
        return found(identity, null, null, Opened.not(problem));
    }

    private static Report.Found found(
            MailIdentity identity, @Nullable RawMail mail, @Nullable Trace trace, Opened opened) {
        Tested tested = opened.tested();
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
