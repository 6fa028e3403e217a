package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.link.Assignment.Candidate;
import ekiden.link.Report;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.TestedMail;
import ekiden.mail.receive.Glimpse;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.OneByOne;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidKey;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tests a new watch against mails of one folder that the catalogue holds: each that may match is looked for at the server again, and must still
 * be there, unread, and the same. On the reader's strand.
 */
final class FolderTest implements FolderWork {
    /** What came of it, and by their numbers mails of which it is not known yet from whom they are; null where the manager asks again. */
    record Outcome(List<Report.Match> matches, List<Report.Change> changes, Map<Long, FolderHaul.Unproved> open) {}

    private final ReaderDesk desk;
    private final WatchedFolder watched;
    private final FolderFetch fetch;
    private final Conditions conditions;
    private final @Nullable String ownDomain;
    private final Map<Long, Candidate> candidates = new LinkedHashMap<>();
    private final Map<Long, FolderHaul.Unproved> open = new LinkedHashMap<>();
    private final long uidValidity;
    private final BooleanSupplier stillWorth;
    private final Consumer<@Nullable Outcome> then;
    private long lostAt;

    /** The candidates are all of one UIDVALIDITY. */
    FolderTest(
            FolderReader reader,
            Assignment.TestMails order,
            Map<UidKey, Candidate> candidates,
            BooleanSupplier stillWorth,
            Consumer<@Nullable Outcome> then) {
        this.desk = reader.desk();
        this.watched = reader.watched();
        this.fetch = reader.fetch();
        this.conditions = order.conditions();
        this.ownDomain = order.ownDomain();
        this.stillWorth = stillWorth;
        this.then = then;
        this.uidValidity = candidates.keySet().iterator().next().uidValidity();
        candidates.forEach((key, candidate) -> this.candidates.put(key.uid(), candidate));
    }

    @Override
    public @Nullable Problem run(MailboxSession session) {
        if (session.folder().uidValidity() != uidValidity || !stillWorth.getAsBoolean()) {
            then.accept(null);
            return null;
        }
        lostAt = 0;
        List<Report.Change> changes = new ArrayList<>();
        Result<UidSet> still = stillThere(session, changes);
        if (still instanceof Result.Failed<UidSet>(Problem problem)) {
            return problem;
        }
        Map<Long, Glimpse> glimpses = new HashMap<>();
        UidSet wanted = still instanceof Result.Ok<UidSet>(UidSet there) ? there : UidSet.EMPTY;
        if (!wanted.isEmpty()
                && OneByOne.look(session, wanted, one -> glimpses.put(one.uid(), one))
                        instanceof Result.Failed<Boolean>(Problem problem)) {
            UidSet left = wanted.minus(UidSet.of(glimpses.keySet()));
            lostAt = left.min();
            return problem;
        }
        List<Sighting> sightings = sightings(glimpses);
        Problem problem = fetch.fetch(session, sightings, ByteBudgets.Admission.TOGETHER);
        lostAt = fetch.lostAt();
        for (Sighting one : sightings) {
            problem = problem == null ? one.notNow() : problem;
        }
        if (problem != null) {
            sightings.forEach(desk::keepForLater);
            return problem;
        }
        if (sightings.stream().anyMatch(Sighting::isPutOff)) {
            // it is asked again with the next sweep
            sightings.forEach(desk::keepForLater);
            then.accept(null);
            return null;
        }
        open.clear();
        wanted.minus(UidSet.of(glimpses.keySet())).forEach(this::notGiven);
        return switch (matches(sightings)) {
            case Result.Ok<List<Report.Match>>(List<Report.Match> matches) -> {
                then.accept(new Outcome(matches, changes, open));
                yield null;
            }
            case Result.Failed<List<Report.Match>>(Problem notNow) -> {
                sightings.forEach(desk::keepForLater);
                yield notNow;
            }
        };
    }

    @Override
    public long lostAt() {
        return lostAt;
    }

    /** The candidates that count still; of the others it is noted what became of them. */
    private Result<UidSet> stillThere(MailboxSession session, List<Report.Change> changes) {
        UidSet asked = UidSet.of(candidates.keySet());
        // the unread ones first: what is removed between the two searches is gone, and was not read
        Result<UidSet> unread =
                watched.settings().unreadOnly() ? session.search(Wanted.UNREAD, asked) : Result.ok(asked);
        return unread.then(wanted -> session.search(Wanted.ALL, asked).then(there -> {
            asked.minus(there).forEach(uid -> changes.add(change(uid, CatalogueMail.On.VANISH)));
            UidSet left = asked.and(there);
            left.minus(wanted).forEach(uid -> changes.add(change(uid, CatalogueMail.On.SEE_READ)));
            return Result.ok(left.and(wanted));
        }));
    }

    private Report.Change change(long uid, CatalogueMail.On on) {
        Candidate candidate = candidate(uid);
        return new Report.Change(candidate.mail(), candidate.identity(), on);
    }

    private Candidate candidate(long uid) {
        Candidate candidate = candidates.get(uid);
        if (candidate == null) {
            throw new IllegalStateException("not asked about " + uid);
        }
        return candidate;
    }

    /** Those that are the same mails as when they were read first; another one under the same UID is no match. */
    private List<Sighting> sightings(Map<Long, Glimpse> glimpses) {
        List<Sighting> sightings = new ArrayList<>();
        candidates.forEach((uid, candidate) -> {
            Glimpse glimpse = glimpses.get(uid);
            if (glimpse != null && glimpse.trace().equals(candidate.trace())) {
                MailIdentity identity = candidate.identity();
                // one that was too large is a candidate because a person let it in
                sightings.add(new Sighting(identity, glimpse, candidate.summary(), watched.settings()).ofAnySize());
            }
        });
        return sightings;
    }

    /** Those that match; or why one of them cannot be judged now, and then nothing is discarded. */
    private Result<List<Report.Match>> matches(List<Sighting> sightings) {
        List<Report.Match> matches = new ArrayList<>();
        List<String> unneeded = new ArrayList<>();
        List<Sighting> waiting = new ArrayList<>();
        for (Sighting one : sightings) {
            RawMail raw = one.raw();
            WholeMail read = one.opened();
            if (raw == null || read == null) {
                notGiven(one.glimpse.uid());
                continue;
            }
            switch (judged(one, read)) {
                case Result.Ok<Optional<MailSummary>>(Optional<MailSummary> taken) ->
                    taken.ifPresentOrElse(
                            summary -> matches.add(new Report.Match(
                                    candidate(one.glimpse.uid()).mail(), raw, summary)),
                            () -> unneeded.add(raw.place()));
                case Result.Failed<Optional<MailSummary>> unproved
                when open.containsKey(candidate(one.glimpse.uid()).mail()) -> waiting.add(one);
                case Result.Failed<Optional<MailSummary>>(Problem notNow) -> {
                    return Result.failed(notNow);
                }
            }
        }
        waiting.forEach(desk::keepForLater);
        unneeded.forEach(desk::discard);
        return Result.ok(matches);
    }

    /** It is there, and the server does not hand it out now: whether it matches is not known, so it is tested again by itself. */
    private void notGiven(long uid) {
        Problem announced = new ReaderProblems(watched).announcedOnly(uid);
        open.put(candidate(uid).mail(), new FolderHaul.Unproved(announced, true));
    }

    /** Which watches of the stream it matched when it came stays known. */
    private MailFacts facts(Sighting one, TestedMail mail) {
        MailFacts before = candidate(one.glimpse.uid()).summary().facts();
        return before == null ? mail.facts() : mail.facts().matching(before.matched());
    }

    /** What the catalogue shall have of a mail that matches; empty for one that does not. */
    private Result<Optional<MailSummary>> judged(Sighting one, WholeMail read) {
        if (read.problem() != null) {
            return Result.ok(Optional.empty());
        }
        QuestionTime time = desk.lateProofs().time(watched.mailbox());
        try (QuestionTime.Turn turn = time.turn()) {
            return judged(one, read, turn);
        }
    }

    private Result<Optional<MailSummary>> judged(Sighting one, WholeMail read, QuestionTime.Turn turn) {
        return switch (one.tested(desk.opener(), desk.watchLists().surroundings(watched.mailbox(), ownDomain), turn)) {
            case Result.Failed<TestedMail>(Problem wrong)
            when wrong.kind() == MessageId.Kind.RETRYABLE -> Result.failed(wrong);
            case Result.Failed<TestedMail> unreadable -> Result.ok(Optional.empty());
            case Result.Ok<TestedMail>(TestedMail mail) ->
                switch (Matcher.verdict(conditions, mail)) {
                    case MET -> Result.ok(Optional.of(read.summary().with(facts(one, mail))));
                    case MISSED -> Result.ok(Optional.empty());
                    case OPEN -> Result.failed(notNow(one, mail, turn));
                };
        };
    }

    private Problem notNow(Sighting one, TestedMail mail, QuestionTime.Turn turn) {
        Problem why = mail.unproved();
        if (why == null) {
            return desk.opener().noRoom();
        }
        open.put(candidate(one.glimpse.uid()).mail(), new FolderHaul.Unproved(why, !turn.refused()));
        return why;
    }

    @Override
    public void giveUp() {
        then.accept(null);
    }
}
