package ekiden.store.memory;

import static ekiden.store.StoreSamples.at;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.model.run.Run;
import ekiden.store.Store.Outcome;
import ekiden.timer.Timers.Due;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
    private final MemoryStore store = new MemoryStore();

    private Outcome<Boolean> insert(Run run) {
        return store.write(t -> {
            t.runs().insert(run);
            return true;
        });
    }

    private List<Run> runs() {
        return store.read(t -> t.runs().list(null, 10));
    }

    @Test
    void aCommitThatAnswersUnknownMayHaveHappened() {
        store.failNext(MemoryStore.Fault.UNKNOWN_COMMITTED);
        assertThat(insert(run(1, "/a", 1))).isInstanceOf(Outcome.Unknown.class);
        assertThat(runs()).containsExactly(run(1, "/a", 1));
        assertThat(store.commits()).isEqualTo(1);
    }

    @Test
    void aCommitThatAnswersUnknownMayBeLost() {
        store.failNext(MemoryStore.Fault.UNKNOWN_LOST);
        assertThat(insert(run(1, "/a", 1))).isInstanceOf(Outcome.Unknown.class);
        assertThat(runs()).isEmpty();
        assertThat(store.faultsLeft()).isZero();
    }

    @Test
    void aFullDiskAndAConflictWriteNothing() {
        store.failNext(MemoryStore.Fault.DISK_FULL);
        store.failNext(MemoryStore.Fault.CONFLICT);
        assertThat(insert(run(1, "/a", 1))).isInstanceOf(Outcome.RolledBack.class);
        assertThat(insert(run(1, "/a", 1))).isEqualTo(new Outcome.Conflict<Boolean>());
        assertThat(runs()).isEmpty();
        assertThat(insert(run(1, "/a", 1))).isEqualTo(new Outcome.Committed<>(true));
    }

    @Test
    void whatOnlyReadsMeetsNoFault() {
        store.failNext(MemoryStore.Fault.DISK_FULL);
        assertThat(store.write(t -> t.runs().lastNumber("/a"))).isEqualTo(new Outcome.Committed<>(0L));
        assertThat(store.faultsLeft()).isEqualTo(1);
    }

    @Test
    void aTimerComesAgainUntilItIsHandledAndNotOnceMore() {
        Instant now = at(10);
        store.write(t -> {
            t.timers().set("b", at(5));
            t.timers().set("a", at(10));
            t.timers().set("later", at(11));
            t.timers().set("cancelled", at(1));
            t.timers().cancel("cancelled");
            return true;
        });
        Due a = new Due("a", at(10));
        Due b = new Due("b", at(5));
        assertThat(store.due(now)).containsExactly(b, a);
        assertThat(store.due(now)).containsExactly(b, a);
        store.fired(b);
        assertThat(store.due(now)).containsExactly(a);
    }

    @Test
    void aTimerThatIsSetAnewWhileItIsHandledStays() {
        store.write(t -> {
            t.timers().set("a", at(1));
            return true;
        });
        Due due = store.due(at(1)).getFirst();
        store.write(t -> {
            t.timers().set("a", at(20));
            return true;
        });
        store.fired(due);
        assertThat(store.timers()).containsExactly(new Due("a", at(20)));
    }

    @Test
    void aTimerThatFiredIsNotTakenBackByALaterRollBack() {
        store.write(t -> {
            t.timers().set("a", at(1));
            return true;
        });
        store.fired(store.due(at(1)).getFirst());
        store.failNext(MemoryStore.Fault.CONFLICT);
        insert(run(1, "/a", 1));
        assertThat(store.timers()).isEmpty();
    }

    @Test
    void aTransactionInsideATransactionIsABug() {
        assertThatThrownBy(() -> store.write(t -> runs())).isInstanceOf(IllegalStateException.class);
        assertThat(insert(run(1, "/a", 1))).isEqualTo(new Outcome.Committed<>(true));
    }
}
