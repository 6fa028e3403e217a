package ekiden.store.jdbc;

import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.store.Store.Outcome;
import ekiden.store.StoreMessage;
import ekiden.store.Transaction;
import ekiden.testing.Eventually;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch inside = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Faulty faulty;
    private JdbcStore store;

    @BeforeEach
    void open() {
        open(Duration.ofSeconds(30));
    }

    private void open(Duration patience) {
        faulty = new Faulty(new SqliteDialect(folder.resolve("ekiden.db"), patience));
        StoreLimits limits = new StoreLimits(patience, 4, 1, 0, 0);
        store = switch (JdbcStore.open(faulty, limits, new SystemClock())) {
            case Result.Ok<JdbcStore>(JdbcStore opened) -> opened;
            case Result.Failed<JdbcStore>(Problem problem) -> throw new AssertionError("not opened: " + problem);
        };
    }

    @AfterEach
    void close() {
        goOn.countDown();
        threads.close();
        store.close();
    }

    private Future<Outcome<Boolean>> slow() throws InterruptedException {
        Future<Outcome<Boolean>> slow = threads.submit(() -> store.write(t -> {
            inside.countDown();
            return released();
        }));
        assertThat(inside.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return slow;
    }

    private boolean released() {
        try {
            return goOn.await(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean insert(Transaction t, long number) {
        t.runs().insert(run(number, "/a", number));
        return true;
    }

    @Test
    void thoseThatWaitShareACommitUpToTheLimit() throws Exception {
        int before = faulty.commits();
        Future<Outcome<Boolean>> slow = slow();
        List<Future<Outcome<Boolean>>> behind = new ArrayList<>();
        for (int n = 1; n <= 9; n++) {
            long number = n;
            behind.add(threads.submit(() -> store.write(t -> insert(t, number))));
        }
        Eventually.within(SOON, "nine wait", () -> store.waiting() == 9);
        goOn.countDown();
        assertThat(slow.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome.Committed<>(true));
        for (Future<Outcome<Boolean>> one : behind) {
            assertThat(one.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome.Committed<>(true));
        }
        assertThat(faulty.commits() - before).isEqualTo(1 + 3);
    }

    @Test
    void whoWaitsTooLongIsToldAndItsWorkIsNeverDone() throws Exception {
        store.close();
        open(Duration.ofMillis(100));
        Future<Outcome<Boolean>> slow = slow();
        AtomicBoolean worked = new AtomicBoolean();
        Outcome<Boolean> outcome = store.write(t -> {
            worked.set(true);
            return true;
        });
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.RolledBack.class,
                        back -> assertThat(back.problem().id()).isEqualTo(StoreMessage.BUSY.id()));
        goOn.countDown();
        assertThat(slow.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome.Committed<>(true));
        assertThat(store.write(t -> insert(t, 1))).isEqualTo(new Outcome.Committed<>(true));
        assertThat(worked).isFalse();
    }

    @Test
    void anInterruptedThreadStillLearnsWhatBecameOfItsTransaction() throws Exception {
        Future<Outcome<Boolean>> slow = slow();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Future<Outcome<Boolean>> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            Outcome<Boolean> outcome = store.write(t -> insert(t, 1));
            stillInterrupted.set(Thread.interrupted());
            return outcome;
        });
        Eventually.within(SOON, "one waits", () -> store.waiting() == 1);
        goOn.countDown();
        assertThat(slow.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome.Committed<>(true));
        assertThat(interrupted.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome.Committed<>(true));
        assertThat(stillInterrupted).isTrue();
    }

    @Test
    void aSharedCommitThatIsUnknownIsUnknownToAllAndOneThatConflictedIsTold() throws Exception {
        store.write(t -> insert(t, 100));
        Future<Outcome<Boolean>> slow = slow();
        Future<Outcome<Boolean>> first = threads.submit(() -> store.write(t -> insert(t, 1)));
        Future<Outcome<Boolean>> conflict = threads.submit(() -> store.write(t -> insert(t, 100)));
        Future<Outcome<Boolean>> second = threads.submit(() -> store.write(t -> insert(t, 2)));
        Eventually.within(SOON, "three wait", () -> store.waiting() == 3);
        faulty.failAfter(new SQLException("scripted"));
        faulty.failAfter(new SQLException("scripted"));
        goOn.countDown();
        assertThat(slow.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Outcome.Unknown.class);
        assertThat(first.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Outcome.Unknown.class);
        assertThat(second.get(SOON.toSeconds(), TimeUnit.SECONDS)).isInstanceOf(Outcome.Unknown.class);
        assertThat(conflict.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(new Outcome.Conflict<Boolean>());
        assertThat(store.<Integer>read(t -> t.runs().list("/a", 10).size())).isEqualTo(3);
    }
}
