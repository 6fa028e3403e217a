package ekiden.store.memory;

import ekiden.base.Problem;
import ekiden.model.run.Alarm;
import ekiden.model.run.Watch;
import ekiden.store.Alarms;
import ekiden.store.Claims;
import ekiden.store.Cursors;
import ekiden.store.Definitions;
import ekiden.store.Mails;
import ekiden.store.Outbox;
import ekiden.store.Owner;
import ekiden.store.Reports;
import ekiden.store.Runs;
import ekiden.store.SentMails;
import ekiden.store.Transaction;
import ekiden.store.Watches;
import ekiden.timer.Timers;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One transaction on {@link Tables}; of no use once it has ended. */
final class MemoryTransaction implements Transaction {
    private final Tables tables;
    private @Nullable Instant earliestTimer;
    private boolean ended;
    private boolean conflicted;

    MemoryTransaction(Tables tables) {
        this.tables = tables;
    }

    @Nullable
    Instant earliestTimer() {
        return earliestTimer;
    }

    void end() {
        ended = true;
    }

    /** Whether a compare-and-set did not hold, even if the work swallowed the exception. */
    boolean conflicted() {
        return conflicted;
    }

    Tables tables() {
        if (ended) {
            throw new IllegalStateException("the transaction has ended");
        }
        return tables;
    }

    Conflicted conflict(String what) {
        conflicted = true;
        return new Conflicted(what);
    }

    @Override
    public Definitions definitions() {
        return new MemoryDefinitions(this);
    }

    @Override
    public Runs runs() {
        return new MemoryRuns(this);
    }

    @Override
    public Mails mails() {
        return new MemoryMails(this);
    }

    @Override
    public SentMails sentMails() {
        return new MemorySentMails(this);
    }

    @Override
    public Cursors cursors() {
        return new MemoryCursors(this);
    }

    @Override
    public Watches watches() {
        return new MemoryWatches();
    }

    @Override
    public Claims claims() {
        return new MemoryClaims(this);
    }

    @Override
    public Outbox outbox() {
        return new MemoryOutbox(this);
    }

    @Override
    public Alarms alarms() {
        return new MemoryAlarms();
    }

    @Override
    public Owner owner() {
        return new MemoryOwner();
    }

    @Override
    public Reports reports() {
        return new MemoryReports();
    }

    @Override
    public Timers timers() {
        return new MemoryTimers();
    }

    private final class MemoryTimers implements Timers {
        @Override
        public void set(String id, Instant at) {
            tables().timers.put(id, at);
            if (earliestTimer == null || at.isBefore(earliestTimer)) {
                earliestTimer = at;
            }
        }

        @Override
        public void cancel(String id) {
            tables().timers.remove(id);
        }

        @Override
        public List<Due> due(Instant now, int limit) {
            return tables().due(now).stream().limit(limit).toList();
        }

        @Override
        public boolean fired(Due due) {
            return tables().fired(due);
        }

        @Override
        public Optional<Instant> next() {
            return tables().timers.values().stream().min(Comparator.naturalOrder());
        }
    }

    private final class MemoryWatches implements Watches {
        @Override
        public void insert(Watch watch) {
            if (tables().watches.get(watch.id()) != null) {
                throw conflict("watch " + watch.id());
            }
            tables().watches.put(watch.id(), watch);
        }

        @Override
        public void update(Watch watch) {
            if (tables().watches.get(watch.id()) == null) {
                throw new IllegalStateException("no watch " + watch.id());
            }
            tables().watches.put(watch.id(), watch);
        }

        @Override
        public void remove(String id) {
            tables().watches.remove(id);
        }

        @Override
        public Optional<Watch> find(String id) {
            return Optional.ofNullable(tables().watches.get(id));
        }

        @Override
        public List<Watch> on(String mailbox) {
            return tables().watches.values().stream()
                    .filter(watch -> watch.mailbox().equals(mailbox))
                    .sorted(Comparator.comparing(Watch::created).thenComparing(Watch::id))
                    .toList();
        }

        @Override
        public long version(String mailbox) {
            Long version = tables().watchVersions.get(mailbox);
            return version == null ? 0 : version;
        }

        @Override
        public long nextVersion(String mailbox) {
            long next = version(mailbox) + 1;
            tables().watchVersions.put(mailbox, next);
            return next;
        }
    }

    private final class MemoryAlarms implements Alarms {
        @Override
        public void raise(String key, Problem problem, Instant at) {
            if (open(key).isEmpty()) {
                long id = tables().lastAlarm.incrementAndGet();
                tables().alarms.put(id, new Alarm(id, key, problem, at, null));
            }
        }

        @Override
        public void clear(String key, Instant at) {
            open(key)
                    .ifPresent(open -> tables().alarms
                            .put(open.id(), new Alarm(open.id(), open.key(), open.problem(), open.since(), at)));
        }

        @Override
        public List<Alarm> list(boolean openOnly, int limit) {
            return tables().alarms.rows().descendingMap().values().stream()
                    .filter(alarm -> !openOnly || alarm.cleared() == null)
                    .limit(limit)
                    .toList();
        }

        private Optional<Alarm> open(String key) {
            return tables().alarms.values().stream()
                    .filter(alarm -> alarm.key().equals(key) && alarm.cleared() == null)
                    .findFirst();
        }
    }

    private final class MemoryReports implements Reports {
        @Override
        public boolean takeIn(UUID id, Instant at) {
            if (tables().reports.get(id) != null) {
                return false;
            }
            tables().reports.put(id, at);
            return true;
        }

        @Override
        public int forget(Instant before, int limit) {
            List<UUID> old = tables().reports.rows().entrySet().stream()
                    .filter(report -> report.getValue().isBefore(before))
                    .sorted(Map.Entry.comparingByValue())
                    .limit(limit)
                    .map(report -> report.getKey())
                    .toList();
            old.forEach(tables().reports::remove);
            return old.size();
        }
    }

    private final class MemoryOwner implements Owner {
        private static final String HOME = "home";

        @Override
        public Optional<UUID> find() {
            return Optional.ofNullable(tables().owner.get(HOME));
        }

        @Override
        public void take(UUID home) {
            if (find().isEmpty()) {
                tables().owner.put(HOME, home);
            }
        }
    }
}
