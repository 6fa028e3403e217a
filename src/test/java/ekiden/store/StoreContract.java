package ekiden.store;

import static ekiden.store.StoreSamples.at;
import static ekiden.store.StoreSamples.event;
import static ekiden.store.StoreSamples.id;
import static ekiden.store.StoreSamples.next;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does. Each implementation runs it; the parts on single ports stand in {@code …StoreContract}. */
abstract class StoreContract {
    private Store store;

    /** An empty store. */
    abstract Store open();

    @BeforeEach
    final void openStore() {
        store = open();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    final Store store() {
        return store;
    }

    final <T> T committed(Function<Transaction, T> work) {
        Store.Outcome<T> outcome = store.write(work);
        assertThat(outcome).isInstanceOf(Store.Outcome.Committed.class);
        return ((Store.Outcome.Committed<T>) outcome).value();
    }

    final void commit(Consumer<Transaction> work) {
        committed(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    final Store.Outcome<Boolean> outcome(Consumer<Transaction> work) {
        return store.write(transaction -> {
            work.accept(transaction);
            return true;
        });
    }

    final void conflicts(Consumer<Transaction> work) {
        assertThat(outcome(work)).isEqualTo(new Store.Outcome.Conflict<Boolean>());
    }

    @Test
    void anExceptionLeavesNothingBehind() {
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        IllegalStateException bug = new IllegalStateException("bug");
        assertThatThrownBy(() -> outcome(t -> {
                    t.runs().insert(run(2, "/a", 2));
                    t.runs().update(next(run(1, "/a", 1), RunStatus.RUNNING));
                    t.runs().append(List.of(event(id(1), 1)));
                    t.timers().set("timeout/1", at(1));
                    t.outbox().put("local", StoreSamples.assignment(1), at(1));
                    throw bug;
                }))
                .isSameAs(bug);
        store.read(t -> {
            assertThat(t.runs().list(null, 10)).containsExactly(run(1, "/a", 1));
            assertThat(t.runs().history(id(1), 0, 10)).isEmpty();
            assertThat(t.outbox().waiting("local", 0, 10)).isEmpty();
            return true;
        });
    }

    @Test
    void aRunThatSomebodyElseChangedIsAConflictAndNothingIsWritten() {
        Run first = run(1, "/a", 1);
        commit(t -> t.runs().insert(first));
        commit(t -> t.runs().update(next(first, RunStatus.RUNNING)));
        conflicts(t -> {
            t.runs().insert(run(2, "/a", 2));
            t.runs().update(next(first, RunStatus.KILLED));
        });
        store.read(t -> {
            assertThat(t.runs().list(null, 10)).containsExactly(next(first, RunStatus.RUNNING));
            return true;
        });
    }

    @Test
    void aConflictThatTheWorkSwallowsIsStillAConflict() {
        Run first = run(1, "/a", 1);
        commit(t -> t.runs().insert(first));
        conflicts(t -> {
            try {
                t.runs().insert(first);
            } catch (RuntimeException swallowed) {
                assertThat(swallowed).isNotNull();
            }
        });
    }
}
