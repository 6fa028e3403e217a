package ekiden.store;

import static ekiden.store.StoreSamples.assignment;
import static ekiden.store.StoreSamples.at;
import static ekiden.store.StoreSamples.event;
import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.mail;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.RecordedEvent;
import ekiden.store.Store.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What stores on real databases do besides: many threads, and what is there after they were closed. */
abstract class JdbcStoreContract extends StoreContract {
    private static final int THREADS = 8;
    private static final int EACH = 25;

    /** Opens the same database again, beside the store that is open. */
    abstract Store openSecond();

    static Store opened(Result<? extends Store> result) {
        return switch (result) {
            case Result.Ok<? extends Store>(Store store) -> store;
            case Result.Failed<? extends Store>(Problem problem) -> throw new AssertionError("not opened: " + problem);
        };
    }

    private static <T> List<T> together(List<Callable<T>> calls) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = calls.stream().map(threads::submit).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(60, TimeUnit.SECONDS));
            }
            return results;
        } catch (InterruptedException | ExecutionException | TimeoutException failed) {
            throw new AssertionError(failed);
        }
    }

    private static boolean addOne(Store store) {
        return store.write(t -> {
                    long last = t.runs().lastSequence(id(1));
                    RecordedEvent next = event(id(1), last + 1);
                    t.runs().append(List.of(next));
                    return true;
                })
                instanceof Outcome.Committed;
    }

    private static List<Callable<Boolean>> adders(List<Store> stores) {
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            Store mine = stores.get(thread % stores.size());
            calls.add(() -> {
                boolean all = true;
                for (int n = 0; n < EACH; n++) {
                    all &= addOne(mine);
                }
                return all;
            });
        }
        return calls;
    }

    @Test
    void writersThatDecideOnWhatTheyReadLoseNothing() {
        assertThat(together(adders(List.of(store())))).containsOnly(true);
        seen(t -> assertThat(t.runs().lastSequence(id(1))).isEqualTo(THREADS * EACH));
        seen(t -> assertThat(t.runs().history(id(1), 0, 1000)).hasSize(THREADS * EACH));
    }

    @Test
    void writersOfTwoStoresOnOneDatabaseLoseNothing() {
        try (Store second = openSecond()) {
            assertThat(together(adders(List.of(store(), second)))).containsOnly(true);
            seen(t -> assertThat(t.runs().lastSequence(id(1))).isEqualTo(THREADS * EACH));
            assertThat(second.<List<RecordedEvent>>read(t -> t.runs().history(id(1), 0, 1000)))
                    .hasSize(THREADS * EACH);
        }
    }

    @Test
    void oneThatThrowsOrConflictsDoesNotHarmThoseThatShareItsCommit() {
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        List<Callable<String>> calls = new ArrayList<>();
        for (int n = 0; n < 60; n++) {
            long number = n;
            calls.add(
                    switch (n % 3) {
                        case 0 ->
                            () -> outcome(t -> t.runs().insert(run(100 + number, "/b", number)))
                                    .getClass()
                                    .getSimpleName();
                        case 1 ->
                            () -> outcome(t -> {
                                        t.outbox().put("local", assignment(number), at(1));
                                        t.runs().insert(run(1, "/a", 1));
                                    })
                                    .getClass()
                                    .getSimpleName();
                        default -> () -> thrown(number);
                    });
        }
        List<String> results = together(calls);
        for (int n = 0; n < results.size(); n++) {
            assertThat(results.get(n))
                    .isEqualTo(List.of("Committed", "Conflict", "bug " + n).get(n % 3));
        }
        seen(t -> assertThat(t.runs().list("/b", 100)).hasSize(20));
        seen(t -> assertThat(t.runs().list(null, 100)).hasSize(21));
        seen(t -> assertThat(t.outbox().waiting("local", 0, 100)).isEmpty());
    }

    private String thrown(long number) {
        try {
            outcome(t -> {
                t.runs().insert(run(200 + number, "/c", number));
                throw new IllegalArgumentException("bug " + number);
            });
            return "nothing";
        } catch (IllegalArgumentException bug) {
            return String.valueOf(bug.getMessage());
        }
    }

    @Test
    void whoSawAMailHasSeenAllMailsWithSmallerNumbers() {
        Callable<Boolean> writer = () -> {
            for (int n = 0; n < EACH; n++) {
                commit(t -> {
                    long number = t.mails().nextId();
                    t.mails().insert(mail(number, "orders", "k" + number));
                });
            }
            return true;
        };
        Callable<Boolean> reader = () -> {
            boolean whole = true;
            for (int n = 0; n < 200; n++) {
                List<CatalogueMail> mails = store().read(t -> t.mails().list("orders", null, 1000));
                whole &= mails.isEmpty() || mails.getFirst().id() == mails.size();
            }
            return whole;
        };
        assertThat(together(List.of(writer, writer, reader, writer, writer, reader)))
                .containsOnly(true);
    }

    @Test
    void aReadSeesOneStateWhateverIsWrittenMeanwhile() {
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        seen(t -> {
            assertThat(t.runs().list(null, 10)).hasSize(1);
            together(List.of(() -> outcome(u -> u.runs().insert(run(2, "/a", 2)))));
            assertThat(t.runs().list(null, 10)).hasSize(1);
            assertThat(t.runs().find(id(2))).isEmpty();
        });
        seen(t -> assertThat(t.runs().list(null, 10)).hasSize(2));
    }

    @Test
    void whatWasCommittedIsThereWhenItIsOpenedAgain() {
        commit(t -> {
            t.runs().insert(run(1, "/a", 1));
            t.timers().set("a", at(1));
        });
        store().close();
        try (Store again = openSecond()) {
            assertThat(again.<Boolean>read(t -> t.runs().find(id(1)).isPresent()))
                    .isTrue();
            assertThat(again.<Integer>read(t -> t.timers().due(at(1), 10).size()))
                    .isEqualTo(1);
        }
    }

    @Test
    void aClosedStoreSaysThatItIsClosed() {
        store().close();
        Outcome<Boolean> outcome = store().write(t -> true);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.RolledBack.class,
                        rolledBack -> assertThat(rolledBack.problem().id()).isEqualTo(StoreMessage.CLOSED.id()));
        assertThatThrownBy(() -> store().read(t -> true))
                .isInstanceOfSatisfying(
                        Store.Unavailable.class,
                        unavailable -> assertThat(problemOf(unavailable).id()).isEqualTo(StoreMessage.CLOSED.id()));
    }

    private static Problem problemOf(Store.Unavailable unavailable) {
        return unavailable.problem();
    }
}
