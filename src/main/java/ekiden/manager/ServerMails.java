package ekiden.manager;

import ekiden.base.Problem;
import ekiden.engine.RunInput;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.UidKey;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Watch;
import ekiden.store.Transaction;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Mails that lie at a server: their UID makes them the same mail for ever, their bytes are here only while somebody needs them, and
 * each commit says which UIDs need no further look.
 */
final class ServerMails {
    private static final int ROWS_AT_ONCE = 1_000;
    /** No folder has it (RFC 3501: a non-zero number). */
    private static final long NO_UIDVALIDITY = 0;

    private final Scope scope;
    private final MailShell mails;

    ServerMails(Scope scope, MailShell mails) {
        this.scope = scope;
        this.mails = mails;
    }

    /** Whether a report was made under a UIDVALIDITY that is not the folder's any more; then it must change nothing. */
    Verdict.@Nullable Outdated outdated(Report.Settled settled) {
        return cursor(settled.mailbox(), settled.folder())
                .filter(cursor -> cursor.uidValidity() != settled.uidValidity())
                .map(cursor -> new Verdict.Outdated(cursor.uidValidity()))
                .orElse(null);
    }

    private Optional<Cursor> cursor(String mailbox, String folder) {
        return scope.tx.cursors().find(mailbox, folder);
    }

    void settle(Report.Settled settled) {
        Cursor cursor = cursor(settled.mailbox(), settled.folder())
                .map(before -> before.plus(settled.uids()))
                .orElseGet(() -> new Cursor(settled.folder(), settled.uidValidity(), settled.uids()));
        scope.tx.cursors().put(settled.mailbox(), cursor);
    }

    Verdict.KeptMail take(Report.Found found) {
        CatalogueMail before = scope.tx.mails().find(found.identity()).orElse(null);
        if (before != null && (isBack(before) || isLater(found, before))) {
            loseName(before);
        } else if (before != null) {
            return again(before, found);
        }
        Optional<CatalogueMail> like =
                scope.tx.mails().like(found.identity().mailbox(), Objects.requireNonNull(found.trace()));
        if (like.isPresent() && found.sameness() == Sameness.UID_OR_CONTENT) {
            scope.tx.mails().joined(like.get().id(), scope.now, found.raw());
            return new Verdict.KeptMail(
                    like.get().id(), true, false, mails.claimants(like.get().id()));
        }
        CatalogueMail mail = mails.insert(found, like.map(CatalogueMail::id).orElse(null));
        if (found.problem() != null) {
            mails.quarantine(mail, found.problem());
            return new Verdict.KeptMail(mail.id(), false, true, List.of());
        }
        if (found.seen()) {
            mails.move(mail, CatalogueMail.On.SEE_READ, null);
        } else if (found.raw() != null) {
            mails.claim(mail, found.matches());
        }
        List<String> takers = mails.claimants(mail.id());
        boolean needed = !takers.isEmpty();
        if (!needed && found.raw() != null) {
            scope.tx.mails().update(mail.withoutRaw());
        }
        return new Verdict.KeptMail(mail.id(), false, needed, takers);
    }

    /** Whether the server had it no more before anybody took it. Where its folder was put back, it or another may be there by now, and is a new one. */
    static boolean isGone(Transaction tx, CatalogueMail mail) {
        return mail.state() == CatalogueMail.State.GONE
                && tx.claims().of(mail.id()).isEmpty();
    }

    /** Whether a mail that was gone is not only told once more, in a report from before, or one whose answer was lost: then its UID is settled. */
    private boolean isBack(CatalogueMail before) {
        UidKey key = UidKey.of(before.identity().key()).orElseThrow();
        return isGone(scope.tx, before)
                && cursor(before.identity().mailbox(), key.folder())
                        .filter(cursor -> cursor.uidValidity() == key.uidValidity()
                                && cursor.settled().contains(key.uid()))
                        .isEmpty();
    }

    /** Whether a mail came after another whose UID it has, and is none that was only changed on the way. */
    private static boolean isLater(Report.Found found, CatalogueMail before) {
        String id = found.summary().messageId();
        return !Objects.equals(before.trace(), found.trace())
                && found.received().isAfter(before.received())
                && id != null
                && !id.equals(before.summary().messageId());
    }

    /** The server put its folder back and gave the UID to another mail: this one is gone, and its row bears a name that no mail can have. */
    private void loseName(CatalogueMail mail) {
        String mailbox = mail.identity().mailbox();
        lose(mail);
        UidKey nobody =
                new UidKey(UidKey.of(mail.identity().key()).orElseThrow().folder(), NO_UIDVALIDITY, mail.id());
        scope.tx.mails().find(mail.id()).ifPresent(gone -> scope.tx.mails().update(gone.as(nobody.identity(mailbox))));
        testAnew(mailbox);
    }

    /** The same UID: the same report again, or a mail that was looked at again; other content is shown and changes nothing. */
    private Verdict.KeptMail again(CatalogueMail before, Report.Found found) {
        if (!Objects.equals(before.trace(), found.trace())) {
            Problem problem =
                    Problem.of(ManagerMessage.UID_USED_AGAIN, "mail", before.id(), "identity", before.identity());
            scope.tx.alarms().raise("uid/" + before.identity(), problem, scope.now);
        }
        boolean kept = before.raw() != null && before.raw().equals(found.raw());
        return new Verdict.KeptMail(before.id(), false, kept, mails.claimants(before.id()));
    }

    /** What the server says of a mail that nobody has taken. */
    void change(Report.Change change) {
        scope.tx
                .mails()
                .find(change.mail())
                .filter(mail -> mail.identity().equals(change.identity()))
                .filter(mail -> scope.tx.claims().of(mail.id()).isEmpty())
                .ifPresent(mail -> mails.move(mail, change.on(), null));
    }

    /** The bytes that were fetched for a late watch become the mail's, where it has none. */
    CatalogueMail withBytes(CatalogueMail mail, Report.Match match) {
        RawMail raw = mail.raw() == null ? match.raw() : mail.raw();
        CatalogueMail whole = mail.with(raw, match.summary());
        scope.tx.mails().update(whole);
        return whole;
    }

    /** Bytes that were fetched for nothing: nobody took the mail, or others are here already. */
    void letGo(CatalogueMail mail, @Nullable RawMail fetched) {
        if (mail.atServer() && fetched != null && !fetched.equals(mail.raw())) {
            scope.assign(new Assignment.ReleaseRaw(fetched.place()));
        }
    }

    /** After the action nothing here needs the bytes any more, whatever came of it. */
    void treated(CatalogueMail mail, AfterReceive action, Report.Treated treated) {
        scope.tx.mails().update(mail.withoutRaw());
        if (treated.problem() != null) {
            return;
        }
        if (action.delete() || action.moveTo() != null) {
            mails.move(mail.withoutRaw(), CatalogueMail.On.REMOVE, null);
        } else if (treated.gone()) {
            mails.move(mail.withoutRaw(), CatalogueMail.On.VANISH, null);
        } else if (action.read()) {
            mails.move(mail.withoutRaw(), CatalogueMail.On.READ, null);
        }
    }

    /** Mails are known under new UIDs; with the last report the cursor is too. A report that comes again changes nothing. */
    void rebound(Report.Rebound report) {
        Cursor cursor = cursor(report.mailbox(), report.folder()).orElse(null);
        if (cursor == null || cursor.uidValidity() != report.from()) {
            return;
        }
        for (Report.Move move : report.moves()) {
            UidKey key = new UidKey(report.folder(), report.to(), move.uid());
            scope.tx.mails().find(move.mail()).ifPresent(mail -> {
                if (move.uid() == Report.Move.NOWHERE) {
                    loseName(mail);
                } else {
                    rename(mail, key.identity(report.mailbox()));
                }
            });
        }
        Report.Plan plan = report.plan();
        if (plan == null) {
            scope.tx.cursors().put(report.mailbox(), begun(cursor, report));
        } else {
            scope.tx.cursors().put(report.mailbox(), new Cursor(report.folder(), report.to(), plan.settled()));
            long missing = loseRest(report, report.from());
            for (long begun : cursor.begun()) {
                missing += begun == report.to() ? 0 : loseRest(report, begun);
            }
            testAnew(report.mailbox());
            scope.tx.alarms().raise(renumbered(report), told(report, plan, missing), scope.now);
        }
    }

    /** The next report may be of another UIDVALIDITY; those that no mail stands under are forgotten. */
    private Cursor begun(Cursor cursor, Report.Rebound report) {
        if (cursor.begun().contains(report.to())) {
            return cursor;
        }
        List<Long> stillThere = cursor.begun().stream()
                .filter(begun -> !under(report, begun, "").isEmpty())
                .toList();
        return new Cursor(cursor.folder(), cursor.uidValidity(), cursor.settled(), stillThere).begins(report.to());
    }

    /** What an agent is asked to do with the mail is asked under the new name. */
    private void rename(CatalogueMail mail, MailIdentity now) {
        CatalogueMail renamed = mail.as(now);
        scope.tx.mails().update(renamed);
        asked(mail.id()).ifPresent(order -> {
            scope.tx.outbox().remove(order.key());
            scope.assign(new Assignment.DoAfterReceive(mail.id(), now, order.raw(), order.trace(), order.action()));
        });
        scope.tx
                .outbox()
                .find("quarantine/" + mail.id())
                .map(row -> (Assignment.TreatQuarantined) row.assignment())
                .ifPresent(order -> {
                    scope.tx.outbox().remove(order.key());
                    scope.assign(new Assignment.TreatQuarantined(
                            mail.id(), now, order.raw(), order.trace(), order.sender(), mail.received()));
                });
    }

    private Optional<Assignment.DoAfterReceive> asked(long mail) {
        return scope.tx.outbox().find("after/" + mail).map(row -> (Assignment.DoAfterReceive) row.assignment());
    }

    /**
     * Mails that were not found again are gone, and nothing is left to do with them. Says how many there are, without those that had left the folder before: they
     * were removed from here, or were gone.
     */
    private long loseRest(Report.Rebound report, long uidValidity) {
        String after = "";
        long missing = 0;
        List<CatalogueMail> page = under(report, uidValidity, after);
        while (!page.isEmpty()) {
            List<CatalogueMail> own = page.stream()
                    .filter(mail ->
                            UidKey.in(report.folder(), mail.identity().key()).isPresent())
                    .toList();
            missing += own.stream().filter(ServerMails::isToBeThere).count();
            own.forEach(this::lose);
            after = page.getLast().identity().key();
            page = under(report, uidValidity, after);
        }
        return missing;
    }

    private static boolean isToBeThere(CatalogueMail mail) {
        return switch (mail.state()) {
            case UNREAD, READ, READ_ELSEWHERE, QUARANTINED, DROPPED -> true;
            case REMOVED, GONE -> false;
        };
    }

    private List<CatalogueMail> under(Report.Rebound report, long uidValidity, String after) {
        String prefix = UidKey.prefix(report.folder(), uidValidity);
        return scope.tx.mails().under(report.mailbox(), prefix, after, ROWS_AT_ONCE);
    }

    private void lose(CatalogueMail mail) {
        Optional<Assignment.DoAfterReceive> order = asked(mail.id());
        if (order.isPresent()) {
            RawMail raw = mail.raw();
            if (raw != null) {
                scope.assign(new Assignment.ReleaseRaw(raw.place()));
            }
            mails.afterReceive(new Report.Treated(mail.id(), true, null));
        } else if (mail.state() == CatalogueMail.State.QUARANTINED) {
            loseQuarantined(mail);
        } else if (scope.tx.claims().of(mail.id()).isEmpty()) {
            mails.move(mail, CatalogueMail.On.VANISH, null);
        }
    }

    /** A person can still treat one whose bytes are here. */
    private void loseQuarantined(CatalogueMail mail) {
        if (mail.raw() == null) {
            scope.tx.outbox().remove("quarantine/" + mail.id());
            scope.tx.alarms().clear("quarantine/" + mail.id(), scope.now);
            mails.move(mail, CatalogueMail.On.VANISH, null);
        }
    }

    /** Whether the mail's folder was renumbered since, and it was not found again. */
    boolean isLost(CatalogueMail mail) {
        String mailbox = mail.identity().mailbox();
        return mail.atServer()
                && UidKey.of(mail.identity().key())
                        .filter(key -> cursor(mailbox, key.folder())
                                .filter(cursor -> cursor.uidValidity() == key.uidValidity())
                                .isEmpty())
                        .isPresent();
    }

    /** Watches that are being tested are tested against the mails under their new names. */
    private void testAnew(String mailbox) {
        for (Watch watch : scope.tx.watches().on(mailbox)) {
            if (!watch.joined()) {
                scope.watches.testAnew(watch);
            }
        }
        mails.late().renamed(mailbox);
    }

    private static String renumbered(Report.Rebound report) {
        return "uidvalidity/" + report.mailbox() + "/" + report.folder() + "/" + report.to();
    }

    private static Problem told(Report.Rebound report, Report.Plan plan, long missing) {
        return Problem.of(
                ManagerMessage.FOLDER_RENUMBERED,
                "mailbox",
                report.mailbox(),
                "folder",
                report.folder(),
                "from",
                report.from(),
                "to",
                report.to(),
                "known",
                plan.known(),
                "added",
                plan.added(),
                "unknown",
                plan.unknown(),
                "missing",
                missing);
    }

    /** Jobs that wait on the mailbox end; start conditions go on waiting until it is healed. */
    void failing(Report.MailboxFailing report) {
        for (Watch watch : scope.tx.watches().on(report.mailbox())) {
            AttemptId attempt = watch.attempt();
            if (attempt != null) {
                scope.runs.take(attempt.run(), new RunInput.CannotWatch(attempt.job(), report.problem()));
            }
        }
    }
}
