package ekiden.manager;

import ekiden.engine.ClaimDecider;
import ekiden.link.Assignment;
import ekiden.link.Assignment.ProveMail;
import ekiden.link.Report;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Watch;
import ekiden.store.Outbox;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Lets new watches claim mails that were there before them. A mail about which the DNS gave no answer waits for itself: the watch goes on, joins the
 * stream, and claims the mail when it is known from whom it is.
 */
final class LateMails {
    private static final int MOST_WAITING = 10_000;

    /** Each of them is brought with every sweep: many must not crowd out other orders. */
    private static final int MOST_OPEN = 1_000;

    private final Scope scope;
    private final MailShell mails;

    LateMails(Scope scope, MailShell mails) {
        this.scope = scope;
        this.mails = mails;
    }

    /** A new watch was tested against a batch of mails that were there before it. */
    void tested(Report.MailsTested report) {
        String key = "test/" + report.watch() + "/" + report.batch();
        Optional<Assignment.TestMails> asked =
                scope.tx.outbox().find(key).map(row -> (Assignment.TestMails) row.assignment());
        if (asked.isEmpty()) {
            report.matches().forEach(this::letGo);
            return;
        }
        for (Report.Change change : report.changes()) {
            mails.servers().change(change);
        }
        if (!hasRoom(report.open().size())) {
            // the batch waits as a whole, and comes again with the next sweep
            report.matches().forEach(this::letGo);
            return;
        }
        scope.tx.outbox().remove(key);
        // before the first claim: a mail that came out of quarantine since has its turn before what lies behind it
        long covered = testing(report.watch())
                .map(watch -> scope.watches.covered(watch, asked.get()))
                .orElse(0L);
        for (Report.Match match : report.matches()) {
            testing(report.watch()).filter(watch -> match.mail() <= covered).ifPresent(watch -> claim(match, watch));
            letGo(match);
        }
        testing(report.watch()).ifPresent(watch -> {
            asked.get().mails().stream()
                    .filter(one -> one.mail() <= covered && report.open().contains(one.mail()))
                    .forEach(one -> scope.assign(new ProveMail(
                            watch.id(),
                            asked.get().conditions(),
                            one,
                            asked.get().ownDomain())));
            scope.watches.tested(watch, covered);
        });
    }

    /** It is known by now from whom a mail is. */
    void proved(Report.MailProved report) {
        String key = ProveMail.key(report.watch(), report.mail());
        boolean asked = scope.tx
                .outbox()
                .find(key)
                .filter(row -> ((ProveMail) row.assignment()).mail().identity().equals(report.identity()))
                .isPresent();
        Report.Match match = report.match();
        if (asked) {
            scope.tx.outbox().remove(key);
            report.changes().forEach(mails.servers()::change);
            scope.tx
                    .watches()
                    .find(report.watch())
                    .filter(watch -> match != null)
                    .ifPresent(watch -> claim(Objects.requireNonNull(match), watch));
        }
        if (match != null) {
            letGo(match);
        }
        settle(report.mail());
    }

    private boolean hasRoom(int more) {
        return more == 0 || open().size() + more <= MOST_OPEN;
    }

    private void settle(long mail) {
        scope.tx.mails().find(mail).ifPresent(mails::settle);
    }

    /** Whether it is not known yet if a watch, which lived when the mail came, takes it. */
    boolean isOpen(CatalogueMail mail, Watch watch) {
        return watch.bornAt() < mail.id()
                && !watch.rule().conditions().authenticated().isEmpty()
                && scope.tx.outbox().find(ProveMail.key(watch.id(), mail.id())).isPresent();
    }

    /** A watch is gone: nobody waits for an answer of the DNS any more, and mails that only waited for that may be settled. */
    void gone(Watch watch) {
        if (!watch.rule().conditions().authenticated().isEmpty()) {
            for (ProveMail one : open()) {
                if (one.watch().equals(watch.id())) {
                    scope.tx.outbox().remove(one.key());
                    settle(one.mail().mail());
                }
            }
        }
    }

    /** The mails of a mailbox may have other names by now: under the old ones nothing would be found. */
    void renamed(String mailbox) {
        for (ProveMail one : open()) {
            Assignment.Candidate before = one.mail();
            if (before.identity().mailbox().equals(mailbox)) {
                Optional<CatalogueMail> now =
                        scope.tx.mails().find(before.mail()).filter(mail -> !mails.isLost(mail));
                if (now.isEmpty() || !now.get().identity().equals(before.identity())) {
                    scope.tx.outbox().remove(one.key());
                }
                if (now.isEmpty()) {
                    settle(before.mail());
                }
                now.filter(mail -> !mail.identity().equals(before.identity()))
                        .ifPresent(mail -> scope.assign(new ProveMail(
                                one.watch(),
                                one.conditions(),
                                new Assignment.Candidate(
                                        mail.id(),
                                        mail.identity(),
                                        mail.raw(),
                                        mail.trace(),
                                        mail.summary(),
                                        mail.sender(),
                                        mail.received()),
                                one.ownDomain())));
            }
        }
    }

    private List<ProveMail> open() {
        return scope.tx.outbox().waiting(scope.settings.agent(), 0, MOST_WAITING).stream()
                .map(Outbox.Row::assignment)
                .filter(ProveMail.class::isInstance)
                .map(ProveMail.class::cast)
                .toList();
    }

    /** Bytes that were fetched for the test, unless they are the mail's by now. */
    private void letGo(Report.Match match) {
        scope.tx.mails().find(match.mail()).ifPresent(mail -> mails.servers().letGo(mail, match.raw()));
    }

    /** The watch, while it waits and has not joined. */
    private Optional<Watch> testing(String watch) {
        return scope.tx.watches().find(watch).filter(found -> !found.joined());
    }

    private void claim(Report.Match match, Watch watch) {
        long number = match.mail();
        CatalogueMail mail = scope.tx.mails().find(number).orElse(null);
        if (mail == null || mail.state() != CatalogueMail.State.UNREAD) {
            return;
        }
        List<Claim> claimed = scope.tx.claims().of(number);
        boolean forLate = claimed.isEmpty() || number > watch.bornAt();
        if (forLate && !ClaimDecider.takers(List.of(watch), claimed).isEmpty()) {
            mails.claim(mail.atServer() ? mails.servers().withBytes(mail, match) : mail, watch);
        }
    }
}
