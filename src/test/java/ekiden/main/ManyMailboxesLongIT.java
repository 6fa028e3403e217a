package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.SystemClock;
import ekiden.testing.ChildProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * 2,000 mailboxes in IDLE on a Dovecot that hibernates, in one process. {@code -Dekiden.many.mailboxes=N} for another number,
 * {@code -Dekiden.many.mails=N} where not each gets a mail. Dovecot wants as
 * many inotify watches and open files as there are mailboxes.
 *
 * <p>Dovecot 2.3 forgets a mail that comes in the half second before it puts a session to sleep, which only the next look finds. So the mails come
 * when all sleep, but looks wake four a second of them. A mail for one that is awake may be lost to the hint: it has to be there when the
 * folder is looked at next, and its time is told apart.
 */
class ManyMailboxesLongIT {
    private static final System.Logger LOG = System.getLogger(ManyMailboxesLongIT.class.getName());
    private static final int MAILBOXES = Integer.getInteger("ekiden.many.mailboxes", 2_000);
    private static final int MAILS = Math.min(MAILBOXES, Integer.getInteger("ekiden.many.mails", MAILBOXES));
    private static final long MOST_MEMORY = 400_000_000L;
    private static final int MOST_THREADS = 64;
    private static final long DETECTED_WITHIN_MILLIS = 3_000;
    /** Half the deadline of a mailbox, and a look's time: then each was looked at again. */
    private static final Duration NEXT_LOOK = Duration.ofMinutes(9);
    /** Between two mails. */
    private static final Duration SPACING = Duration.ofMillis(40);

    private static final String HIBERNATION = """
            protocol imap {
              imap_hibernate_timeout = 2s
            }
            """;

    private final SystemClock clock = new SystemClock();

    @TempDir
    private Path folder;

    @Test
    @Timeout(value = 25, unit = TimeUnit.MINUTES)
    void everyMailIsDetectedSoonInLittleMemoryAndFewThreads() throws Exception {
        try (MailboxFarm farm = new MailboxFarm(folder, MAILBOXES, HIBERNATION, "")) {
            long begun = clock.nanos();
            try (ChildProcess up = farm.start();
                    SavedFolders saved = new SavedFolders(farm)) {
                long opened = TimeUnit.NANOSECONDS.toSeconds(clock.nanos() - begun);
                farm.awaitSleep();
                long idle = up.memory().now();
                Set<String> awake = new HashSet<>();
                AtomicInteger threads = new AtomicInteger();
                Map<String, Long> accepted =
                        deliver(farm, awake, () -> threads.accumulateAndGet(threads(up.pid()), Math::max));
                Eventually.within(
                        NEXT_LOOK,
                        () -> MAILS + " mails to be saved: " + saved.count() + up.told(),
                        () -> saved.count() == MAILS);
                Latencies late = new Latencies();
                Latencies met = new Latencies();
                accepted.forEach((user, at) -> (awake.contains(user) ? met : late)
                        .add(saved.times(user).getFirst() - at));
                long peak = up.memory().peak();
                threads.accumulateAndGet(threads(up.pid()), Math::max);
                LOG.log(
                        Level.INFO,
                        "{0} mailboxes: all open after {1} s, RSS {2} MB idle, {3} MB at most, {4} threads at most, detected {5}; of those awake when it came {6}",
                        MAILBOXES,
                        opened,
                        idle / 1_000_000,
                        peak / 1_000_000,
                        threads.get(),
                        late,
                        met.count() == 0 ? "none" : met);
                assertThat(peak).isLessThan(MOST_MEMORY);
                assertThat(met.count()).as("mostly asleep").isLessThan(MAILS / 20);
                assertThat(threads.get()).as("platform threads").isLessThanOrEqualTo(MOST_THREADS);
                assertThat(late.millis(1)).isLessThan(DETECTED_WITHIN_MILLIS);
            }
        }
    }

    /** One mail for each of so many mailboxes, in an order of chance; looks behind each. {@return when each was accepted} */
    private Map<String, Long> deliver(MailboxFarm farm, Set<String> awake, Runnable look) {
        List<String> order = new ArrayList<>(farm.users());
        Collections.shuffle(order, new Random(1));
        Map<String, Long> accepted = new LinkedHashMap<>();
        try (MailboxFarm.Sender sender = farm.new Sender()) {
            for (String user : order.subList(0, MAILS)) {
                if (farm.isAwake(user)) {
                    awake.add(user);
                }
                sender.send(user);
                accepted.put(user, clock.nanos());
                look.run();
                Pauses.park(SPACING);
            }
        }
        return accepted;
    }

    private static int threads(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                    .filter(line -> line.startsWith("Threads:"))
                    .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
