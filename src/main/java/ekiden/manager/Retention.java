package ekiden.manager;

import ekiden.base.Problem;
import ekiden.engine.FileRetention;
import ekiden.engine.RetentionRule;
import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.UnitName;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of what was kept for its time: bytes of mails that were taken, runs that have ended, saved files. Three sweeps, each by a timer of its own that
 * says from where it goes on; each looks at a bounded number of rows in one transaction. What is to be removed is an order to the agent, and the
 * row follows when the agent has done it: a crash in between brings the order again.
 */
final class Retention {
    /** Followed by which sweep, and behind which row it goes on. */
    static final String TIMER = "retention/";

    private static final String MAILS = "mails/";
    private static final String RUNS = "runs/";
    private static final String FILES = "files/";
    /** Mails in quarantine that are looked at each time, the newest ones; those behind them wait for their turn. */
    private static final int MOST_QUARANTINED = 10_000;

    private static final UUID FIRST_RUN = new UUID(0, 0);

    private final Scope scope;
    private final ManagerSettings settings;

    Retention(Scope scope) {
        this.scope = scope;
        this.settings = scope.settings;
    }

    void begin() {
        next(MAILS + 0, settings.forgetReports());
        next(RUNS + FIRST_RUN, settings.forgetReports());
        next(FILES, settings.forgetReports());
    }

    private void next(String where, Duration in) {
        scope.tx.timers().set(TIMER + where, scope.now.plus(in));
    }

    void sweep(String timer) {
        String where = timer.substring(TIMER.length());
        if (where.startsWith(MAILS)) {
            mails(Long.parseLong(where.substring(MAILS.length())));
        } else if (where.startsWith(FILES)) {
            files(where.substring(FILES.length()));
        } else {
            runs(UUID.fromString(where.substring(RUNS.length())));
        }
    }

    private void mails(long after) {
        FilePruning.Page page = mails(after, false);
        if (after == 0) {
            quarantine(false);
        }
        FilePruning.Position next = page.next();
        Long behind = next == null ? null : next.mails();
        if (behind == null) {
            next(MAILS + 0, settings.forgetReports());
        } else {
            next(MAILS + behind, settings.forgetPause());
        }
    }

    /** One page of mails whose bytes may go; unless it is only looked for, they are told to. */
    private FilePruning.Page mails(long after, boolean dry) {
        List<CatalogueMail> page = scope.tx.mails().withBytes(after, settings.sweepBatch());
        Instant before = scope.now.minus(settings.keepMails());
        List<FilePruning.Item> items = new ArrayList<>();
        for (CatalogueMail mail : page) {
            RawMail raw = mail.raw();
            if (raw != null && scope.tx.mails().at(raw.place()).stream().allMatch(row -> mayGo(row, before))) {
                items.add(item(FilePruning.What.RAW, mail, raw));
                if (!dry) {
                    scope.assign(new Assignment.ReleaseRaw(raw.place()));
                }
            }
        }
        FilePruning.Position next = page.size() < settings.sweepBatch()
                ? null
                : new FilePruning.Position("", 0, Map.of(), page.getLast().id());
        return new FilePruning.Page(items, next);
    }

    /** Mails that nobody has let out of quarantine for so long are dropped; those of which nothing lies here stay. */
    private List<FilePruning.Item> quarantine(boolean dry) {
        List<FilePruning.Item> items = new ArrayList<>();
        Instant before = scope.now.minus(settings.keepQuarantine());
        for (CatalogueMail mail : scope.tx.mails().list(null, CatalogueMail.State.QUARANTINED, MOST_QUARANTINED)) {
            RawMail raw = mail.raw();
            boolean full = items.size() >= settings.sweepBatch();
            if (raw != null && !full && RetentionRule.keptSince(mail, raw).isBefore(before)) {
                items.add(item(FilePruning.What.QUARANTINE, mail, raw));
                if (!dry) {
                    scope.mails.treat(mail.id(), true);
                }
            }
        }
        return items;
    }

    private static FilePruning.Item item(FilePruning.What what, CatalogueMail mail, RawMail raw) {
        return new FilePruning.Item(what, null, null, mail.id(), null, raw.size(), FileRetention.Why.AGE);
    }

    private boolean mayGo(CatalogueMail mail, Instant before) {
        return RetentionRule.bytesMayGo(mail, scope.tx.claims().of(mail.id()), before)
                && scope.watches.allTested(mail)
                && scope.tx.outbox().find("after/" + mail.id()).isEmpty();
    }

    private void runs(UUID after) {
        List<Run> page = scope.tx.runs().behind(after, settings.sweepBatch());
        Instant before = scope.now.minus(settings.keepRuns());
        for (Run run : page) {
            boolean temporary = temporary(run);
            boolean defined = scope.tx.definitions().current(run.unit()).isPresent();
            // numbers go on from the newest one; a temporary unit that is gone does not come again
            boolean newest = run.number() == scope.tx.runs().lastNumber(run.unit());
            boolean needed = newest && (defined || !temporary);
            boolean awaited = temporary && defined;
            if (!needed
                    && RetentionRule.mayBeForgotten(run, before, awaited)
                    && !pruning().waits(run)) {
                scope.assign(new Assignment.ForgetRun(run.id()));
            }
        }
        if (page.size() < settings.sweepBatch()) {
            next(RUNS + FIRST_RUN, settings.forgetReports());
        } else {
            next(RUNS + page.getLast().id(), settings.forgetPause());
        }
    }

    private FilePruning pruning() {
        return new FilePruning(scope.tx, scope.profiles, settings, scope.now);
    }

    private void files(String from) {
        FilePruning.Position next = prune(from.isEmpty() ? null : Json.read(from, FilePruning.Position.class), false)
                .next();
        if (next == null) {
            next(FILES, settings.forgetReports());
        } else {
            next(FILES + Json.write(next), settings.forgetPause());
        }
    }

    /** One page of what a person wants to go, or to know: files first, then mails in quarantine, then bytes in the spool. */
    FilePruning.Page all(FilePruning.@Nullable Position from, boolean dry) {
        Long behind = from == null ? null : from.mails();
        if (behind != null) {
            List<FilePruning.Item> items = new ArrayList<>(behind == 0 ? quarantine(dry) : List.of());
            FilePruning.Page mails = mails(behind, dry);
            items.addAll(mails.items());
            return new FilePruning.Page(items, mails.next());
        }
        FilePruning.Page files = prune(from, dry);
        FilePruning.Position next = files.next();
        return new FilePruning.Page(files.items(), next == null ? new FilePruning.Position("", 0, Map.of(), 0L) : next);
    }

    /** One page of saved files that may go; unless they are only looked for, the agent is told to let them go. */
    private FilePruning.Page prune(FilePruning.@Nullable Position from, boolean dry) {
        FilePruning pruning = pruning();
        FilePruning.Position at = from == null ? pruning.first("").orElse(null) : from;
        FilePruning.Page page =
                at == null ? new FilePruning.Page(List.of(), null) : pruning.look(at, settings.sweepBatch());
        if (!dry) {
            page.items().forEach(this::letGo);
        }
        return page;
    }

    private void letGo(FilePruning.Item item) {
        String claim = item.claim();
        String folder = item.folder();
        if (claim != null && folder != null) {
            scope.assign(new Assignment.PruneFiles(claim, folder));
        }
    }

    /** Files of a claim are gone; where some of them stayed a person is told once for each jobnet. */
    void pruned(Report.FilesPruned report) {
        scope.tx.outbox().remove("prune/" + report.claim());
        Claim claim = scope.tx.claims().find(report.claim()).orElse(null);
        SavedMail saved = claim == null ? null : FileRetention.files(claim);
        if (claim == null || saved == null) {
            return;
        }
        scope.tx
                .claims()
                .update(claim.saved(saved.without(new SavedMail.Pruned(scope.now, report.bytes(), report.kept()))));
        if (!report.kept().isEmpty()) {
            String unit = scope.tx.runs().find(claim.run()).map(Run::unit).orElse("");
            Problem told = Problem.of(ManagerMessage.FILES_KEPT, "folder", saved.folder(), "unit", unit);
            scope.tx.alarms().raise("prune" + unit, told, scope.now);
        }
    }

    private static boolean temporary(Run run) {
        return UnitName.parse(run.unit()).filter(UnitName::temporary).isPresent();
    }

    /** What the attempts of a run left is gone. */
    void forgotten(UUID run) {
        scope.tx.outbox().remove("forget/" + run);
        scope.tx.runs().find(run).filter(found -> found.status().ended()).ifPresent(found -> {
            scope.tx.sentMails().forget(run);
            scope.tx.runs().remove(run);
        });
    }
}
