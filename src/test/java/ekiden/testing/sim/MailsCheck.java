package ekiden.testing.sim;

import static ekiden.testing.sim.Observed.NEVER;

import ekiden.model.definition.ReceiveMail.ClaimRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.model.run.BounceCause;
import ekiden.model.run.Run;
import ekiden.store.SentMails;
import ekiden.testing.sim.Observed.ClaimFact;
import ekiden.testing.sim.Observed.MailFact;
import ekiden.testing.sim.Observed.WatchFact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Each mail that a client was told 250 for ends each matching watch that lived at most once, and none is passed over. Its own
 * reading of conditions and claim rules; from the product it takes what the store holds.
 */
final class MailsCheck {
    private static final Comparator<WatchFact> TURN = Comparator.<WatchFact>comparingInt(
                    watch -> -watch.rule.priority())
            .thenComparingLong(watch -> watch.opened);

    private static final int ALARMS = 100_000;

    private final SimWorld world;
    private final Observed seen;
    private final Map<Long, List<ClaimFact>> byMail = new LinkedHashMap<>();
    private final Map<String, List<ClaimFact>> byWatch = new LinkedHashMap<>();

    MailsCheck(SimWorld world) {
        this.world = world;
        this.seen = world.observed;
        for (ClaimFact claim : seen.claims.values()) {
            byMail.computeIfAbsent(claim.claim().mail(), id -> new ArrayList<>())
                    .add(claim);
            byWatch.computeIfAbsent(claim.claim().watch(), id -> new ArrayList<>())
                    .add(claim);
        }
    }

    void check() {
        eachMailIsThereOnce();
        seen.claims.values().forEach(this::claimIsRight);
        for (WatchFact watch : seen.watches.values()) {
            if (watch.job && claims(watch).size() > 1) {
                wrong(watch.id + " took " + claims(watch).size() + " mails");
            }
        }
        runsAreStartedOnce();
        whatComesBackStartsOneRun();
        for (MailFact mail : seen.mails.values()) {
            if (mail.arrived != NEVER) {
                turnsAreKept(mail);
                seen.watches.values().forEach(watch -> notPassedOver(mail, watch));
            }
        }
    }

    private void wrong(String what) {
        world.violate(Violation.Checker.MAILS, what);
    }

    private List<ClaimFact> claims(WatchFact watch) {
        return byWatch.getOrDefault(watch.id, List.of());
    }

    private List<ClaimFact> claims(MailFact mail) {
        return byMail.getOrDefault(mail.row.id(), List.of());
    }

    private void eachMailIsThereOnce() {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (MailFact mail : seen.mails.values()) {
            String key = mail.row.identity() + " for " + mail.row.recipient();
            Long twin = rows.put(key, mail.row.id());
            if (twin != null) {
                wrong("one mail is in the catalogue as " + twin + " and as " + mail.row.id());
            }
        }
    }

    private boolean matches(MailFact mail, WatchFact watch) {
        Optional<SimMail> outside = seen.outside(mail.row);
        return watch.rule.profile().equals(mail.row.identity().mailbox())
                && outside.isPresent()
                && outside.get().readable()
                && outside.get().matches(watch.rule.conditions());
    }

    private void claimIsRight(ClaimFact fact) {
        MailFact mail = Objects.requireNonNull(seen.mails.get(fact.claim().mail()));
        WatchFact watch = seen.watches.get(fact.claim().watch());
        if (watch == null) {
            wrong("a claim of a watch that never lived: " + fact.claim().id());
        } else if (!matches(mail, watch)) {
            wrong("a mail was taken that does not match: " + fact.claim().id());
        } else if (fact.at() < watch.opened || fact.at() > watch.closed) {
            wrong("a watch took a mail before it opened or after it closed: "
                    + fact.claim().id());
        }
    }

    private void runsAreStartedOnce() {
        Map<String, Run> runs = new LinkedHashMap<>();
        for (Run run : world.runs()) {
            Run twin = run.claim() == null ? null : runs.put(run.claim(), run);
            if (twin != null) {
                wrong(run.claim() + " started " + twin.label() + " and " + run.label());
            }
        }
        for (ClaimFact fact : seen.claims.values()) {
            if (fact.claim().job() == null && !runs.containsKey(fact.claim().id())) {
                wrong("no run for " + fact.claim().id());
            }
        }
    }

    /** All bounces of a mail name the same recipient, so only the first that is taken in says something new. */
    private void whatComesBackStartsOneRun() {
        Map<String, Run> started = new LinkedHashMap<>();
        for (Run run : world.runs()) {
            BounceCause cause = run.bounce();
            Run twin = cause == null ? null : started.put(cause.messageId(), run);
            if (twin != null) {
                wrong("the return of one mail started " + twin.label() + " and " + run.label());
            }
        }
        for (SimMail bounce : world.mailsByKey.values()) {
            String messageId = world.sendTruth.returned(bounce);
            if (messageId != null && !started.containsKey(messageId) && wanted(messageId)) {
                wrong("the return of " + messageId + " started nothing");
            }
        }
    }

    /** Whether a run should have been started: its job says so, it was not started so itself, and there was no alarm instead. */
    private boolean wanted(String messageId) {
        SentMails.Sender sender =
                world.store.read(tx -> tx.sentMails().find(messageId)).orElse(null);
        Run run = sender == null
                ? null
                : world.store.read(tx -> tx.runs().find(sender.run())).orElse(null);
        if (sender == null || run == null || run.bounce() != null) {
            return false;
        }
        Work work = world.definition(run).jobnet().job(sender.job()).work();
        boolean alarm = world.store.read(tx -> tx.alarms().list(false, ALARMS)).stream()
                .anyMatch(one -> one.key().equals("on-bounce/" + messageId));
        return work instanceof SendMail mail && mail.extras().onBounce() != null && !alarm;
    }

    /** What the watches that were surely in the stream when it came must have made of a mail. */
    private void turnsAreKept(MailFact mail) {
        List<WatchFact> present = new ArrayList<>();
        for (WatchFact watch : seen.watches.values()) {
            boolean edge = watch.joined == mail.arrived || watch.closed == mail.arrived;
            if (edge && matches(mail, watch)) {
                return;
            }
            if (watch.joined < mail.arrived && watch.closed > mail.arrived && matches(mail, watch)) {
                present.add(watch);
            }
        }
        List<WatchFact> turns = present.stream()
                .filter(watch -> watch.rule.claim() != ClaimRule.ALL)
                .sorted(TURN)
                .toList();
        if (turns.size() > 1 && TURN.compare(turns.get(0), turns.get(1)) == 0) {
            return;
        }
        Optional<WatchFact> one = turns.stream().findFirst();
        boolean exclusive =
                one.filter(watch -> watch.rule.claim() == ClaimRule.EXCLUSIVE).isPresent();
        Set<String> takers = present.stream()
                .filter(watch -> exclusive
                        ? watch == one.get()
                        : watch.rule.claim() == ClaimRule.ALL || watch == one.orElse(null))
                .map(watch -> watch.id)
                .collect(Collectors.toSet());
        Set<String> took = claims(mail).stream()
                .filter(fact -> fact.at() == mail.arrived)
                .map(fact -> fact.claim().watch())
                .collect(Collectors.toSet());
        if (!takers.equals(took)) {
            wrong("mail " + mail.row.id() + " should have been taken by " + takers + ", was by " + took);
        }
    }

    private boolean keptByOthers(MailFact mail, WatchFact watch) {
        Set<ClaimRule> others = claims(mail).stream()
                .filter(fact -> !fact.claim().watch().equals(watch.id))
                .map(fact -> fact.claim().rule())
                .collect(Collectors.toSet());
        return switch (watch.rule.claim()) {
            case ALL -> others.contains(ClaimRule.EXCLUSIVE);
            case FIRST -> others.contains(ClaimRule.EXCLUSIVE) || others.contains(ClaimRule.FIRST);
            case EXCLUSIVE -> !others.isEmpty();
        };
    }

    private void notPassedOver(MailFact mail, WatchFact watch) {
        boolean took =
                claims(mail).stream().anyMatch(fact -> fact.claim().watch().equals(watch.id));
        boolean elsewhere = watch.joined >= mail.arrived && touched(mail);
        if (took || elsewhere || mail.arrived >= watch.closed || keptByOthers(mail, watch) || !matches(mail, watch)) {
            return;
        }
        if (watch.joined < mail.arrived) {
            wrong("mail " + mail.row.id() + " was passed over by " + watch.id + ", which was in the stream");
            return;
        }
        boolean older = mail.inserted <= watch.opened;
        boolean wanted = older ? claims(mail).isEmpty() && mail.left > watch.opened : mail.inserted > watch.opened;
        if (!wanted) {
            return;
        }
        if (watch.joined != NEVER) {
            wrong("mail " + mail.row.id() + " was passed over by " + watch.id + " before it joined the stream");
        } else if (watch.closed == NEVER) {
            wrong(watch.id + " was never tested to the end; mail " + mail.row.id() + " waits for it");
        } else if (watch.job && !claims(watch).isEmpty() && laterOne(mail, watch)) {
            wrong(watch.id + " took a later mail before " + mail.row.id());
        }
    }

    /** A late watch looks at the server again: what others did there in the meantime counts. */
    private boolean touched(MailFact mail) {
        return mail.row.atServer()
                && world.server()
                        .letter(mail.row.identity())
                        .filter(Letter::touched)
                        .isPresent();
    }

    private boolean laterOne(MailFact mail, WatchFact watch) {
        ClaimFact claim = claims(watch).getFirst();
        return claim.claim().mail() > mail.row.id() && mail.arrived < claim.at();
    }
}
