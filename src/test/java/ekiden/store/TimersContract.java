package ekiden.store;

import static ekiden.store.StoreSamples.at;
import static ekiden.store.StoreSamples.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.timer.Timers.Due;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store does with timers. */
abstract class TimersContract extends WaitingContract {
    private List<Due> due(Instant now, int limit) {
        return store().read(t -> t.timers().due(now, limit));
    }

    @Test
    void aTimerJoinsTheRollBack() {
        commit(t -> t.timers().set("kept", at(1)));
        assertThatThrownBy(() -> outcome(t -> {
                    t.timers().set("lost", at(1));
                    t.timers().set("kept", at(9));
                    t.timers().cancel("kept");
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        conflicts(t -> {
            t.timers().fired(new Due("kept", at(1)));
            t.timers().set("lost", at(1));
            t.runs().insert(run(1, "/a", 1));
        });
        assertThat(due(at(10), 10)).containsExactly(new Due("kept", at(1)));
    }

    @Test
    void aTimerIsNotDueOneMicrosecondBeforeItsTime() {
        commit(t -> t.timers().set("a", at(5)));
        assertThat(due(at(5).minusNanos(1_000), 10)).isEmpty();
        assertThat(due(at(5), 10)).containsExactly(new Due("a", at(5)));
        assertThat(due(at(500), 10)).containsExactly(new Due("a", at(5)));
    }

    @Test
    void timersComeEarliestFirstAndUpToALimit() {
        commit(t -> {
            t.timers().set("late", at(9));
            t.timers().set("b", at(3));
            t.timers().set("a", at(3));
            t.timers().set("early", at(1));
        });
        assertThat(due(at(8), 10)).containsExactly(new Due("early", at(1)), new Due("a", at(3)), new Due("b", at(3)));
        assertThat(due(at(8), 2)).containsExactly(new Due("early", at(1)), new Due("a", at(3)));
        seen(t -> assertThat(t.timers().next()).contains(at(1)));
    }

    @Test
    void setAgainItHasTheNewTimeOnly() {
        commit(t -> t.timers().set("a", at(1)));
        commit(t -> t.timers().set("a", at(7)));
        assertThat(due(at(6), 10)).isEmpty();
        assertThat(due(at(7), 10)).containsExactly(new Due("a", at(7)));
        commit(t -> t.timers().set("a", at(2)));
        assertThat(due(at(6), 10)).containsExactly(new Due("a", at(2)));
    }

    @Test
    void aCancelledTimerIsGoneAndCancellingWhatIsAbsentDoesNothing() {
        commit(t -> {
            t.timers().set("timeout/ジョブ/1", at(1));
            t.timers().cancel("timeout/ジョブ/1");
            t.timers().cancel("never");
        });
        assertThat(due(at(9), 10)).isEmpty();
        seen(t -> assertThat(t.timers().next()).isEmpty());
    }

    @Test
    void aTimerThatWasTakenInDoesNotComeAgain() {
        commit(t -> t.timers().set("a", at(1)));
        Due due = due(at(1), 1).getFirst();
        commit(t -> assertThat(t.timers().fired(due)).isTrue());
        commit(t -> assertThat(t.timers().fired(due)).isFalse());
        assertThat(due(at(1), 1)).isEmpty();
    }

    @Test
    void aTimerThatIsSetAnewWhileItFiresIsNotLost() {
        commit(t -> t.timers().set("a", at(1)));
        Due due = due(at(1), 1).getFirst();
        commit(t -> t.timers().set("a", at(2)));
        commit(t -> assertThat(t.timers().fired(due)).isFalse());
        assertThat(due(at(2), 1)).containsExactly(new Due("a", at(2)));
    }

    @Test
    void aTimerThatIsCancelledWhileItFiresIsGoneAndItsTransactionCommits() {
        commit(t -> t.timers().set("a", at(1)));
        Due due = due(at(1), 1).getFirst();
        commit(t -> {
            t.timers().cancel("a");
            t.timers().set("b", at(2));
        });
        commit(t -> assertThat(t.timers().fired(due)).isFalse());
        assertThat(due(at(9), 10)).containsExactly(new Due("b", at(2)));
    }

    @Test
    void aTimerThatNobodySettledComesAgain() {
        commit(t -> t.timers().set("a", at(1)));
        assertThat(due(at(1), 1)).containsExactly(new Due("a", at(1)));
        assertThat(due(at(1), 1)).containsExactly(new Due("a", at(1)));
    }

    @Test
    void theMicrosecondsOfATimerAreKept() {
        Instant time = at(1).plusNanos(123_457_000);
        commit(t -> t.timers().set("a", time));
        assertThat(due(time.minusNanos(1_000), 1)).isEmpty();
        assertThat(due(time, 1)).containsExactly(new Due("a", time));
        seen(t -> assertThat(t.timers().next()).contains(time));
    }

    @Test
    void whoListensIsToldOfTheEarliestTimeAfterTheCommitOnly() {
        List<Instant> told = new ArrayList<>();
        store().whenTimersSet(told::add);
        assertThatThrownBy(() -> outcome(t -> {
                    t.timers().set("a", at(1));
                    throw new IllegalStateException("bug");
                }))
                .isInstanceOf(IllegalStateException.class);
        commit(t -> t.runs().insert(run(1, "/a", 1)));
        conflicts(t -> {
            t.timers().set("a", at(1));
            t.runs().insert(run(1, "/a", 1));
        });
        assertThat(told).isEmpty();
        commit(t -> {
            t.timers().set("a", at(9));
            t.timers().set("b", at(4));
            t.timers().set("c", at(5));
            assertThat(told).isEmpty();
        });
        assertThat(told).containsExactly(at(4));
    }

    @Test
    void anIdOfTwoHundredCharactersIsTaken() {
        String id = "タ".repeat(200);
        commit(t -> t.timers().set(id, at(1)));
        assertThat(due(at(1), 1)).containsExactly(new Due(id, at(1)));
    }
}
