package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.OneByOne;
import ekiden.mail.receive.ReaderLimits;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One batch of mails from the server to the manager's commit: headers, bodies where a watch may want them, one report. Where a watch joined
 * meanwhile it is tested again, with what was fetched already. Belongs to the reader's strand.
 */
final class FolderHaul {
    /** What became of a batch. */
    sealed interface Outcome {
        /** Committed; these mails need no further look, these are announced and cannot be read, and of these it is not known yet from whom they are. */
        record Kept(UidSet settled, UidSet missing, Map<Long, Unproved> unproved) implements Outcome {
            /** Copies the map. */
            public Kept {
                unproved = Map.copyOf(unproved);
            }
        }

        /** The session, or the disk, is of no use now; before this mail came, which was the first to come, or 0. */
        record Lost(Problem problem, long at) implements Outcome {}

        /** The folder is settled under another UIDVALIDITY by now. */
        record Outdated() implements Outcome {}
    }

    /**
     * A mail of which it is not known yet from whom it is.
     *
     * @param why for people
     * @param asked false where there was no time to ask
     */
    record Unproved(Problem why, boolean asked) {}

    private static final Logger LOG = LazyLogger.of(FolderHaul.class);

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final MailboxSession session;
    private final FolderFetch fetch;
    private final Strand strand;
    private final Consumer<Outcome> then;
    private final Map<Long, Sighting> sightings = new LinkedHashMap<>();
    private UidSet missing = UidSet.EMPTY;
    private final Map<Long, Unproved> unproved = new LinkedHashMap<>();
    /** Mails of our own that concern nobody. */
    private UidSet canaries = UidSet.EMPTY;

    private int tests;
    private boolean ended;

    FolderHaul(
            ReaderDesk desk,
            WatchedFolder watched,
            MailboxSession session,
            FolderFetch fetch,
            Strand strand,
            Consumer<Outcome> then) {
        this.desk = desk;
        this.watched = watched;
        this.session = session;
        this.fetch = fetch;
        this.strand = strand;
        this.then = outcome -> {
            ended = true;
            desk.shortLooks().handled();
            then.accept(outcome);
        };
    }

    private long uidValidity() {
        return session.folder().uidValidity();
    }

    void begin(UidSet chunk) {
        desk.shortLooks().inHand(desk.ports().clock().nanos());
        List<Glimpse> glimpses = new ArrayList<>();
        Result<Boolean> looked = OneByOne.look(session, chunk, glimpses::add);
        UidSet given = UidSet.of(glimpses.stream().map(Glimpse::uid).toList());
        if (looked instanceof Result.Failed<Boolean>(Problem problem)) {
            UidSet left = chunk.minus(given);
            then.accept(new Outcome.Lost(problem, left.min()));
            return;
        }
        missing = chunk.minus(given);
        Result<UidSet> own = desk.canaries().take(watched, session, glimpses);
        if (own instanceof Result.Failed<UidSet>(Problem problem)) {
            then.accept(new Outcome.Lost(problem, 0));
            return;
        }
        canaries = own instanceof Result.Ok<UidSet>(UidSet uids) ? uids : UidSet.EMPTY;
        glimpses.removeIf(glimpse -> canaries.contains(glimpse.uid()));
        for (Glimpse glimpse : fitting(glimpses)) {
            UidKey key = new UidKey(watched.folder(), uidValidity(), glimpse.uid());
            sightings.put(
                    glimpse.uid(),
                    Sighting.of(
                            key.identity(watched.mailbox()),
                            glimpse,
                            desk.opener().header(glimpse.header()).orElse(null),
                            watched.settings()));
        }
        round();
    }

    /** As many as may be fetched for one report, at least one; the others come with the next. */
    private List<Glimpse> fitting(List<Glimpse> glimpses) {
        ReaderLimits limits = watched.settings().limits();
        List<Glimpse> fitting = new ArrayList<>();
        long bytes = 0;
        for (Glimpse glimpse : glimpses) {
            bytes += glimpse.size();
            if (!fitting.isEmpty() && bytes > limits.chunkBytes()) {
                break;
            }
            fitting.add(glimpse);
        }
        return fitting;
    }

    /** Whatever ends it, the reader hears of it and connects anew. */
    private void round() {
        try {
            fetchAndReport();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError bug) {
            if (ended) {
                throw bug;
            }
            LOG.log(Level.ERROR, "reading mails of " + watched.label() + " ended by a bug", bug);
            String name = bug.getClass().getSimpleName();
            then.accept(new Outcome.Lost(Problem.of(AgentMessage.WORK_BUG, "what", watched.label(), "bug", name), 0));
        }
    }

    /** Fetches what the watches of this moment may want, and reports. */
    private void fetchAndReport() {
        WatchLists.Known watches = desk.watchLists().of(watched.mailbox());
        List<Sighting> wanted = sightings.values().stream()
                .filter(one -> one.raw() == null && one.wantsBody(watches))
                .toList();
        Problem problem = fetch.fetch(session, wanted, ByteBudgets.Admission.EACH);
        if (problem != null) {
            sightings.values().forEach(desk::keepForLater);
            then.accept(new Outcome.Lost(problem, fetch.lostAt()));
            return;
        }
        Problem notNow = wanted.stream()
                .map(Sighting::notNow)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (notNow != null) {
            sightings.values().forEach(desk::keepForLater);
            then.accept(new Outcome.Lost(notNow, 0));
            return;
        }
        putOff(wanted);
        for (Sighting one : wanted) {
            if (one.isPutOff()) {
                sightings.remove(one.glimpse.uid());
            } else if (!one.tooLarge() && (one.raw() == null || !one.isAsAnnounced())) {
                forget(one);
            }
        }
        report(watches);
    }

    /** They are looked at again when the budget is free. */
    private void putOff(List<Sighting> wanted) {
        fetch.putOff()
                .add(UidSet.of(wanted.stream()
                        .filter(Sighting::isPutOff)
                        .map(one -> one.glimpse.uid())
                        .toList()));
    }

    private void forget(Sighting one) {
        RawMail raw = one.raw();
        if (raw != null) {
            desk.discard(raw.place());
        }
        sightings.remove(one.glimpse.uid());
        missing = missing.plus(UidSet.of(one.glimpse.uid()));
    }

    private void report(WatchLists.Known watches) {
        Map<Sighting, Report.Found> judged = new HashMap<>();
        Problem notNow = judge(watches, judged);
        if (notNow != null) {
            sightings.values().forEach(desk::keepForLater);
            then.accept(new Outcome.Lost(notNow, 0));
            return;
        }
        List<Report.Found> found = sightings.values().stream()
                .map(one -> Objects.requireNonNull(judged.get(one)))
                .toList();
        UidSet uids = UidSet.of(sightings.keySet()).plus(canaries);
        if (uids.isEmpty()) {
            then.accept(new Outcome.Kept(UidSet.EMPTY, missing, unproved));
            return;
        }
        Report.MailsFound report = new Report.MailsFound(
                desk.ports().ids().next(),
                found,
                new Report.Settled(watched.mailbox(), watched.folder(), uidValidity(), uids));
        desk.asking()
                .<Verdict>ask(
                        "report of mails",
                        () -> true,
                        answer -> desk.ports().manager().found(report, answer),
                        verdict -> strand.post(() -> take(verdict, uids)));
    }

    /** Judges all; those of which it is not known yet from whom they are need not keep the others waiting. */
    private @Nullable Problem judge(WatchLists.Known watches, Map<Sighting, Report.Found> judged) {
        AgentPorts ports = desk.ports();
        ProofRound<Sighting> round =
                new ProofRound<>(ports.clock(), ports.settings().proofTime());
        List<Problem> stops = new ArrayList<>();
        Map<Sighting, Problem> open = new LinkedHashMap<>();
        round.judge(
                List.copyOf(sightings.values()),
                Comparator.comparing(one -> one.glimpse.uid(), fetch.proofs().order()),
                (one, mayAsk) -> switch (one.found(watches, desk.opener(), mayAsk)) {
                    case Result.Ok<Report.Found>(Report.Found found) -> {
                        judged.put(one, found);
                        open.remove(one);
                        yield ProofRound.Next.JUDGED;
                    }
                    case Result.Failed<Report.Found>(Problem why)
                    when one.unproved() != null -> {
                        open.put(one, why);
                        yield ProofRound.Next.OPEN;
                    }
                    case Result.Failed<Report.Found>(Problem why) -> {
                        stops.add(why);
                        yield ProofRound.Next.STOP;
                    }
                });
        if (!stops.isEmpty()) {
            return stops.getFirst();
        }
        open.forEach((one, why) -> {
            desk.keepForLater(one);
            sightings.remove(one.glimpse.uid());
            unproved.put(one.glimpse.uid(), new Unproved(why, !round.unasked(one)));
        });
        return null;
    }

    private void take(Verdict verdict, UidSet uids) {
        switch (verdict) {
            case Verdict.Kept(List<Verdict.KeptMail> mails) -> {
                discardUnneeded(mails);
                then.accept(new Outcome.Kept(uids, missing, unproved));
            }
            case Verdict.Stale(var lists) -> {
                desk.watchLists().put(lists);
                again();
            }
            case Verdict.Outdated ignored -> {
                discardUnknown();
                then.accept(new Outcome.Outdated());
            }
        }
    }

    /** Where watches change faster than mails can be matched, it is tried again a little later. */
    private void again() {
        AgentSettings settings = desk.ports().settings();
        if (++tests < settings.retests()) {
            round();
        } else {
            tests = 0;
            desk.ports().tasks().after(settings.askAgain(), "report mails again", () -> strand.post(this::round));
        }
    }

    private void discardUnneeded(List<Verdict.KeptMail> kept) {
        int i = 0;
        for (Sighting one : sightings.values()) {
            if (!kept.get(i++).rawKept()) {
                discard(one);
            }
        }
    }

    /** The same report may have been taken in before, and its answer lost: then somebody needs them. */
    private void discardUnknown() {
        desk.discardUnknown(sightings.values().stream()
                .map(Sighting::raw)
                .filter(Objects::nonNull)
                .map(RawMail::place)
                .toList());
    }

    private void discard(Sighting one) {
        @Nullable RawMail raw = one.raw();
        if (raw != null) {
            desk.discard(raw.place());
        }
    }
}
