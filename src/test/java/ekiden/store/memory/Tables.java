package ekiden.store.memory;

import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.Returned;
import ekiden.model.run.Alarm;
import ekiden.model.run.Claim;
import ekiden.model.run.RecordedEvent;
import ekiden.model.run.Run;
import ekiden.model.run.Watch;
import ekiden.store.Definitions.Definition;
import ekiden.store.Outbox;
import ekiden.store.SentMails;
import ekiden.timer.Timers.Due;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** All rows of a store in memory. */
final class Tables {
    /** The key of an event: a run and a sequence number. */
    record EventKey(UUID run, long sequence) implements Comparable<EventKey> {
        private static final Comparator<EventKey> ORDER =
                Comparator.comparing(EventKey::run).thenComparingLong(EventKey::sequence);

        @Override
        public int compareTo(EventKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** The key of a cursor. */
    record FolderKey(String mailbox, String folder) implements Comparable<FolderKey> {
        private static final Comparator<FolderKey> ORDER =
                Comparator.comparing(FolderKey::mailbox).thenComparing(FolderKey::folder);

        @Override
        public int compareTo(FolderKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** A unit's present version. */
    record Current(UUID definition) {}

    /** An equal submission that joined a mail, and where its bytes had been. */
    record Join(Instant at, String place) {}

    final Table<UUID, Definition> definitions;
    final Table<String, Current> current;
    final Table<UUID, Run> runs;
    final Table<EventKey, RecordedEvent> events;
    final Table<Long, CatalogueMail> mails;
    final Table<Long, List<Join>> joins;
    final Table<FolderKey, Cursor> cursors;
    final Table<String, Watch> watches;
    final Table<String, Long> watchVersions;
    final Table<String, Claim> claims;
    final Table<Long, Outbox.Row> outbox;
    final Table<String, Long> outboxKeys;
    final Table<Long, Alarm> alarms;
    final Table<UUID, Instant> reports;
    final Table<String, Instant> timers;
    final Table<String, SentMails.Sender> sentMails;
    final Table<String, Returned> returned;
    final Table<String, UUID> owner;
    final AtomicLong lastMail = new AtomicLong();
    final AtomicLong lastOutbox = new AtomicLong();
    final AtomicLong lastAlarm = new AtomicLong();

    Tables(Undo undo) {
        definitions = new Table<>(undo);
        current = new Table<>(undo);
        runs = new Table<>(undo);
        events = new Table<>(undo);
        mails = new Table<>(undo);
        joins = new Table<>(undo);
        cursors = new Table<>(undo);
        watches = new Table<>(undo);
        watchVersions = new Table<>(undo);
        claims = new Table<>(undo);
        outbox = new Table<>(undo);
        outboxKeys = new Table<>(undo);
        alarms = new Table<>(undo);
        reports = new Table<>(undo);
        timers = new Table<>(undo);
        sentMails = new Table<>(undo);
        returned = new Table<>(undo);
        owner = new Table<>(undo);
    }

    List<Due> due(Instant now) {
        return timers.rows().entrySet().stream()
                .filter(timer -> !timer.getValue().isAfter(now))
                .map(timer -> new Due(timer.getKey(), timer.getValue()))
                .sorted(Comparator.comparing(Due::at).thenComparing(Due::id))
                .toList();
    }

    boolean fired(Due due) {
        boolean set = due.at().equals(timers.get(due.id()));
        if (set) {
            timers.remove(due.id());
        }
        return set;
    }
}
