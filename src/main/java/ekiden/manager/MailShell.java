package ekiden.manager;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.engine.AfterReceiveRule;
import ekiden.engine.ClaimDecider;
import ekiden.engine.RunInput;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.SaveRule;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.Taker;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes mails into the catalogue, lets watches claim them, and settles them once everybody who wanted them has them. */
final class MailShell {
    private final Scope scope;
    private final ServerMails servers;
    private final LateMails late;

    MailShell(Scope scope) {
        this.scope = scope;
        this.servers = new ServerMails(scope, this);
        this.late = new LateMails(scope, this);
    }

    /** Mails that were there before a watch. */
    LateMails late() {
        return late;
    }

    /** Mails that lie at servers. */
    ServerMails servers() {
        return servers;
    }

    /** All mails of a report, or none where one was tested with a list that is too old, or under a UIDVALIDITY that is. */
    Verdict found(Report.MailsFound report) {
        Report.Settled settled = report.settled();
        Verdict.Outdated outdated = settled == null ? null : servers.outdated(settled);
        if (outdated != null) {
            return outdated;
        }
        List<WatchList> stale = report.mails().stream()
                .filter(this::isStale)
                .map(found -> found.identity().mailbox())
                .distinct()
                .map(mailbox -> WatchShell.list(scope.tx, mailbox))
                .toList();
        if (!stale.isEmpty()) {
            return new Verdict.Stale(stale);
        }
        List<Verdict.KeptMail> kept = new ArrayList<>();
        for (Report.Found found : report.mails()) {
            kept.add(found.sameness().atServer() ? servers.take(found) : take(found));
        }
        if (settled != null) {
            servers.settle(settled);
        }
        return new Verdict.Kept(kept);
    }

    private boolean isStale(Report.Found found) {
        return found.problem() == null
                && !found.seen()
                && found.watchVersion()
                        < scope.tx.watches().version(found.identity().mailbox());
    }

    private Verdict.KeptMail take(Report.Found found) {
        Optional<CatalogueMail> before = scope.tx.mails().find(found.identity());
        Optional<CatalogueMail> told = before.flatMap(newest -> told(found));
        if (told.isPresent()) {
            return new Verdict.KeptMail(
                    told.get().id(), false, true, claimants(told.get().id()));
        }
        if (before.isPresent() && joins(before.get(), found)) {
            scope.tx.mails().joined(before.get().id(), scope.now, found.raw());
            return new Verdict.KeptMail(
                    before.get().id(), true, false, claimants(before.get().id()));
        }
        CatalogueMail mail = insert(found);
        if (found.problem() != null) {
            quarantine(mail, found.problem());
            return new Verdict.KeptMail(mail.id(), false, true, List.of());
        }
        claim(mail, found.matches());
        return new Verdict.KeptMail(mail.id(), false, true, claimants(mail.id()));
    }

    /** The mail that an earlier delivery of this report made, though others with equal bytes may have come since. */
    private Optional<CatalogueMail> told(Report.Found found) {
        return scope.tx.mails().at(bytes(found).place()).stream()
                .filter(mail -> mail.identity().equals(found.identity()))
                .findFirst();
    }

    /** A mail behind our own listener always has its bytes here. */
    private static RawMail bytes(Report.Found found) {
        return Objects.requireNonNull(found.raw());
    }

    /** Bounded on both sides: after a clock was set back, mails of that time are mails of their own. */
    private boolean joins(CatalogueMail before, Report.Found found) {
        Duration window =
                found.sameness() == Sameness.DATED ? scope.settings.joinWindow() : scope.settings.joinWindowUndated();
        return Duration.between(before.received(), found.received()).abs().compareTo(window) <= 0;
    }

    /** The same bytes outside the window are another mail, and from now on the newest one with this identity. */
    CatalogueMail insert(Report.Found found) {
        return insert(found, null);
    }

    /** A new row, and which older mail it is a copy of. */
    CatalogueMail insert(Report.Found found, @Nullable Long copyOf) {
        CatalogueMail mail = new CatalogueMail(
                scope.tx.mails().nextId(),
                found.identity(),
                found.raw(),
                found.received(),
                CatalogueMail.State.UNREAD,
                found.sender(),
                found.recipient(),
                found.summary(),
                null,
                found.trace(),
                copyOf);
        scope.tx.mails().insert(mail);
        return new Returns(scope).look(mail);
    }

    List<String> claimants(long mail) {
        return scope.tx.claims().of(mail).stream().map(Claim::watch).toList();
    }

    void quarantine(CatalogueMail mail, Problem problem) {
        move(mail, CatalogueMail.On.QUARANTINE, problem);
        Problem alarm = Problem.of(
                ManagerMessage.MAIL_QUARANTINED,
                "mail",
                mail.id(),
                "mailbox",
                mail.identity().mailbox(),
                "because",
                problem.id());
        scope.tx.alarms().raise("quarantine/" + mail.id(), alarm, scope.now);
    }

    void move(CatalogueMail mail, CatalogueMail.On on, @Nullable Problem problem) {
        CatalogueMail.TABLE
                .next(mail.state(), on)
                .ifPresent(next -> scope.tx.mails().update(mail.in(next, problem)));
    }

    void claim(CatalogueMail mail, List<String> matches) {
        List<Watch> live = matches.stream()
                .map(id -> scope.tx.watches().find(id))
                .flatMap(Optional::stream)
                .toList();
        for (Watch watch : ClaimDecider.takers(live, scope.tx.claims().of(mail.id()))) {
            claim(mail, watch);
        }
    }

    void claim(CatalogueMail mail, Watch watch) {
        String id = Claim.id(mail.id(), watch.id());
        AttemptId attempt = watch.attempt();
        UUID run = attempt == null ? Ids.derive(scope.commandId, id, scope.now) : attempt.run();
        String job = attempt == null ? null : attempt.job();
        scope.tx
                .claims()
                .insert(new Claim(
                        id,
                        mail.id(),
                        watch.id(),
                        watch.rule().claim(),
                        watch.rule().after(),
                        run,
                        job,
                        Claim.State.TAKEN,
                        null,
                        null,
                        scope.now));
        Definition definition = scope.tx.definitions().find(watch.definition()).orElseThrow();
        if (job == null) {
            scope.runs.create(run, definition, id);
        } else {
            scope.runs.take(run, new RunInput.MailTaken(job, id));
        }
        save(mail, watch, id, run);
        scope.watches.took(watch);
    }

    private void save(CatalogueMail mail, Watch watch, String claim, UUID runId) {
        Run run = scope.tx.runs().find(runId).orElseThrow();
        SaveRule rule = watch.rule().save();
        AttemptId attempt = watch.attempt();
        String what = attempt == null ? "start" : attempt.job();
        scope.assign(new Assignment.SaveMail(
                claim,
                mail.id(),
                Objects.requireNonNull(mail.raw()),
                mail.received(),
                RunFolders.mailFolder(scope.settings, run, rule),
                Objects.requireNonNullElse(rule.how().folderName(), run.number() + "-" + what),
                rule.bodyName(),
                rule.listName(),
                rule.mailName(),
                rule.attachments(),
                RunFolders.options(scope.settings, run, rule, folder(watch)),
                new Taker(run.unit(), run.number(), what),
                mail.identity().mailbox()));
    }

    /** Where relative paths of the watch's definition start from. */
    private String folder(Watch watch) {
        return scope.tx
                .definitions()
                .find(watch.definition())
                .map(Definition::folder)
                .orElse("/");
    }

    /**
     * The files of a claim are complete, or cannot be. An order to save that comes late may still be carried out behind a save that was called off:
     * its files are there then, and the claim says so.
     */
    void saved(Report.MailSaved report) {
        scope.tx.outbox().remove("save/" + report.claim());
        scope.tx.outbox().remove("call-off/" + report.claim());
        Claim claim = scope.tx.claims().find(report.claim()).orElse(null);
        if (claim == null || claim.state() == Claim.State.SAVED) {
            return;
        }
        if (claim.state() == Claim.State.FAILED && report.problem() != null) {
            return;
        }
        Claim.State state = report.problem() == null ? Claim.State.SAVED : Claim.State.FAILED;
        scope.tx
                .claims()
                .update(new Claim(
                        claim.id(),
                        claim.mail(),
                        claim.watch(),
                        claim.rule(),
                        claim.after(),
                        claim.run(),
                        claim.job(),
                        state,
                        report.saved(),
                        report.problem(),
                        claim.at()));
        goOn(claim, report);
        scope.tx.mails().find(claim.mail()).ifPresent(this::settle);
    }

    private void goOn(Claim claim, Report.MailSaved report) {
        String job = claim.job();
        if (job != null) {
            scope.runs.take(claim.run(), new RunInput.MailSaved(job, claim.id(), report.problem()));
        } else if (report.problem() != null) {
            scope.runs.take(claim.run(), new RunInput.CannotBegin(report.problem()));
        } else {
            scope.runs.ready(claim.run());
        }
    }

    /** A watch was tested up to a mail, or is gone: mails that came after it and only waited for that may be settled now. */
    void settleUpTo(Watch watch, long upTo) {
        for (long mail = Math.max(watch.testedUpTo(), watch.bornAt()) + 1; mail <= upTo; mail++) {
            scope.tx.mails().find(mail).ifPresent(this::settle);
        }
    }

    /**
     * Asks for the after-receive action once all watches that lived when the mail came have been tested, and the files of all
     * that took it are complete. Where files could not be saved the mail stays as it is.
     */
    void settle(CatalogueMail mail) {
        List<Claim> claims = scope.tx.claims().of(mail.id());
        boolean allSaved = claims.stream().allMatch(claim -> claim.state() == Claim.State.SAVED);
        if (claims.isEmpty() || !allSaved || mail.raw() == null || !scope.watches.allTested(mail)) {
            return;
        }
        if (servers.isLost(mail)) {
            afterwardsGone(mail);
            return;
        }
        List<@Nullable AfterReceive> wanted = new ArrayList<>();
        claims.forEach(claim -> wanted.add(claim.after()));
        AfterReceive ofProfile = scope.profiles.after(mail.identity().mailbox()).orElse(null);
        AfterReceive action = AfterReceiveRule.combine(ofProfile, wanted);
        if (!action.none() && mail.state() == CatalogueMail.State.UNREAD) {
            scope.assign(new Assignment.DoAfterReceive(mail.id(), mail.identity(), mail.raw(), mail.trace(), action));
        } else if (mail.atServer()) {
            scope.assign(new Assignment.ReleaseRaw(mail.raw().place()));
        }
    }

    /** Whether its folder was renumbered since, and it was not found again. */
    boolean isLost(CatalogueMail mail) {
        return servers.isLost(mail);
    }

    /** Its folder was renumbered and it was not found again: nothing is left to do but to let its bytes go. */
    private void afterwardsGone(CatalogueMail mail) {
        move(mail, CatalogueMail.On.VANISH, null);
        scope.assign(
                new Assignment.ReleaseRaw(Objects.requireNonNull(mail.raw()).place()));
    }

    /** After-receive actions are done, or cannot be. */
    void afterReceive(Report.AfterReceiveDone report) {
        report.mails().forEach(this::afterReceive);
    }

    void afterReceive(Report.Treated treated) {
        Optional<Assignment.DoAfterReceive> asked = scope.tx
                .outbox()
                .find("after/" + treated.mail())
                .map(row -> (Assignment.DoAfterReceive) row.assignment());
        scope.tx.outbox().remove("after/" + treated.mail());
        CatalogueMail mail = scope.tx.mails().find(treated.mail()).orElse(null);
        if (mail == null || asked.isEmpty()) {
            return;
        }
        if (treated.problem() != null) {
            scope.tx.alarms().raise("after/" + mail.id(), treated.problem(), scope.now);
        }
        if (mail.atServer()) {
            servers.treated(mail, asked.get().action(), treated);
        } else if (treated.problem() != null) {
            return;
        } else if (asked.get().action().delete()) {
            move(mail, CatalogueMail.On.REMOVE, null);
            release(mail);
        } else {
            move(mail, CatalogueMail.On.READ, null);
        }
    }

    /** Lets the bytes go that no mail needs any more. */
    private void release(CatalogueMail mail) {
        RawMail raw = mail.raw();
        if (raw == null) {
            return;
        }
        boolean needed = scope.tx.mails().at(raw.place()).stream().anyMatch(other -> switch (other.state()) {
            case UNREAD, READ, QUARANTINED -> true;
            case REMOVED, DROPPED, READ_ELSEWHERE, GONE -> false;
        });
        if (!needed) {
            scope.assign(new Assignment.ReleaseRaw(raw.place()));
        }
    }

    /** Bytes that are being released may be looked for in vain. */
    void unreadable(Report.MailUnreadable report) {
        String release = "release/" + report.raw().place();
        scope.tx
                .mails()
                .find(report.mail())
                .filter(mail -> mail.state() == CatalogueMail.State.UNREAD)
                .filter(mail -> report.raw().equals(mail.raw()))
                .filter(mail -> scope.tx.outbox().find(release).isEmpty())
                // all files are complete then, and the bytes go before the word that the action is done
                .filter(mail -> scope.tx.outbox().find("after/" + mail.id()).isEmpty())
                .ifPresent(mail -> quarantine(mail, report.problem()));
    }

    /** The bytes are gone. */
    void released(String place) {
        scope.tx.outbox().remove("release/" + place);
        for (CatalogueMail mail : scope.tx.mails().at(place)) {
            scope.tx.mails().update(mail.withoutRaw());
        }
    }

    /** A person wants a quarantined mail to go through again, or to be dropped. */
    Reply treat(long number, boolean drop) {
        CatalogueMail mail = scope.tx.mails().find(number).orElse(null);
        if (mail == null) {
            return new Reply.Refused(Problem.of(ManagerMessage.NO_MAIL, "mail", number));
        }
        if (mail.state() != CatalogueMail.State.QUARANTINED || (mail.raw() == null && !mail.atServer())) {
            return new Reply.Refused(Problem.of(ManagerMessage.NOT_QUARANTINED, "mail", number));
        }
        if (drop) {
            // a release that could not begin yet is taken back: nobody may ever be able to answer it
            scope.tx.outbox().remove("quarantine/" + number);
            move(mail, CatalogueMail.On.DROP, mail.problem());
            scope.tx.alarms().clear("quarantine/" + number, scope.now);
            release(mail);
        } else {
            scope.assign(new Assignment.TreatQuarantined(
                    number, mail.identity(), mail.raw(), mail.trace(), mail.sender(), mail.received()));
        }
        return new Reply.Done();
    }

    /** A quarantined mail went through again. */
    void treated(Report.QuarantineDone report) {
        CatalogueMail mail = scope.tx.mails().find(report.mail()).orElse(null);
        Report.Found found = report.found();
        if (mail == null || mail.state() != CatalogueMail.State.QUARANTINED) {
            scope.tx.outbox().remove("quarantine/" + report.mail());
            if (mail != null) {
                servers.letGo(mail, found.raw());
            }
            return;
        }
        if (isStale(found)) {
            servers.letGo(mail, found.raw());
            scope.changedMailboxes.add(mail.identity().mailbox());
            scope.tx
                    .outbox()
                    .find("quarantine/" + report.mail())
                    .ifPresent(row -> scope.assigned.add(row.assignment()));
            return;
        }
        scope.tx.outbox().remove("quarantine/" + report.mail());
        if (found.problem() != null) {
            scope.tx.mails().update(mail.in(CatalogueMail.State.QUARANTINED, found.problem()));
            servers.letGo(mail, found.raw());
            return;
        }
        CatalogueMail.State free =
                CatalogueMail.TABLE.next(mail.state(), CatalogueMail.On.RELEASE).orElseThrow();
        RawMail raw = found.raw() == null ? mail.raw() : found.raw();
        CatalogueMail readable = mail.in(free, null).with(raw, found.summary());
        scope.tx.mails().update(readable);
        scope.tx.alarms().clear("quarantine/" + mail.id(), scope.now);
        new Returns(scope).look(readable);
        scope.watches.goBackTo(mail.id(), mail.identity().mailbox());
        claim(readable, found.matches());
        if (raw != null && claimants(mail.id()).isEmpty() && mail.atServer()) {
            // with the order: who takes it from now on needs its bytes again
            scope.tx.mails().update(readable.withoutRaw());
            scope.assign(new Assignment.ReleaseRaw(raw.place()));
        }
    }
}
