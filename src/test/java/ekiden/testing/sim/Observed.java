package ekiden.testing.sim;

import ekiden.link.Assignment;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Work;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Claim;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import ekiden.store.Transaction;
import ekiden.testing.sim.Violation.Checker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What each commit made durable, in the order of the commits: mails that came, watches that opened and closed, claims. */
final class Observed {
    private static final int ALL = 100_000;
    static final long NEVER = Long.MAX_VALUE;

    /** A mail in the catalogue. */
    static final class MailFact {
        final CatalogueMail row;
        final long inserted;
        /** When, by the world's clock. */
        final long at;

        long arrived = NEVER;
        long left = NEVER;

        MailFact(CatalogueMail row, long inserted, long at) {
            this.row = row;
            this.inserted = inserted;
            this.at = at;
        }
    }

    /** A watch instance, known from definitions and runs. */
    static final class WatchFact {
        final String id;
        final ReceiveMail rule;
        final boolean job;
        final long opened;
        final long order;
        long joined = NEVER;
        long closed = NEVER;

        WatchFact(String id, ReceiveMail rule, boolean job, long opened, long order) {
            this.id = id;
            this.rule = rule;
            this.job = job;
            this.opened = opened;
            this.order = order;
        }
    }

    /** A claim and the commit it was made in. */
    record ClaimFact(Claim claim, long at) {}

    final Map<Long, MailFact> mails = new LinkedHashMap<>();
    final Map<String, WatchFact> watches = new LinkedHashMap<>();
    final Map<String, ClaimFact> claims = new LinkedHashMap<>();
    /** When a folder was first settled under a UIDVALIDITY, by the world's clock. */
    final Map<String, List<Long>> beginnings = new LinkedHashMap<>();

    private final Map<String, Cursor> cursors = new LinkedHashMap<>();

    private final SimWorld world;
    private long commit;

    Observed(SimWorld world) {
        this.world = world;
    }

    /** A transaction was committed. */
    void look() {
        commit++;
        world.store.read(tx -> {
            mails(tx);
            cursors(tx);
            Set<String> open = new LinkedHashSet<>();
            starts(tx, open);
            jobs(tx, open);
            watches.values().stream()
                    .filter(watch -> watch.closed == NEVER && !open.contains(watch.id))
                    .forEach(watch -> watch.closed = commit);
            tx.outbox().waiting(SimWorld.AGENT, 0, ALL).forEach(row -> world.sendTruth.assigned(row.assignment()));
            return true;
        });
    }

    private void mails(Transaction tx) {
        for (CatalogueMail row : tx.mails().list(null, null, ALL)) {
            MailFact fact = mails.computeIfAbsent(row.id(), id -> new MailFact(row, commit, world.clock.nanos()));
            boolean unread = row.state() == CatalogueMail.State.UNREAD;
            if (unread && fact.arrived == NEVER) {
                fact.arrived = commit;
            } else if (!unread && fact.arrived != NEVER && fact.left == NEVER) {
                fact.left = commit;
            }
            for (Claim claim : tx.claims().of(row.id())) {
                if (claims.putIfAbsent(claim.id(), new ClaimFact(claim, commit)) == null && row.atServer()) {
                    world.durable.taken(row);
                }
            }
        }
    }

    /** What is settled stays settled until the UIDs are given anew. */
    private void cursors(Transaction tx) {
        for (String profile : world.hasServers() ? SimServer.PROFILES : List.<String>of()) {
            for (Cursor cursor : tx.cursors().of(profile)) {
                String label = profile + "/" + cursor.folder();
                Cursor before = cursors.put(label, cursor);
                if (before == null || before.uidValidity() != cursor.uidValidity()) {
                    beginnings.computeIfAbsent(label, key -> new ArrayList<>()).add(world.clock.nanos());
                } else if (!before.settled().minus(cursor.settled()).isEmpty()) {
                    world.violate(Checker.LETTERS, "what was settled in " + label + " is not settled any more");
                }
            }
        }
    }

    /** A canary's: start conditions end, as jobs do. */
    void endStarts(String mailbox) {
        world.store.write(tx -> {
            tx.watches().on(mailbox).stream()
                    .filter(watch -> watch.attempt() == null)
                    .forEach(watch -> tx.watches().remove(watch.id()));
            return true;
        });
    }

    private void starts(Transaction tx, Set<String> open) {
        for (Definition definition : tx.definitions().list()) {
            ReceiveMail start = definition.jobnet().start();
            if (start != null) {
                String id = Watch.startId(definition.id());
                open(tx, id, start, false, open);
                if (tx.watches().find(id).isEmpty()) {
                    world.violate(
                            Checker.STARTS, id + " of " + definition.jobnet().name() + " waits no more");
                }
            }
        }
    }

    private void jobs(Transaction tx, Set<String> open) {
        for (Run run : tx.runs().list(null, ALL)) {
            if (run.status() == RunStatus.RUNNING) {
                Definition definition = tx.definitions().find(run.definition()).orElseThrow();
                run.jobs().forEach(job -> job(tx, run, definition, job, open));
            }
        }
    }

    private void job(Transaction tx, Run run, Definition definition, JobRun job, Set<String> open) {
        Work work = definition.jobnet().job(job.name()).work();
        if (job.status() == JobStatus.RUNNING && work instanceof ReceiveMail rule) {
            AttemptId attempt = new AttemptId(run.id(), job.name(), job.attempt());
            open(tx, Watch.jobId(attempt), rule, true, open);
        }
    }

    private void open(Transaction tx, String id, ReceiveMail rule, boolean job, Set<String> open) {
        open.add(id);
        WatchFact fact = watches.computeIfAbsent(id, key -> new WatchFact(id, rule, job, commit, watches.size()));
        if (fact.joined == NEVER && tx.watches().find(id).filter(Watch::joined).isPresent()) {
            fact.joined = commit;
        }
    }

    /** The mail of the outside world that a row stands for. */
    Optional<SimMail> outside(CatalogueMail row) {
        if (row.atServer()) {
            CatalogueMail first = Objects.requireNonNull(mails.get(row.id())).row;
            return world.server().letter(first.identity()).map(letter -> letter.mail);
        }
        String key = row.sender() + " " + row.recipient() + " " + sha(row);
        return Optional.ofNullable(world.mailsByKey.get(key));
    }

    private String sha(CatalogueMail row) {
        return row.raw() != null
                ? row.raw().sha256()
                : Objects.requireNonNull(
                                Objects.requireNonNull(mails.get(row.id())).row.raw())
                        .sha256();
    }

    /** Something for the agent to save that nobody wants. */
    Optional<Assignment> unwanted() {
        Set<Long> taken = new LinkedHashSet<>();
        claims.values().forEach(claim -> taken.add(claim.claim().mail()));
        return mails.values().stream()
                .filter(mail -> mail.arrived != NEVER && mail.row.raw() != null && !taken.contains(mail.row.id()))
                .findFirst()
                .map(mail -> new Assignment.SaveMail(
                        mail.row.id() + "@start/nobody",
                        mail.row.id(),
                        Objects.requireNonNull(mail.row.raw()),
                        mail.row.received(),
                        SimWorld.FILES.resolve("u1/mail").toString(),
                        "0-start",
                        null,
                        null,
                        null,
                        true,
                        null,
                        null,
                        null));
    }
}
