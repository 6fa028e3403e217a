package ekiden.wait;

import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import ekiden.wait.WaitRecord.Mail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a state say: which mails were taken, which have their receipt, for which nothing is left. A fold of records, without clock
 * and disk. One thread at a time.
 */
public final class WaitBook {
    /** Mails that are known again when a folder numbers its mails anew, at most. */
    static final int MOST_TRACES = 100_000;

    private static final int MOST_LAST = 8;

    private String id = "";
    private long next = 1;
    private boolean ended = true;
    private final Map<Long, WaitRecord.Open> open = new TreeMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final KeySet settled = new KeySet();
    private final Map<String, Mail> timed = new LinkedHashMap<>();
    private final Map<String, Integer> openings = new LinkedHashMap<>();
    /** Key to trace of mails for which nothing is left, the newest last: to know them under new UIDs. */
    private final Map<String, String> traces = new LinkedHashMap<>();

    private List<String> beingOpened = List.of();

    /** Takes in one record, in the order of the journal. */
    void apply(WaitRecord record) {
        ended = switch (record) {
            case WaitRecord.Ended last -> true;
            case WaitRecord.Snapshot snapshot -> snapshot.ended();
            case WaitRecord.Begun first -> true;
            case WaitRecord other -> false;
        };
        switch (record) {
            case WaitRecord.Begun begun -> id = begun.id();
            case WaitRecord.Taken taken -> take(taken);
            case WaitRecord.Given given -> UidSet.parse(given.numbers()).forEach(this::give);
            case WaitRecord.Done done -> settle(UidSet.parse(done.numbers()));
            case WaitRecord.Opening opening -> {
                beingOpened = opening.keys();
                beingOpened.forEach(key -> openings.merge(key, 1, Integer::sum));
            }
            case WaitRecord.Opened opened -> {
                beingOpened.forEach(openings::remove);
                beingOpened = List.of();
            }
            case WaitRecord.Ended last -> {}
            case WaitRecord.Snapshot snapshot -> restore(snapshot);
        }
    }

    private void take(WaitRecord.Taken taken) {
        long number = taken.first();
        for (Mail mail : taken.mails()) {
            put(new WaitRecord.Open(number, mail, false));
            number++;
        }
        next = Math.max(next, number);
    }

    private void put(WaitRecord.Open entry) {
        open.put(entry.number(), entry);
        numbers.put(entry.mail().key(), entry.number());
        timed.remove(entry.mail().key());
    }

    private void give(long number) {
        open.computeIfPresent(number, (same, entry) -> new WaitRecord.Open(number, entry.mail(), true));
    }

    private void settle(UidSet done) {
        List<String> keys = new ArrayList<>();
        done.forEach(number -> {
            WaitRecord.Open entry = open.remove(number);
            if (entry != null) {
                numbers.remove(entry.mail().key(), number);
                remember(entry.mail());
                if (entry.mail().until() == null && KeySet.fits(entry.mail().key())) {
                    keys.add(entry.mail().key());
                } else {
                    timed.put(entry.mail().key(), entry.mail());
                }
            }
        });
        settled.add(keys);
    }

    private void remember(Mail mail) {
        if (mail.trace() != null) {
            traces.put(mail.key(), mail.trace());
            if (traces.size() > MOST_TRACES) {
                traces.remove(traces.keySet().iterator().next());
            }
        }
    }

    private void restore(WaitRecord.Snapshot snapshot) {
        id = snapshot.id();
        next = snapshot.next();
        snapshot.open().forEach(this::put);
        snapshot.settled().forEach((group, set) -> settled.put(group, UidSet.parse(set)));
        snapshot.timed().forEach(mail -> timed.put(mail.key(), mail));
        openings.putAll(snapshot.openings());
        traces.putAll(snapshot.traces());
    }

    /**
     * All of it in one record. Of what has run out nothing is kept.
     *
     * @param now the present
     * @return a record that makes an equal book
     */
    WaitRecord.Snapshot snapshot(Instant now) {
        long second = now.getEpochSecond();
        List<Mail> remembered = timed.values().stream()
                .filter(mail -> mail.until() == null || mail.until() >= second)
                .toList();
        return new WaitRecord.Snapshot(
                id, next, ended, List.copyOf(open.values()), settled.written(), remembered, openings, traces);
    }

    /** {@return the id of the state, empty before its first record} */
    String id() {
        return id;
    }

    /** {@return the number of the next mail that is taken} */
    long next() {
        return next;
    }

    /** {@return whether the last call ended by itself} */
    boolean ended() {
        return ended;
    }

    /** {@return the entry of a mail with something left to be done, or null} */
    WaitRecord.@Nullable Open open(String key) {
        Long number = numbers.get(key);
        return number == null ? null : open.get(number);
    }

    /** {@return the entry with a number and something left to be done, or null} */
    WaitRecord.@Nullable Open open(long number) {
        return open.get(number);
    }

    /** {@return what is left to be done, oldest first} */
    List<WaitRecord.Open> open() {
        return List.copyOf(open.values());
    }

    /** {@return whether nothing is left to be done for a mail whose identity holds for ever} */
    boolean settled(String key) {
        return settled.contains(key);
    }

    /** {@return what is known of a mail for which nothing is left and whose identity runs out, or null} */
    @Nullable
    Mail timed(String key) {
        return timed.get(key);
    }

    /** {@return the UIDs of a group ({@code folder/UIDVALIDITY}) for which nothing is left} */
    UidSet settledIn(String group) {
        return settled.of(group);
    }

    /**
     * What is known of a folder under other UIDVALIDITYs.
     *
     * @param any whether there is anything
     * @param traces what its mails looked like that got their lines, as far as somebody looked, with how many looked so
     */
    record Before(boolean any, Map<Trace, Integer> traces) {}

    /**
     * @param folder the folder's name
     * @param group {@code folder/UIDVALIDITY}, the present one
     * @return what is known of it under others, where nothing is known under this one
     */
    Before before(String folder, String group) {
        boolean any = false;
        for (String other : settled.groups()) {
            any |= !other.equals(group) && isOf(other, folder);
        }
        Map<Trace, Integer> looks = new HashMap<>();
        traces.forEach((key, trace) -> add(key, trace, folder, group, looks));
        for (WaitRecord.Open entry : open.values()) {
            String other = entry.mail().key();
            any |= !other.startsWith(group + "/")
                    && isOf(other.substring(0, Math.max(0, other.lastIndexOf('/'))), folder);
            if (entry.given()) {
                add(other, entry.mail().trace(), folder, group, looks);
            }
        }
        return new Before(any, looks);
    }

    /**
     * @param group {@code folder/UIDVALIDITY}
     * @return what the last mails looked like for which nothing is left, by UID, as far as somebody looked; a few
     */
    Map<Long, Trace> last(String group) {
        TreeMap<Long, Trace> last = new TreeMap<>();
        traces.forEach((key, trace) -> {
            int slash = group.length();
            if (key.startsWith(group) && key.lastIndexOf('/') == slash && KeySet.fits(key)) {
                last.put(Long.valueOf(key.substring(slash + 1)), trace(trace));
                if (last.size() > MOST_LAST) {
                    last.pollFirstEntry();
                }
            }
        });
        return last;
    }

    private static void add(
            String key, @Nullable String trace, String folder, String group, Map<Trace, Integer> looks) {
        String other = key.substring(0, Math.max(0, key.lastIndexOf('/')));
        if (trace != null && !other.equals(group) && isOf(other, folder)) {
            looks.merge(trace(trace), 1, Integer::sum);
        }
    }

    private static Trace trace(String written) {
        int colon = written.indexOf(':');
        return new Trace(Long.parseLong(written.substring(0, colon)), written.substring(colon + 1));
    }

    /** What a mail looked like; one at which nobody looked is like no other. */
    static Trace trace(Mail mail) {
        return mail.trace() == null ? new Trace(-1, "") : trace(mail.trace());
    }

    /** Whether a group is the folder's: a slash and a number follow its name. */
    private static boolean isOf(String group, String folder) {
        int slash = group.lastIndexOf('/');
        return slash == folder.length() && group.startsWith(folder);
    }

    /** {@return how often a process ended while this mail was being parsed} */
    int openings(String key) {
        return openings.getOrDefault(key, 0);
    }
}
