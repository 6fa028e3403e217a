package ekiden.manager;

import ekiden.base.Result;
import ekiden.definition.Expansion;
import ekiden.definition.TemplateLimits;
import ekiden.definition.Values;
import ekiden.link.Assignment;
import ekiden.link.WatchList;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Work;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import ekiden.store.Outbox;
import ekiden.store.Transaction;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Opens and closes watches. A new watch is first tested against the mails that the catalogue holds, part by part ({@link OldMails}), and joins
 * the stream in the transaction that finds none left: so no mail falls between the two.
 */
final class WatchShell {
    /** Followed by the watch and how far it was tested. */
    static final String TIMER = "test/";

    private static final int MOST_WAITING = 10_000;

    private final Scope scope;
    /** When the youngest watch of a mailbox was opened, once this transaction has asked: a jobnet may open a thousand. */
    private final Map<String, Instant> youngest = new HashMap<>();

    WatchShell(Scope scope) {
        this.scope = scope;
    }

    void openStart(Definition definition) {
        ReceiveMail start = Objects.requireNonNull(definition.jobnet().start());
        // there are no values yet, but doubled dollar signs that stand for themselves
        Result<Work> filled = Expansion.of(start, Values.NONE, TemplateLimits.DEFAULT);
        ReceiveMail rule = filled instanceof Result.Ok<Work>(ReceiveMail plain) ? plain : start;
        open(Watch.startId(definition.id()), definition, null, rule);
    }

    /** The rule comes with its values filled in. */
    void openJob(AttemptId attempt, Definition definition, ReceiveMail rule) {
        open(Watch.jobId(attempt), definition, attempt, rule);
    }

    private void open(String id, Definition definition, @Nullable AttemptId attempt, ReceiveMail rule) {
        long newest = scope.tx.mails().newest(rule.profile());
        String unit = definition.jobnet().name().value();
        Integer left = attempt == null ? definition.jobnet().times() : null;
        Watch watch =
                new Watch(id, unit, definition.id(), attempt, rule, youngest(rule.profile()), newest, 0, false, left);
        scope.tx.watches().insert(watch);
        goOn(watch);
    }

    /** The present, or just behind the youngest watch of the mailbox where the wall clock went back: who came first goes first. */
    private Instant youngest(String mailbox) {
        Instant before = youngest.get(mailbox);
        Instant next = before == null ? behindAll(mailbox) : before.plus(1, ChronoUnit.MICROS);
        youngest.put(mailbox, next);
        return next;
    }

    private Instant behindAll(String mailbox) {
        return scope.tx.watches().on(mailbox).stream()
                .map(watch -> watch.created().plus(1, ChronoUnit.MICROS))
                .filter(next -> next.isAfter(scope.now))
                .max(Comparator.naturalOrder())
                .orElse(scope.now);
    }

    void close(String id) {
        scope.tx.watches().find(id).ifPresent(watch -> {
            scope.tx.watches().remove(id);
            scope.changedMailboxes.add(watch.mailbox());
            if (!watch.joined()) {
                forgetTests(id);
                scope.mails.settleUpTo(watch, scope.tx.mails().newest(watch.mailbox()));
            }
            scope.mails.late().gone(watch);
        });
    }

    /** A watch has taken a mail. One that takes no more is gone with the same commit, so that the next mail is free. */
    void took(Watch before) {
        Integer left = before.left();
        if (left == null) {
            return;
        }
        if (left <= 1) {
            close(before.id());
        } else {
            scope.tx
                    .watches()
                    .find(before.id())
                    .ifPresent(watch -> scope.tx.watches().update(watch.left(left - 1)));
        }
    }

    /** Tests the next mails, lets the watch join the stream where none is left, or goes on in a transaction of its own. */
    void goOn(Watch watch) {
        OldMails.Look look = new OldMails(scope).behind(watch);
        if (!look.candidates().isEmpty()) {
            List<Assignment.Candidate> candidates = look.candidates().stream()
                    .map(mail -> new Assignment.Candidate(
                            mail.id(),
                            mail.identity(),
                            mail.raw(),
                            mail.trace(),
                            mail.summary(),
                            mail.sender(),
                            mail.received()))
                    .toList();
            scope.assign(new Assignment.TestMails(
                    watch.id(), watch.rule().conditions(), candidates, OwnMails.domain(scope.tx)));
            return;
        }
        Watch further = at(watch, look.upTo(), false);
        scope.tx.watches().update(further);
        if (look.all()) {
            join(further);
        } else {
            // never the name of the one that brought us here: that one is forgotten after this
            scope.tx.timers().set(TIMER + watch.id() + "/" + look.upTo() + "/" + scope.commandId, scope.now);
        }
        scope.mails.settleUpTo(watch, look.upTo());
    }

    /**
     * Others had their turn. The timer says how far its watch had been tested when it was set; one that comes again when its watch is further
     * changes nothing.
     */
    void goOn(String timer) {
        int own = timer.lastIndexOf('/');
        int end = timer.lastIndexOf('/', own - 1);
        long upTo = Long.parseLong(timer.substring(end + 1, own));
        scope.tx
                .watches()
                .find(timer.substring(TIMER.length(), end))
                .filter(watch -> !watch.joined() && watch.testedUpTo() <= upTo)
                .ifPresent(this::goOn);
    }

    /** What it is being tested against has other names by now. */
    void testAnew(Watch watch) {
        forgetTests(watch.id());
        goOn(watch);
    }

    /** Nobody waits for what comes of them; under old UIDs nothing would come. */
    private void forgetTests(String watch) {
        scope.tx.outbox().waiting(scope.settings.agent(), 0, MOST_WAITING).stream()
                .map(Outbox.Row::assignment)
                .filter(one ->
                        one instanceof Assignment.TestMails test && test.watch().equals(watch))
                .forEach(one -> scope.tx.outbox().remove(one.key()));
    }

    private void join(Watch watch) {
        scope.tx.watches().update(at(watch, watch.testedUpTo(), true));
        scope.tx.watches().nextVersion(watch.mailbox());
        scope.changedMailboxes.add(watch.mailbox());
    }

    /**
     * How far a batch leads: to its end, or to the first mail before that which was not asked about, because it came out of quarantine
     * since.
     */
    long covered(Watch watch, Assignment.TestMails asked) {
        Set<Long> numbers =
                asked.mails().stream().map(Assignment.Candidate::mail).collect(Collectors.toSet());
        long last = asked.mails().getLast().mail();
        OldMails.Look look = new OldMails(scope).behind(watch);
        long seen = look.all() ? last : Math.min(last, look.upTo());
        return look.candidates().stream()
                .map(CatalogueMail::id)
                .filter(mail -> mail <= seen && !numbers.contains(mail))
                .findFirst()
                .map(missed -> missed - 1)
                .orElse(seen);
    }

    /** Notes how far a watch was tested, and goes on. */
    void tested(Watch watch, long upTo) {
        Watch further = at(watch, Math.max(watch.testedUpTo(), upTo), false);
        scope.tx.watches().update(further);
        goOn(further);
        scope.mails.settleUpTo(watch, upTo);
    }

    /** A mail came out of quarantine: watches that were tested beyond it, but have not joined, go back to it. */
    void goBackTo(long mail, String mailbox) {
        for (Watch watch : scope.tx.watches().on(mailbox)) {
            if (!watch.joined() && watch.testedUpTo() >= mail) {
                scope.tx.watches().update(at(watch, mail - 1, false));
            }
        }
    }

    /** Whether every watch that lived when the mail came has been tested against it. */
    boolean allTested(CatalogueMail mail) {
        return scope.tx.watches().on(mail.identity().mailbox()).stream()
                .noneMatch(watch -> isBehind(watch, mail) || scope.mails.late().isOpen(mail, watch));
    }

    private static boolean isBehind(Watch watch, CatalogueMail mail) {
        return !watch.joined() && watch.bornAt() < mail.id() && watch.testedUpTo() < mail.id();
    }

    static WatchList list(Transaction tx, String mailbox) {
        List<WatchList.Entry> entries = tx.watches().on(mailbox).stream()
                .filter(Watch::joined)
                .map(watch -> new WatchList.Entry(watch.id(), watch.rule().conditions()))
                .toList();
        return new WatchList(mailbox, tx.watches().version(mailbox), entries, OwnMails.domain(tx));
    }

    private static Watch at(Watch watch, long testedUpTo, boolean joined) {
        return new Watch(
                watch.id(),
                watch.unit(),
                watch.definition(),
                watch.attempt(),
                watch.rule(),
                watch.created(),
                watch.bornAt(),
                testedUpTo,
                joined,
                watch.left());
    }
}
