package ekiden.agent;

import ekiden.base.Problem;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The readers of all folders at servers that an agent watches. Work on a mail goes to the reader of its folder; what has no reader now is dropped
 * and comes again with the next sweep. Safe from any thread.
 */
final class MailboxReaders {
    private final ReaderDesk desk;
    private final Map<String, FolderReader> readers = new ConcurrentHashMap<>();
    private boolean begun;
    private List<WatchedFolder> wanted = List.of();
    private Set<String> before = Set.of();

    MailboxReaders(ReaderDesk desk) {
        this.desk = desk;
    }

    /** Begins, once what was left in the spool is known. */
    synchronized void begin() {
        begun = true;
        follow(wanted);
        settle(before);
    }

    /** Ends the readers of folders that are wanted no more or otherwise, and begins those that are missing; says whether any ended. */
    synchronized boolean follow(List<WatchedFolder> folders) {
        wanted = List.copyOf(folders);
        if (!begun) {
            return false;
        }
        boolean ended = false;
        Map<String, WatchedFolder> next = new LinkedHashMap<>();
        folders.forEach(folder -> next.put(folder.label(), folder));
        for (FolderReader reader : List.copyOf(readers.values())) {
            WatchedFolder now = next.get(reader.watched().label());
            if (now == null || !same(now, reader.watched())) {
                readers.remove(reader.watched().label());
                reader.stop();
                ended = true;
            }
        }
        desk.restingLooks().readers(next.size());
        for (WatchedFolder folder : next.values()) {
            if (!readers.containsKey(folder.label())) {
                desk.watchLists().refresh(folder.mailbox());
                FolderReader reader = new FolderReader(desk, folder);
                readers.put(folder.label(), reader);
                reader.start();
            }
        }
        return ended;
    }

    /**
     * Alarms about folders that readers before these raised: one whose folder is watched ends when its reader has an answer, others end
     * at once.
     */
    synchronized void settle(Set<String> open) {
        if (!begun) {
            before = Set.copyOf(open);
            return;
        }
        for (String key : open) {
            if (key.startsWith(FolderReader.ALARM)) {
                FolderReader reader = readers.get(key.substring(FolderReader.ALARM.length()));
                settle(key, reader, FolderReader::wasTold);
            } else if (key.startsWith(FolderDeeds.ALARM)) {
                FolderReader reader = readers.get(key.substring(FolderDeeds.ALARM.length()));
                settle(key, reader, FolderReader::wasToldOfDeeds);
            } else if (key.startsWith(PutOffMails.ALARM)) {
                FolderReader reader = readers.get(key.substring(PutOffMails.ALARM.length()));
                settle(key, reader, one -> one.fetch().putOff().before());
            } else if (key.startsWith(AnnouncedMails.ALARM)) {
                int last = key.lastIndexOf('/');
                int label = Math.min(last, AnnouncedMails.ALARM.length());
                long uid = Long.parseLong(key.substring(last + 1));
                settle(key, readers.get(key.substring(label, last)), reader -> reader.wasTold(uid));
            }
        }
    }

    private void settle(String key, @Nullable FolderReader watched, Consumer<FolderReader> told) {
        if (watched == null) {
            desk.reports().alarm(desk.ports().ids().next(), key, null);
        } else {
            told.accept(watched);
        }
    }

    private static boolean same(WatchedFolder one, WatchedFolder other) {
        return one.settings().equals(other.settings()) && one.version().equals(other.version());
    }

    synchronized void stop() {
        follow(List.of());
    }

    List<ReaderStatus> statuses() {
        return readers.values().stream()
                .map(FolderReader::status)
                .sorted((a, b) -> (a.mailbox() + "/" + a.folder()).compareTo(b.mailbox() + "/" + b.folder()))
                .toList();
    }

    /** {@return quick looks of all readers in the last second, about} */
    long shortLooks() {
        return desk.shortLooks().used(desk.ports().clock().nanos());
    }

    boolean isIdle() {
        return readers.values().stream().allMatch(FolderReader::isIdle);
    }

    /** A person allows the new UIDs of a mailbox's folders to be followed. */
    void resume(String mailbox) {
        of(mailbox).forEach(FolderReader::resume);
    }

    /** Has the folders of a mailbox looked at soon, where their readers wait. */
    void look(String mailbox) {
        of(mailbox).stream()
                .filter(reader -> reader.status().phase() == ReaderPhase.WAITING)
                .forEach(reader -> reader.add(new FolderLook()));
    }

    private List<FolderReader> of(String mailbox) {
        return readers.values().stream()
                .filter(reader -> reader.watched().mailbox().equals(mailbox))
                .toList();
    }

    private @Nullable FolderReader of(String mailbox, UidKey key) {
        return readers.get(mailbox + "/" + key.folder());
    }

    void afterReceive(Assignment.DoAfterReceive order, Runnable done) {
        UidKey key = UidKey.of(order.identity().key()).orElse(null);
        FolderReader reader = key == null ? null : of(order.identity().mailbox(), key);
        if (reader == null || key == null) {
            done.run();
            return;
        }
        reader.add(new FolderDeeds.Order(order, key.uidValidity(), key.uid(), endless(reader.watched(), order), done));
    }

    /** A mail that is moved, and not read by that, into a folder which the same profile watches would be a new one there, for the same jobs. */
    private @Nullable Problem endless(WatchedFolder watched, Assignment.DoAfterReceive order) {
        String target = order.action().moveTo();
        boolean staysNew = !order.action().read() || !watched.settings().unreadOnly();
        if (target == null || order.action().delete() || !staysNew) {
            return null;
        }
        boolean comesAgain = of(watched.mailbox()).stream()
                .anyMatch(reader -> sameFolder(reader.watched().folder(), target));
        return comesAgain
                ? Problem.of(ReceiveMessage.MOVED_IN_CIRCLE, "mailbox", watched.mailbox(), "folder", target)
                : null;
    }

    /** RFC 3501, 5.1: INBOX has no case. */
    private static boolean sameFolder(String one, String other) {
        return one.equals(other) || ("INBOX".equalsIgnoreCase(one) && "INBOX".equalsIgnoreCase(other));
    }

    /**
     * Tests a watch against mails of a mailbox, folder by folder; {@code answer} gets null where it must be asked again, also where
     * {@code stillWorth} says no when its turn has come.
     */
    void test(Assignment.TestMails order, BooleanSupplier stillWorth, Consumer<FolderTest.@Nullable Outcome> answer) {
        Map<String, Map<UidKey, Assignment.Candidate>> parts = new LinkedHashMap<>();
        String mailbox = "";
        for (Assignment.Candidate candidate : order.mails()) {
            mailbox = candidate.identity().mailbox();
            Optional<UidKey> key = UidKey.of(candidate.identity().key());
            if (key.isPresent()) {
                parts.computeIfAbsent(
                                UidKey.prefix(key.get().folder(), key.get().uidValidity()),
                                part -> new LinkedHashMap<>())
                        .put(key.get(), candidate);
            }
        }
        Gathered gathered = new Gathered(parts.size(), answer);
        for (Map<UidKey, Assignment.Candidate> part : parts.values()) {
            FolderReader reader = of(mailbox, part.keySet().iterator().next());
            if (reader == null) {
                gathered.take(null);
            } else {
                reader.add(new FolderTest(reader, order, part, stillWorth, gathered::take));
            }
        }
        if (parts.isEmpty()) {
            answer.accept(new FolderTest.Outcome(List.of(), List.of(), Map.of()));
        }
    }

    /** Joins what came of several folders. */
    private final class Gathered {
        private final Consumer<FolderTest.@Nullable Outcome> answer;
        private final List<Report.Match> matches = new ArrayList<>();
        private final List<Report.Change> changes = new ArrayList<>();
        private final Map<Long, FolderHaul.Unproved> open = new LinkedHashMap<>();
        private int left;
        private boolean again;

        Gathered(int parts, Consumer<FolderTest.@Nullable Outcome> answer) {
            this.left = parts;
            this.answer = answer;
        }

        void take(FolderTest.@Nullable Outcome outcome) {
            synchronized (this) {
                left--;
                if (outcome == null) {
                    again = true;
                } else {
                    matches.addAll(outcome.matches());
                    changes.addAll(outcome.changes());
                    open.putAll(outcome.open());
                }
                if (left > 0) {
                    return;
                }
            }
            if (again) {
                matches.forEach(match -> desk.discard(match.raw().place()));
                answer.accept(null);
                return;
            }
            matches.sort((one, other) -> Long.compare(one.mail(), other.mail()));
            answer.accept(new FolderTest.Outcome(matches, changes, open));
        }
    }

    /** Fetches a mail whose bytes are not here; {@code answer} gets null where it must be asked again. */
    void fetch(Assignment.TreatQuarantined order, Consumer<FolderOne.@Nullable Outcome> answer) {
        UidKey key = UidKey.of(order.identity().key()).orElse(null);
        FolderReader reader = key == null ? null : of(order.identity().mailbox(), key);
        if (reader == null || key == null) {
            answer.accept(null);
            return;
        }
        reader.add(new FolderOne(reader, order, key, answer));
    }

    /** Asks each folder of a mailbox what is in it. */
    void survey(String mailbox, Consumer<List<FolderSeen>> answer) {
        List<FolderReader> folders = of(mailbox);
        FolderSurvey.all(folders, answer);
    }
}
