package ekiden.wait;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.mime.RawSource;
import ekiden.mail.receive.smtpd.Delivery;
import ekiden.mail.receive.smtpd.Envelope;
import ekiden.mail.receive.smtpd.RecipientVerdict;
import ekiden.mail.receive.smtpd.SmtpdIdentity;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolEntry;
import ekiden.mail.spool.SpoolMessage;
import ekiden.mail.spool.Suspicion;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidSet;
import ekiden.wait.WaitDecider.Verdict;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A listener of the call's own, and the mailbox behind it: a spool of the profile in the home. It holds what matched no call yet; a mail whose receipt
 * and acknowledgement are durable is removed from it. 250 is said when the mail is in the spool and the verdict on it is durable.
 */
public final class ListenerSource implements MailSource, Delivery {
    private static final Logger LOG = LazyLogger.of(ListenerSource.class);
    private static final int UID_DIGITS = 16;

    private final Spool spool;
    private final Tasks tasks;
    private final WaitLimits limits;
    private final Function<Delivery, Result<AutoCloseable>> listen;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> needed = new HashMap<>();
    private volatile @Nullable Intake intake;
    private volatile @Nullable AutoCloseable listener;
    private volatile boolean ended;

    /**
     * @param spool the mailbox behind the listener
     * @param tasks takes up what earlier calls left
     * @param limits bounds
     * @param listen starts the listener
     */
    public ListenerSource(
            Spool spool, Tasks tasks, WaitLimits limits, Function<Delivery, Result<AutoCloseable>> listen) {
        this.spool = spool;
        this.tasks = tasks;
        this.limits = limits;
        this.listen = listen;
    }

    /** A spool entry with recipients whose verdicts are not there yet. */
    private static final class Waiting {
        final CompletableFuture<List<RecipientVerdict>> answer = new CompletableFuture<>();
        final List<String> keys;
        /** For each recipient the number of its key. */
        final List<Integer> recipients;

        final Map<String, RecipientVerdict> verdicts = new HashMap<>();

        Waiting(List<String> keys, List<Integer> recipients) {
            this.keys = keys;
            this.recipients = recipients;
        }

        synchronized void add(String key, RecipientVerdict verdict) {
            verdicts.put(key, verdict);
            if (verdicts.keySet().containsAll(keys)) {
                answer.complete(recipients.stream()
                        .map(index -> verdicts.get(keys.get(index)))
                        .toList());
            }
        }
    }

    @Override
    public @Nullable Problem start(Intake taker) {
        intake = taker;
        Result<List<SpoolEntry>> left = left();
        if (left instanceof Result.Failed<List<SpoolEntry>>(Problem problem)) {
            return problem;
        }
        switch (listen.apply(this)) {
            case Result.Failed<AutoCloseable>(Problem problem) -> {
                return problem;
            }
            case Result.Ok<AutoCloseable>(AutoCloseable started) -> listener = started;
        }
        tasks.run("take up what was left", () -> takeUp(((Result.Ok<List<SpoolEntry>>) left).value()));
        return null;
    }

    /** Entries that the process before left. A damaged one cannot come from a crash of ours, and moves to quarantine. */
    private Result<List<SpoolEntry>> left() {
        List<SpoolEntry> entries = new ArrayList<>();
        for (String place : spool.unsettled()) {
            switch (spool.entry(place)) {
                case Result.Ok<SpoolEntry>(SpoolEntry entry) -> entries.add(entry);
                case Result.Failed<SpoolEntry>(Problem problem)
                when problem.id().equals(SpoolMessage.DAMAGED.id())
                        && spool.quarantine(place, problem).isEmpty() ->
                    LOG.log(Level.WARNING, "entry {0} is damaged and moves to quarantine", place);
                case Result.Failed<SpoolEntry>(Problem problem) -> {
                    return Result.failed(problem);
                }
            }
        }
        return Result.ok(entries);
    }

    @Override
    public boolean waitedFor() {
        return true;
    }

    /** One after another: a mail that ends the process must not leave its opening mark on innocent ones. */
    private void takeUp(List<SpoolEntry> entries) {
        for (SpoolEntry entry : entries) {
            if (ended) {
                return;
            }
            boolean suspect = entry.openings() > 0;
            if (suspect && spool.suspicion(entry) != Suspicion.GUILTY) {
                spool.markOpening(entry.place());
            }
            CompletableFuture<List<RecipientVerdict>> verdict =
                    take(Envelope.of(entry.header()), entry.mail(), entry.openings());
            if (suspect) {
                verdict.join();
            }
        }
    }

    @Override
    public CompletableFuture<List<RecipientVerdict>> deliver(Envelope envelope, RawMail mail) {
        return take(envelope, mail, 0);
    }

    private CompletableFuture<List<RecipientVerdict>> take(Envelope envelope, RawMail mail, int openings) {
        List<String> keys = new ArrayList<>();
        List<Arrival> arrivals = new ArrayList<>();
        for (List<String> recipients : envelope.mailboxes().values()) {
            String key = SmtpdIdentity.key(envelope.sender(), recipients, mail.sha256());
            switch (spool.open(mail)) {
                case Result.Failed<RawSource>(Problem gone) -> {
                    return CompletableFuture.completedFuture(envelope.recipients().stream()
                            .<RecipientVerdict>map(each -> new RecipientVerdict.Deferred(gone))
                            .toList());
                }
                case Result.Ok<RawSource>(RawSource raw) -> {
                    keys.add(key);
                    arrivals.add(arrival(key, mail.place(), envelope.received(), raw, openings));
                }
            }
        }
        Waiting entry = new Waiting(keys, indexes(envelope));
        waiting.put(mail.place(), entry);
        synchronized (needed) {
            needed.put(mail.place(), new HashSet<>(keys));
        }
        Intake present = intake;
        if (present == null || ended) {
            giveUp(mail.place());
        } else {
            present.arrived(arrivals);
        }
        return entry.answer;
    }

    /** Recipients of one mailbox share its mail, and so its verdict. */
    private static List<Integer> indexes(Envelope envelope) {
        List<String> mailboxes = List.copyOf(envelope.mailboxes().keySet());
        return envelope.recipients().stream()
                .map(recipient -> mailboxes.indexOf(recipient.mailbox()))
                .toList();
    }

    private Arrival arrival(String key, String place, Instant received, RawSource raw, int openings) {
        // how long an equal submission is the same one; the shorter time for undated mails is decided when it was read
        long until = received.plus(limits.joinWindow()).getEpochSecond();
        return new Arrival(
                new WaitRecord.Mail(key, place, until), key.substring(0, UID_DIGITS), raw, received, null, openings);
    }

    @Override
    public void decided(List<Arrival> mails, List<@Nullable Verdict> verdicts) {
        for (int i = 0; i < mails.size(); i++) {
            WaitRecord.Mail mail = mails.get(i).mail();
            String place = String.valueOf(mail.place());
            Verdict verdict = verdicts.get(i);
            if (verdict instanceof Verdict.Known) {
                notNeeded(mail);
            }
            Waiting entry = waiting.get(place);
            if (entry != null) {
                entry.add(mail.key(), new RecipientVerdict.Accepted(note(verdict)));
                if (entry.answer.isDone()) {
                    waiting.remove(place);
                    told(place, spool.markOpened(place));
                }
            }
        }
    }

    private static String note(@Nullable Verdict verdict) {
        return switch (verdict) {
            case null -> "kept";
            case Verdict.Take(long number, boolean again) -> "mail " + number;
            case Verdict.Acknowledge(long number) -> "mail " + number;
            case Verdict.Known known -> "joined";
            case Verdict.Enough enough -> "kept";
        };
    }

    private static void told(String place, Optional<Problem> problem) {
        problem.ifPresent(wrong -> LOG.log(Level.WARNING, "entry {0}: {1}", place, wrong));
    }

    @Override
    public void unreadable(WaitRecord.Mail mail, Problem problem) {
        String place = String.valueOf(mail.place());
        told(place, spool.quarantine(place, problem));
    }

    @Override
    public void finished(List<Arrival> handled, SortedMap<Long, WaitRecord.Mail> acknowledge) {
        acknowledge.values().forEach(this::notNeeded);
        Intake present = intake;
        if (present != null) {
            present.acknowledged(UidSet.of(acknowledge.keySet()));
        }
    }

    /** The entry goes when none of its recipients needs it. Not forced: one that comes back is known. */
    private void notNeeded(WaitRecord.Mail mail) {
        String place = String.valueOf(mail.place());
        boolean last;
        synchronized (needed) {
            Set<String> keys = needed.getOrDefault(place, new HashSet<>());
            keys.remove(mail.key());
            last = keys.isEmpty();
            if (last) {
                needed.remove(place);
            }
        }
        if (last) {
            told(place, spool.delete(place));
        }
    }

    private void giveUp(String place) {
        Waiting entry = waiting.remove(place);
        if (entry != null) {
            Problem problem = Problem.of(WaitMessage.ENDING);
            entry.keys.forEach(key -> entry.add(key, new RecipientVerdict.Deferred(problem)));
        }
    }

    @Override
    public @Nullable Problem finish() {
        ended = true;
        List.copyOf(waiting.keySet()).forEach(this::giveUp);
        AutoCloseable started = listener;
        if (started != null) {
            try {
                started.close();
            } catch (Exception bug) {
                LOG.log(Level.WARNING, "closing the listener", bug);
            }
        }
        return null;
    }

    /** How long the connections have to end. */
    public static final Duration STOP_GRACE = Duration.ofSeconds(1);
}
