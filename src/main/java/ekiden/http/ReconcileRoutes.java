package ekiden.http;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.manager.ManagerMessage;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares servers with the catalogue, and says what became of one mail. */
final class ReconcileRoutes {
    private static final int ROWS_AT_ONCE = 5_000;
    private static final int MOST_ALARMS = 10_000;
    private static final int MOST_SHOWN = 100;

    private final Store store;
    private final Profiles profiles;
    private final Answers answers;
    private final MailRoutes mails;
    private final MailVerdicts verdicts;

    ReconcileRoutes(ApiBackend backend, Answers answers, MailRoutes mails) {
        this.store = backend.store();
        this.profiles = backend.profiles();
        this.answers = answers;
        this.mails = mails;
        this.verdicts = new MailVerdicts(backend.bytes());
    }

    List<Route> routes() {
        return List.of(
                Route.post("/api/v1/profiles/{profile}/reconcile", this::reconcile),
                Route.post("/api/v1/profiles/{profile}/resume", this::resume),
                Route.get("/api/v1/mails/{mail}/why", this::why));
    }

    private Response resume(Request request) {
        good(profiles.resume(request.part("profile")));
        return new Response.Value(new Views.Done(true));
    }

    private <T> T good(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw answers.refusal(problem);
        };
    }

    /** What is not settled at the first question is on its way, and has become settled by the second, or is not explained. */
    private Response reconcile(Request request) {
        String profile = request.part("profile");
        Map<String, UidSet> first = good(profiles.content(profile)).stream()
                .collect(Collectors.toMap(Profiles.FolderContent::folder, Profiles.FolderContent::all));
        List<Views.FolderCount> counts = new ArrayList<>();
        for (Profiles.FolderContent folder : good(profiles.content(profile))) {
            UidSet before = first.getOrDefault(folder.folder(), UidSet.EMPTY);
            counts.add(store.read(tx -> count(tx, profile, folder, before)));
        }
        long unexplained =
                counts.stream().mapToLong(Views.FolderCount::unexplained).sum();
        return new Response.Value(new Views.Reconciled(profile, unexplained, counts));
    }

    /** The verdicts on the mails of one folder. */
    private static final class Tally {
        private long taken;
        private long notWanted;
        private long quarantined;
        private long readElsewhere;
        private long gone;
        private UidSet known = UidSet.EMPTY;
    }

    static Views.FolderCount count(Transaction tx, String profile, Profiles.FolderContent folder, UidSet before) {
        Tally tally = tally(tx, profile, folder);
        UidSet settled = tx.cursors()
                .find(profile, folder.folder())
                .filter(cursor -> cursor.uidValidity() == folder.uidValidity())
                .map(Cursor::settled)
                .orElse(UidSet.EMPTY);
        UidSet rest = folder.all().minus(tally.known);
        UidSet open = rest.minus(settled);
        UidSet late = open.and(before).minus(announced(tx, profile, folder.folder()));
        List<Long> shown = new ArrayList<>();
        late.first(MOST_SHOWN).forEach(shown::add);
        return new Views.FolderCount(
                folder.folder(),
                folder.uidValidity(),
                folder.all().size(),
                tally.taken,
                tally.notWanted,
                tally.quarantined,
                tally.readElsewhere,
                rest.and(settled).size(),
                open.minus(late).size(),
                tally.gone,
                late.size(),
                shown);
    }

    private static Tally tally(Transaction tx, String profile, Profiles.FolderContent folder) {
        Tally tally = new Tally();
        String prefix = UidKey.prefix(folder.folder(), folder.uidValidity());
        List<CatalogueMail> page = tx.mails().under(profile, prefix, "", ROWS_AT_ONCE);
        while (!page.isEmpty()) {
            List<Long> uids = new ArrayList<>();
            for (CatalogueMail mail : page) {
                UidKey.in(folder.folder(), mail.identity().key()).ifPresent(key -> {
                    uids.add(key.uid());
                    add(tally, tx, mail, folder.all().contains(key.uid()));
                });
            }
            tally.known = tally.known.plus(UidSet.of(uids));
            page = tx.mails().under(profile, prefix, page.getLast().identity().key(), ROWS_AT_ONCE);
        }
        return tally;
    }

    private static void add(Tally tally, Transaction tx, CatalogueMail mail, boolean there) {
        if (!there) {
            tally.gone++;
            return;
        }
        switch (mail.state()) {
            case QUARANTINED, DROPPED -> tally.quarantined++;
            case READ_ELSEWHERE -> tally.readElsewhere++;
            case UNREAD, READ, REMOVED, GONE -> {
                if (tx.claims().of(mail.id()).isEmpty()) {
                    tally.notWanted++;
                } else {
                    tally.taken++;
                }
            }
        }
    }

    /** Mails that the server announces and does not give; people have been told. Those of a folder below have more behind the same beginning. */
    private static UidSet announced(Transaction tx, String profile, String folder) {
        String prefix = "announced/" + profile + "/" + folder + "/";
        Map<String, Long> uids = new HashMap<>();
        tx.alarms().list(true, MOST_ALARMS).stream()
                .filter(alarm -> alarm.key().startsWith(prefix) && alarm.key().lastIndexOf('/') < prefix.length())
                .forEach(alarm ->
                        uids.put(alarm.key(), Long.parseLong(alarm.key().substring(prefix.length()))));
        return UidSet.of(uids.values());
    }

    private Response why(Request request) {
        long id = request.numberPart("mail");
        Locale language = request.language();
        Views.MailView view = mails.whole(id, language)
                .orElseThrow(() -> answers.refusal(Problem.of(ManagerMessage.NO_MAIL, "mail", id)));
        List<Views.WatchVerdict> watches = store.read(tx -> MailVerdicts.Facts.of(tx, id, request.text("job")))
                .map(facts -> verdicts.of(facts, request.text("job")))
                .orElse(List.of());
        return new Response.Value(new Views.Why(view, watches));
    }
}
