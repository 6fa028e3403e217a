package ekiden.wait;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.match.WatchSet;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.Reading;
import ekiden.mail.mime.Trial;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.Trace;
import ekiden.model.mail.UidSet;
import ekiden.wait.WaitDecider.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a batch, without threads: {@link #open} by one thread, {@link #finish} by one, the same or another, in the order of the batches.
 */
public final class WaitWork {
    private static final Logger LOG = LazyLogger.of(WaitWork.class);
    private static final String WATCH = "wait";
    private static final int LINES_BYTES = 1 << 16;

    private final Ports ports;
    private final WaitJournal journal;
    private final @Nullable WatchSet watch;
    private final AtomicInteger room;
    /** Mails whose lines are written and whose receipts are not known to be durable yet; and those of which the mailbox may know. */
    private final SortedMap<Long, WaitRecord.Mail> given = new TreeMap<>();

    private final SortedMap<Long, WaitRecord.Mail> toAcknowledge = new TreeMap<>();
    private final List<WaitFiles.Order> toClear = new ArrayList<>();
    private int printed;
    private boolean allSaved = true;

    /**
     * What it stands on.
     *
     * @param clock the clock
     * @param mailbox the name of the mailbox in identities
     * @param conditions which mails; all lists empty for any mail
     * @param count how many mails are taken at most
     * @param files saves
     * @param out takes the lines; where it cannot, the call ends
     * @param trial opens suspect mails apart
     * @param opening what is opened of a mail
     * @param limits bounds
     */
    public record Ports(
            Clock clock,
            String mailbox,
            Conditions conditions,
            int count,
            WaitFiles files,
            Lines out,
            Trial trial,
            Opening opening,
            WaitLimits limits) {}

    /** Where lines go. */
    public interface Lines {
        /**
         * Writes and flushes.
         *
         * @param lines whole lines
         * @return whether they went out; false where nobody reads any more
         */
        boolean write(byte[] lines);
    }

    /**
     * A batch after its first step.
     *
     * @param mails as they arrived
     * @param readings what was read of each
     * @param verdicts one for each; null for one that does not match
     */
    record Batch(List<Arrival> mails, List<Reading> readings, List<@Nullable Verdict> verdicts) {
        /** What comes behind the last batch. */
        static Batch end() {
            return new Batch(List.of(), List.of(), List.of());
        }

        boolean isEnd() {
            return mails.isEmpty();
        }
    }

    /**
     * What a batch came to.
     *
     * @param acknowledge mails that may be acknowledged, by number
     * @param problems of mails that got an error in their lines
     */
    record Finished(SortedMap<Long, WaitRecord.Mail> acknowledge, List<Problem> problems) {}

    WaitWork(Ports ports, WaitJournal journal) {
        this.ports = ports;
        this.journal = journal;
        this.room = new AtomicInteger(ports.count());
        Conditions wanted = ports.conditions();
        this.watch = wanted.none() ? null : new WatchSet(Map.of(WATCH, wanted));
    }

    /** Begins: what an earlier call left of its files is removed. */
    @Nullable
    Problem begin() throws IOException {
        synchronized (journal) {
            WaitBook book = journal.book();
            Set<Long> unfinished = new HashSet<>();
            book.open().stream().filter(open -> !open.given()).forEach(open -> unfinished.add(open.number()));
            return ports.files().begin(book.id(), book.ended() ? null : unfinished);
        }
    }

    /** Opens mails, matches and takes them. What was decided is not durable yet. */
    Batch open(List<Arrival> mails) throws IOException {
        List<Reading> readings = read(mails);
        List<Integer> matching = new ArrayList<>();
        List<WaitRecord.Mail> matched = new ArrayList<>();
        for (int i = 0; i < mails.size(); i++) {
            if (matches(i, mails, readings)) {
                matching.add(i);
                matched.add(identified(mails.get(i), readings.get(i)));
            }
        }
        List<@Nullable Verdict> verdicts = new ArrayList<>(Collections.nCopies(mails.size(), null));
        synchronized (journal) {
            WaitDecider.Decision decision = WaitDecider.found(
                    journal.book(), matched, room.get(), ports.clock().now());
            if (decision.record() != null) {
                journal.append(decision.record());
            }
            for (int i = 0; i < matching.size(); i++) {
                verdicts.set(matching.get(i), decision.verdicts().get(i));
            }
        }
        int taken = 0;
        for (Verdict verdict : verdicts) {
            taken += verdict instanceof Verdict.Take ? 1 : 0;
        }
        room.addAndGet(-taken);
        return new Batch(mails, readings, verdicts);
    }

    /** Equal bytes without Message-ID and Date are the same mail for a shorter time only. */
    private WaitRecord.Mail identified(Arrival arrival, Reading reading) {
        WaitRecord.Mail mail = arrival.mail();
        boolean undated = reading instanceof Reading.Readable(Message message)
                && message.summary().messageId() == null
                && message.summary().date() == null;
        if (mail.until() == null || !undated) {
            return mail;
        }
        long until = arrival.received().plus(ports.limits().joinWindowUndated()).getEpochSecond();
        return new WaitRecord.Mail(mail.key(), mail.place(), until, mail.trace());
    }

    /** No mail is taken from now on. */
    void noMore() {
        room.set(0);
    }

    /** How many more mails are taken. */
    int room() {
        return Math.max(0, room.get());
    }

    /** The UIDs of a group for which nothing is left to be done. */
    UidSet settled(String group) {
        synchronized (journal) {
            return journal.book().settledIn(group);
        }
    }

    /** What is known of a folder under other UIDVALIDITYs. */
    WaitBook.Before before(String folder, String group) {
        synchronized (journal) {
            return journal.book().before(folder, group);
        }
    }

    /** What the last mails of a group looked like. */
    Map<Long, Trace> last(String group) {
        synchronized (journal) {
            return journal.book().last(group);
        }
    }

    /** What earlier calls left to be done. */
    List<WaitRecord.Open> open() {
        synchronized (journal) {
            return journal.book().open();
        }
    }

    /** One for which the memory does not suffice is unreadable: otherwise it would end each call again, and no mail behind it would ever be seen. */
    private boolean matches(int number, List<Arrival> mails, List<Reading> readings) throws IOException {
        try {
            return matches(mails.get(number), readings.get(number));
        } catch (OutOfMemoryError full) {
            LOG.log(
                    Level.ERROR,
                    "no memory to compare mail " + mails.get(number).mail().key(),
                    full);
            readings.set(number, new Reading.Unreadable(Problem.of(MimeMessage.NO_MEMORY)));
            return true;
        }
    }

    /** An unreadable mail concerns whoever waits for any: it is told, not passed over. */
    private boolean matches(Arrival arrival, Reading reading) throws IOException {
        return switch (reading) {
            case Reading.Unreadable bad -> true;
            case Reading.Readable(Message message) -> watch == null || WholeMail.matches(watch, message, arrival.raw());
        };
    }

    private List<Reading> read(List<Arrival> mails) throws IOException {
        Map<String, Arrival> byKey = new HashMap<>();
        List<String> keys = new ArrayList<>();
        Map<String, Reading> readings = new HashMap<>();
        for (Arrival mail : mails) {
            String key = mail.mail().key();
            byKey.put(key, mail);
            Problem problem = notToBeOpened(mail);
            if (problem != null) {
                readings.put(key, new Reading.Unreadable(problem));
            } else if (mail.mail().place() == null) {
                keys.add(key);
            }
        }
        List<List<String>> groups;
        synchronized (journal) {
            groups = WaitDecider.openings(journal.book(), keys);
        }
        for (List<String> group : groups) {
            journal.append(new WaitRecord.Opening(group));
            for (String key : group) {
                readings.put(
                        key,
                        MessageReader.read(
                                Objects.requireNonNull(byKey.get(key)).raw(), MimeLimits.DEFAULT, ports.opening()));
            }
            journal.append(new WaitRecord.Opened());
        }
        List<Reading> inOrder = new ArrayList<>(mails.size());
        for (Arrival mail : mails) {
            Reading reading = readings.get(mail.mail().key());
            inOrder.add(
                    reading != null ? reading : MessageReader.read(mail.raw(), MimeLimits.DEFAULT, ports.opening()));
        }
        return inOrder;
    }

    private @Nullable Problem notToBeOpened(Arrival mail) {
        if (mail.problem() != null) {
            return mail.problem();
        }
        String key = mail.mail().key();
        int openings;
        synchronized (journal) {
            openings = Math.max(mail.openings(), journal.book().openings(key));
        }
        WaitMessage accused = switch (WaitDecider.suspicion(openings, ports.limits())) {
            case NONE -> null;
            case SUSPECT ->
                switch (ports.trial().of(mail.uid(), mail.raw())) {
                    case HARMLESS -> null;
                    case HARMFUL -> WaitMessage.OPENED_TOO_OFTEN;
                    case NOT_HELD -> WaitMessage.NOT_TRIED;
                };
            case GUILTY -> WaitMessage.OPENED_TOO_OFTEN;
        };
        return accused == null ? null : Problem.of(accused, "mail", key, "count", openings);
    }

    /** Makes durable what {@link #open} decided. */
    void force() throws IOException {
        journal.force();
    }

    /** A mail that was taken, on its way to its receipt. */
    private static final class Item {
        final long number;
        final Arrival arrival;
        final WaitFiles.@Nullable Order order;
        Optional<SavedMail> saved = Optional.empty();

        @Nullable
        Problem problem;

        Item(Verdict.Take take, Arrival arrival, Reading reading) {
            this.number = take.number();
            this.arrival = arrival;
            this.order = reading instanceof Reading.Readable(Message message)
                    ? new WaitFiles.Order(take.number(), take.again(), arrival, message)
                    : null;
            this.problem = reading instanceof Reading.Unreadable(Problem why) ? why : null;
        }

        /** What is wrong with the mail itself stays wrong: it is told once. */
        boolean given() {
            return problem == null || (order == null && problem.kind() != MessageId.Kind.RETRYABLE);
        }
    }

    /**
     * Saves and prints, and makes the receipts durable; where another batch follows at once they share the force with what that one took.
     *
     * @param batch what was opened
     * @param more whether another one follows at once
     * @param unreadable told of mails whose lines say that they cannot be read
     * @return what may be acknowledged now, perhaps of the batch before; or why there is no use in going on
     */
    Result<Finished> finish(Batch batch, boolean more, BiConsumer<WaitRecord.Mail, Problem> unreadable)
            throws IOException {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < batch.mails.size(); i++) {
            if (batch.verdicts.get(i) instanceof Verdict.Take take) {
                items.add(new Item(take, batch.mails.get(i), batch.readings.get(i)));
            }
        }
        if (!items.isEmpty()) {
            save(items);
            if (!ports.out().write(lines(items))) {
                return Result.failed(WaitMessage.OUTPUT);
            }
            printed += items.size();
            for (Item item : items) {
                Problem problem = item.problem;
                if (problem != null && item.given()) {
                    unreadable.accept(item.arrival.mail(), problem);
                }
            }
            receipts(items);
        }
        batch.mails.forEach(mail -> mail.raw().close());
        return Result.ok(finished(batch, items, more));
    }

    private void save(List<Item> items) throws IOException {
        List<WaitFiles.Order> orders = orders(items);
        ports.files().prepare(orders);
        // from here on files may be seen, so it has to be known under which numbers
        journal.force();
        durable();
        for (Item item : items) {
            if (item.order != null) {
                switch (ports.files().save(item.order)) {
                    case Result.Ok<Optional<SavedMail>>(Optional<SavedMail> saved) -> item.saved = saved;
                    case Result.Failed<Optional<SavedMail>>(Problem problem) -> item.problem = problem;
                }
            }
        }
        Problem problem = ports.files().force();
        if (problem != null) {
            items.stream().filter(item -> item.problem == null).forEach(item -> item.problem = problem);
        }
    }

    private static List<WaitFiles.Order> orders(List<Item> items) {
        List<WaitFiles.Order> orders = new ArrayList<>(items.size());
        for (Item item : items) {
            if (item.order != null && item.problem == null) {
                orders.add(item.order);
            }
        }
        return orders;
    }

    private byte[] lines(List<Item> items) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(LINES_BYTES);
        for (Item item : items) {
            String identity = identity(item.arrival);
            lines.write(
                    item.problem != null || item.order == null
                            ? WaitLine.error(Objects.requireNonNull(item.problem), identity)
                            : WaitLine.of(item.order, item.saved, identity));
        }
        return lines.toByteArray();
    }

    private String identity(Arrival arrival) {
        return new MailIdentity(ports.mailbox(), arrival.mail().key()).toString();
    }

    private void receipts(List<Item> items) throws IOException {
        List<Long> givenNumbers = new ArrayList<>(items.size());
        List<Long> toldNumbers = new ArrayList<>();
        for (Item item : items) {
            if (item.given()) {
                givenNumbers.add(item.number);
                if (item.problem != null) {
                    toldNumbers.add(item.number);
                }
            }
        }
        UidSet given = UidSet.of(givenNumbers);
        UidSet told = UidSet.of(toldNumbers);
        if (!given.isEmpty()) {
            journal.append(WaitDecider.given(given));
            if (!told.isEmpty()) {
                journal.append(WaitDecider.done(told));
            }
        }
        allSaved &= given.size() == items.size();
        toClear.addAll(orders(items));
    }

    /** The receipts of the batches before are durable. */
    private void durable() {
        ports.files().clear(toClear);
        toClear.clear();
        toAcknowledge.putAll(given);
        given.clear();
    }

    private Finished finished(Batch batch, List<Item> items, boolean more) throws IOException {
        List<Problem> problems = new ArrayList<>();
        for (Item item : items) {
            if (item.problem == null) {
                given.put(item.number, item.arrival.mail());
            } else {
                problems.add(item.problem);
            }
        }
        for (int i = 0; i < batch.mails.size(); i++) {
            if (batch.verdicts.get(i) instanceof Verdict.Acknowledge(long number)) {
                toAcknowledge.put(number, batch.mails.get(i).mail());
            }
        }
        if (!more && !items.isEmpty()) {
            journal.force();
        }
        if (!more) {
            durable();
        }
        SortedMap<Long, WaitRecord.Mail> now = new TreeMap<>(toAcknowledge);
        toAcknowledge.clear();
        return new Finished(now, problems);
    }

    /** The mailbox knows of mails. Becomes durable with the next force; lost, the mailbox is only told again. */
    void acknowledged(UidSet numbers) throws IOException {
        if (!numbers.isEmpty()) {
            journal.append(WaitDecider.done(numbers));
        }
    }

    /** The call ends by itself, and nothing is under way. */
    void end() throws IOException {
        if (ports.files().end() == null && allSaved) {
            journal.append(new WaitRecord.Ended());
        }
        journal.force();
        journal.compact(ports.clock().now());
    }

    /** Lines that were printed. */
    int printed() {
        return printed;
    }
}
