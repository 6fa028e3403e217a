package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.OneByOne;
import ekiden.mail.receive.ReaderLimits;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.spool.SpoolEntry;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Brings bodies from the server into the spool. What an earlier connection or process had fetched is used again; a large mail that was cut off
 * goes on where it was cut. Belongs to the reader's strand.
 */
final class FolderFetch {
    /** A smaller mail that was cut is fetched again from its beginning, and is here too soon for anybody to see it come. */
    private static final long WORTH_RESUMING = 1 << 20;

    private static final int MOST_CUT = 4;

    private final ReaderDesk desk;
    private final ReaderLimits limits;
    private final PutOffMails putOff;
    private final ProofWaits proofs;
    private final Runnable progress;
    /** Mails that were cut, with what is here of them. */
    private final Map<String, PartMail> cut = new LinkedHashMap<>();

    private long lostAt;
    private final Receipts receipts = new Receipts();

    private final AtomicLong fetched = new AtomicLong();
    private volatile ReaderStatus.@Nullable Receiving receiving;

    FolderFetch(ReaderDesk desk, ReaderLimits limits, FolderSight sight, Runnable progress) {
        this.desk = desk;
        this.limits = limits;
        this.putOff = sight.putOff();
        this.proofs = sight.proofs();
        this.progress = progress;
    }

    /**
     * Fetches what is not here yet, opens it, and notes it in each sighting. Those that the server does not give stay without bytes; so do those that the
     * budget of the server does not allow now, and know it.
     *
     * @param admission who may be fetched where the budget is nearly used up
     * @return why the session is of no more use, or why the disk takes nothing, or null
     */
    @Nullable
    Problem fetch(MailboxSession session, List<Sighting> wanted, ByteBudgets.Admission admission) {
        Map<Long, Sighting> missing = new LinkedHashMap<>();
        for (Sighting one : wanted) {
            if (!fromBefore(one)) {
                missing.put(one.glimpse.uid(), one);
            }
        }
        ByteBudgets.Taken taken = admit(missing, admission);
        long before = fetched.get();
        try {
            return fetch(session, missing);
        } finally {
            taken.over(fetched.get() - before);
        }
    }

    /** Those that are not admitted are put off. */
    private ByteBudgets.Taken admit(Map<Long, Sighting> missing, ByteBudgets.Admission admission) {
        List<Sighting> all = List.copyOf(missing.values());
        ByteBudgets.Taken taken = desk.budgets()
                .take(limits.budget(), all.stream().map(this::left).toList(), admission);
        for (Sighting one : all.subList(taken.mails(), all.size())) {
            one.putOff();
            missing.remove(one.glimpse.uid());
        }
        return taken;
    }

    /** What is still to come of a mail. */
    private long left(Sighting one) {
        PartMail part = cut.get(key(one));
        return Math.max(0, one.glimpse.size() - (part == null ? 0 : part.size()));
    }

    private @Nullable Problem fetch(MailboxSession session, Map<Long, Sighting> missing) {
        Sink sink = new Sink(missing);
        Map<Long, Long> before = new HashMap<>();
        missing.forEach((uid, one) -> before.put(uid, left(one)));
        lostAt = 0;
        Problem problem = resume(session, missing, sink);
        boolean resumed = problem == null;
        List<UidSet> chunks = chunks(
                missing.values().stream().filter(one -> one.raw() == null).toList());
        if (problem == null && !chunks.isEmpty()) {
            problem = problem(OneByOne.fetch(session, chunks, sink));
        }
        sink.abandonRest();
        if (problem != null && resumed) {
            lostAt = firstThatDidNotCome(missing, before);
        }
        return problem == null ? sink.diskProblem : problem;
    }

    /** Of which nothing came, so that the same will happen again; 0 where the next session begins further on. */
    private long firstThatDidNotCome(Map<Long, Sighting> missing, Map<Long, Long> before) {
        return missing.values().stream()
                .filter(one -> one.raw() == null)
                .findFirst()
                .filter(one -> left(one) == before.getOrDefault(one.glimpse.uid(), 0L))
                .map(one -> one.glimpse.uid())
                .orElse(0L);
    }

    /** {@return at which mail the session of the last {@link #fetch} ended without a byte of it that is kept, or 0} */
    long lostAt() {
        return lostAt;
    }

    private static @Nullable Problem problem(Result<Boolean> done) {
        return done instanceof Result.Failed<Boolean>(Problem problem) ? problem : null;
    }

    private boolean fromBefore(Sighting one) {
        SpoolEntry entry = desk.leftovers().take(one.identity);
        if (entry == null) {
            return false;
        }
        if (entry.mail().size() != one.glimpse.size()) {
            desk.discardUnknown(List.of(entry.place()));
            return false;
        }
        switch (desk.ports().spool().suspicion(entry)) {
            case NONE -> openAgain(one, entry);
            case SUSPECT -> tryApart(one, entry);
            case GUILTY -> accuse(one, entry);
        }
        return true;
    }

    private void openAgain(Sighting one, SpoolEntry entry) {
        desk.ports().spool().markOpening(entry.place());
        one.fetched(entry.mail(), read(entry.mail(), one).received(receipts.of(entry.place())));
    }

    private WholeMail read(RawMail raw, Sighting one) {
        return desk.opener()
                .read(raw, one.origin())
                .kept(desk.ports().settings().keptText());
    }

    /** Where no trial can be held now, the mail counts as one that cannot be read yet, and is tried again soon. */
    private void tryApart(Sighting one, SpoolEntry entry) {
        switch (Trials.of(desk.ports().trial(), desk.ports().spool(), entry.mail())) {
            case HARMLESS -> openAgain(one, entry);
            case HARMFUL -> accuse(one, entry);
            case NOT_HELD -> desk.leftovers().put(entry).ifPresent(twin -> desk.discard(twin.place()));
        }
    }

    private static void accuse(Sighting one, SpoolEntry entry) {
        Problem problem = Problem.of(AgentMessage.OPENED_TWICE, "count", entry.openings());
        one.fetched(entry.mail(), WholeMail.unreadable(problem));
    }

    private @Nullable Problem resume(MailboxSession session, Map<Long, Sighting> missing, Sink sink) {
        for (Sighting one : List.copyOf(missing.values())) {
            PartMail part = cut.get(key(one));
            if (part != null) {
                long left = left(one);
                Problem problem = problem(session.fetchFrom(one.glimpse.uid(), part.size(), sink));
                if (problem != null && !problem.id().equals(ReceiveMessage.REFUSED.id())) {
                    lostAt = left(one) == left ? one.glimpse.uid() : 0;
                    return problem;
                }
                if (problem != null && cut.remove(key(one), part)) {
                    // a server that gives no parts: the mail is fetched anew
                    part.abandon();
                }
            }
        }
        return null;
    }

    private static String key(Sighting one) {
        return one.identity + " " + one.trace;
    }

    private List<UidSet> chunks(List<Sighting> wanted) {
        List<UidSet> chunks = new ArrayList<>();
        List<Long> uids = new ArrayList<>();
        long bytes = 0;
        for (Sighting one : wanted) {
            boolean full = uids.size() >= limits.fetchMails() || bytes + one.glimpse.size() > limits.fetchBytes();
            if (full && !uids.isEmpty()) {
                chunks.add(UidSet.of(uids));
                uids.clear();
                bytes = 0;
            }
            uids.add(one.glimpse.uid());
            bytes += one.glimpse.size();
        }
        if (!uids.isEmpty()) {
            chunks.add(UidSet.of(uids));
        }
        return chunks;
    }

    /** {@return mails that wait for the budget of bytes} */
    PutOffMails putOff() {
        return putOff;
    }

    /** {@return mails of which it is not known yet from whom they are} */
    ProofWaits proofs() {
        return proofs;
    }

    /** {@return how many bytes of mails were fetched; from any thread} */
    long bytes() {
        return fetched.get();
    }

    /** {@return the large mail that is on its way just now, or null; from any thread} */
    ReaderStatus.@Nullable Receiving receiving() {
        return receiving;
    }

    /** Forgets what was cut; the reader ends. */
    void close() {
        cut.values().forEach(PartMail::abandon);
        cut.clear();
    }

    private final class Sink implements BodySink {
        private final Map<Long, Sighting> missing;
        private final List<PartMail> open = new ArrayList<>();
        private @Nullable Problem diskProblem;

        Sink(Map<Long, Sighting> missing) {
            this.missing = missing;
        }

        @Override
        public Body begin(long uid, long size) {
            Sighting one = missing.get(uid);
            if (one == null || one.raw() != null) {
                return new Dropped();
            }
            PartMail part = cut.remove(key(one));
            one.handedOut(part == null ? size : Math.max(size, size + part.size()));
            if (one.tooLarge()) {
                // read past, so that what is behind it comes
                if (part != null) {
                    part.abandon();
                }
                return new Dropped();
            }
            Result<PartMail> begun = part != null ? Result.ok(part) : entry(one);
            return switch (begun) {
                case Result.Ok<PartMail>(PartMail ok) -> {
                    open.add(ok);
                    ok.begin();
                    yield new Spooled(one, ok);
                }
                case Result.Failed<PartMail>(Problem problem) -> {
                    diskProblem = problem;
                    yield new Dropped();
                }
            };
        }

        private Result<PartMail> entry(Sighting one) {
            AgentPorts ports = desk.ports();
            return ports.spool()
                    .begin(ports.ids().next().toString(), Leftovers.header(one.identity, one.glimpse.received()))
                    .then(writer -> Result.ok(new PartMail(writer, ports.clock(), one.glimpse.size(), limits.large())));
        }

        /** What a failed call left open. */
        void abandonRest() {
            open.forEach(PartMail::abandon);
        }

        private final class Spooled implements Body {
            private final Sighting one;
            private final PartMail part;

            Spooled(Sighting one, PartMail part) {
                this.one = one;
                this.part = part;
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                part.write(bytes, from, length);
                fetched.addAndGet(length);
                progress.run();
                receiving = part.shown();
            }

            @Override
            public void end() {
                open.remove(part);
                receiving = null;
                switch (part.finish()) {
                    case Result.Ok<RawMail>(RawMail raw) -> {
                        part.receipt().ifPresent(receipt -> receipts.put(raw.place(), receipt));
                        one.fetched(raw, read(raw, one).received(receipts.of(raw.place())));
                    }
                    case Result.Failed<RawMail>(Problem problem) -> diskProblem = problem;
                }
            }

            @Override
            public void cut() {
                open.remove(part);
                receiving = null;
                if (part.size() < WORTH_RESUMING || part.failed()) {
                    part.abandon();
                    return;
                }
                if (cut.size() >= MOST_CUT) {
                    String eldest = cut.keySet().iterator().next();
                    PartMail old = cut.remove(eldest);
                    if (old != null) {
                        old.abandon();
                    }
                }
                cut.put(key(one), part);
            }
        }
    }

    private static final class Dropped implements BodySink.Body {
        @Override
        public void write(byte[] bytes, int from, int length) {
            // nobody asked for it
        }

        @Override
        public void end() {
            // nothing was kept
        }

        @Override
        public void cut() {
            // nothing was kept
        }
    }
}
