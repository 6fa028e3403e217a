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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does. The parts on single ports stand in the classes it is built on, so that one class runs them all. */
abstract class StoreContract extends TimersContract {
    @Test
    void anExceptionLeavesNothingBehind() {
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        IllegalStateException bug = new IllegalStateException("bug");
        assertThatThrownBy(() -> outcome(t -> {
                    t.definitions().put(StoreSamples.definition(1, "/a", 1));
                    t.runs().insert(run(2, "/a", 2));
                    t.runs().update(next(run(1, "/a", 1), RunStatus.RUNNING));
                    t.runs().append(List.of(event(id(1), 1)));
                    t.mails().insert(StoreSamples.mail(1, "orders", "a"));
                    t.mails().joined(1, at(1), StoreSamples.raw("b"));
                    t.watches().insert(StoreSamples.watch(1, "orders"));
                    t.watches().nextVersion("orders");
                    t.claims().insert(StoreSamples.claim(1, "w", 1));
                    t.alarms().raise("a", StoreSamples.PROBLEM, at(1));
                    t.outbox().put("local", StoreSamples.assignment(1), at(1));
                    throw bug;
                }))
                .isSameAs(bug);
        store().read(t -> {
            assertThat(t.definitions().list()).isEmpty();
            assertThat(t.definitions().versions("/a")).isZero();
            assertThat(t.runs().list(null, 10)).containsExactly(run(1, "/a", 1));
            assertThat(t.runs().history(id(1), 0, 10)).isEmpty();
            assertThat(t.mails().list(null, null, 10)).isEmpty();
            assertThat(t.mails().joins(1)).isEmpty();
            assertThat(t.watches().on("orders")).isEmpty();
            assertThat(t.watches().version("orders")).isZero();
            assertThat(t.claims().of(1)).isEmpty();
            assertThat(t.alarms().list(false, 10)).isEmpty();
            assertThat(t.outbox().waiting("local", 0, 10)).isEmpty();
            return true;
        });
    }

    @Test
    void afterAnExceptionTheNextTransactionIsCommitted() {
        assertThatThrownBy(() -> outcome(t -> {
                    throw new AssertionError("an error");
                }))
                .isInstanceOf(AssertionError.class);
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        seen(t -> assertThat(t.runs().find(id(1))).isPresent());
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
        commit(t -> t.runs().insert(run(2, "/a", 2)));
    }

    @Test
    void aTransactionSeesWhatItHasWritten() {
        commit(t -> {
            t.runs().insert(run(1, "/a", 1));
            assertThat(t.runs().find(id(1))).contains(run(1, "/a", 1));
            t.timers().set("a", at(1));
            assertThat(t.timers().due(at(1), 1)).hasSize(1);
        });
    }

    @Test
    void aTransactionInsideATransactionIsABug() {
        assertThatThrownBy(() -> store().write(t -> store().write(u -> true)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> store().write(t -> store().read(u -> true))).isInstanceOf(IllegalStateException.class);
        commit(t -> t.runs().insert(run(1, "/a", 1)));
    }

    @Test
    void whoOnlyReadsCannotWrite() {
        assertThatThrownBy(() -> store().read(t -> {
                    t.runs().insert(run(1, "/a", 1));
                    return true;
                }))
                .isInstanceOf(IllegalStateException.class);
        seen(t -> assertThat(t.runs().list(null, 1)).isEmpty());
    }

    @Test
    void aTransactionIsOfNoUseOnceItHasEnded() {
        List<Transaction> kept = new ArrayList<>();
        commit(kept::add);
        assertThatThrownBy(() -> kept.getLast().runs().list(null, 1)).isInstanceOf(IllegalStateException.class);
        store().read(t -> {
            kept.add(t);
            return true;
        });
        assertThatThrownBy(() -> kept.getLast().runs().list(null, 1)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStoreBelongsToTheHomeThatTookItFirst() {
        seen(t -> assertThat(t.owner().find()).isEmpty());
        commit(t -> t.owner().take(id(1)));
        commit(t -> t.owner().take(id(2)));
        seen(t -> assertThat(t.owner().find()).contains(id(1)));
    }
}
