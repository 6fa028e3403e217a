package ekiden.timer.running;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.model.run.Alarm;
import ekiden.store.StoreSamples;
import ekiden.store.memory.MemoryStore;
import ekiden.timer.TimerMessage;
import ekiden.timer.Timers.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class TimerServiceTest {
    private static final TimerSettings SETTINGS =
            new TimerSettings(Duration.ofSeconds(10), 3, Duration.ofSeconds(30), Duration.ofSeconds(1));

    /** The process ends in the middle of something. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final SteppedTime time = new SteppedTime();
    private final MemoryStore store = new MemoryStore();
    private final List<String> fired = new ArrayList<>();
    private Consumer<String> handler = fired::add;

    private TimerService start() {
        TimerService service = new TimerService(store, time, time, SETTINGS, id -> handler.accept(id));
        service.start();
        return service;
    }

    private void set(String id, Duration in) {
        Instant at = time.now().plus(in);
        store.write(t -> {
            t.timers().set(id, at);
            return true;
        });
    }

    private List<Alarm> alarms() {
        return store.read(t -> t.alarms().list(true, 10));
    }

    @Test
    void aTimerFiresAtItsTimeNotAtTheNextPoll() {
        start();
        time.step(Duration.ofSeconds(3));
        set("a", Duration.ofMillis(200));
        time.step(Duration.ofMillis(199));
        assertThat(fired).isEmpty();
        time.step(Duration.ofMillis(1));
        assertThat(fired).containsExactly("a");
        time.step(Duration.ofMinutes(10));
        assertThat(fired).containsExactly("a");
        assertThat(store.timers()).isEmpty();
    }

    @Test
    void anEarlierTimerIsNotHeldUpByALaterOne() {
        start();
        set("late", Duration.ofSeconds(8));
        set("early", Duration.ofSeconds(1));
        set("middle", Duration.ofSeconds(4));
        time.step(Duration.ofSeconds(2));
        assertThat(fired).containsExactly("early");
        time.step(Duration.ofSeconds(7));
        assertThat(fired).containsExactly("early", "middle", "late");
    }

    @Test
    void aTimerWhoseTimeCameWhileNoProcessRanFiresAtTheStart() {
        set("a", Duration.ofSeconds(1));
        time.step(Duration.ofHours(5));
        start();
        time.step(Duration.ZERO);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void aTimerThatAnotherProcessSetFiresWithinOnePoll() {
        start();
        store.whenTimersSet(at -> {});
        time.step(Duration.ofSeconds(1));
        set("a", Duration.ofMillis(1));
        time.step(SETTINGS.poll());
        assertThat(fired).containsExactly("a");
    }

    @Test
    void aCancelledTimerDoesNotFire() {
        start();
        set("a", Duration.ofSeconds(1));
        store.write(t -> {
            t.timers().cancel("a");
            return true;
        });
        time.step(Duration.ofMinutes(1));
        assertThat(fired).isEmpty();
    }

    @Test
    void aTimerThatCannotBeTakenInComesAgainAndRaisesAnAlarmUntilItIs() {
        handler = id -> {
            throw new IllegalStateException("not now");
        };
        start();
        set("a", Duration.ofSeconds(1));
        time.step(Duration.ofSeconds(2));
        assertThat(alarms()).hasSize(1);
        assertThat(alarms().getFirst().key()).isEqualTo("timer/a");
        assertThat(alarms().getFirst().problem().id()).isEqualTo(TimerMessage.NOT_TAKEN_IN.id());
        time.step(Duration.ofSeconds(40));
        assertThat(fired).isEmpty();
        handler = fired::add;
        time.step(SETTINGS.retry());
        assertThat(fired).containsExactly("a");
        assertThat(alarms()).isEmpty();
        assertThat(store.timers()).isEmpty();
    }

    @Test
    void timersThatCannotBeTakenInDoNotHoldUpThoseBehindThem() {
        handler = id -> {
            if (id.startsWith("bad")) {
                throw new IllegalStateException("never");
            }
            fired.add(id);
        };
        for (int n = 0; n < 7; n++) {
            set("bad" + n, Duration.ofSeconds(1));
        }
        set("good", Duration.ofSeconds(2));
        start();
        time.step(Duration.ofSeconds(5));
        assertThat(fired).containsExactly("good");
    }

    @Test
    void moreTimersThanOneBatchFireAtOnce() {
        for (int n = 0; n < 8; n++) {
            set("t" + n, Duration.ofSeconds(1));
        }
        start();
        time.step(Duration.ofSeconds(1));
        assertThat(fired).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void aStoreWithoutRoomMakesItFireAgainButNotWithoutPause() {
        start();
        set("a", Duration.ofSeconds(1));
        for (int n = 0; n < 5; n++) {
            store.failNext(MemoryStore.Fault.DISK_FULL);
        }
        time.step(Duration.ofSeconds(4));
        assertThat(fired).hasSize(4).containsOnly("a");
        assertThat(time.ran()).isLessThan(10);
        time.step(Duration.ofSeconds(4));
        assertThat(fired).hasSize(6);
        assertThat(store.timers()).isEmpty();
    }

    @Test
    void aTimerThatItsOwnHandlerSetsAnewFiresAgain() {
        handler = id -> {
            fired.add(id);
            if (fired.size() < 3) {
                set(id, Duration.ofSeconds(5));
            }
        };
        start();
        set("a", Duration.ofSeconds(5));
        time.step(Duration.ofSeconds(14));
        assertThat(fired).hasSize(2);
        time.step(Duration.ofSeconds(1));
        assertThat(fired).hasSize(3);
        assertThat(store.timers()).isEmpty();
    }

    @Test
    void aTimerThatIsCancelledWhileItFiresDoesNotComeAgain() {
        handler = id -> {
            fired.add(id);
            store.write(t -> {
                t.timers().cancel(id);
                return true;
            });
        };
        start();
        set("a", Duration.ofSeconds(1));
        time.step(Duration.ofMinutes(5));
        assertThat(fired).containsExactly("a");
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aTimerWhoseHandlerWasEndedWithItsProcessFiresAtOnceInTheNext() {
        handler = id -> {
            throw new Killed();
        };
        TimerService before = start();
        set("a", Duration.ofSeconds(1));
        assertThatThrownBy(() -> time.step(Duration.ofSeconds(1))).isInstanceOf(Killed.class);
        before.close();
        assertThat(time.waiting()).isZero();
        handler = fired::add;
        start();
        time.step(Duration.ZERO);
        assertThat(fired).containsExactly("a");
        assertThat(store.timers()).isEmpty();
    }

    @Test
    void aWallClockThatIsSetForwardIsNoticedWithinOnePoll() {
        start();
        set("a", Duration.ofHours(1));
        time.step(Duration.ofSeconds(1));
        time.jump(Duration.ofHours(2));
        time.step(SETTINGS.poll());
        assertThat(fired).containsExactly("a");
    }

    @Test
    void whatIsClosedFiresNothingMore() {
        TimerService service = start();
        set("a", Duration.ofSeconds(1));
        set("b", Duration.ofSeconds(1));
        handler = id -> {
            fired.add(id);
            service.close();
        };
        time.step(Duration.ofMinutes(1));
        assertThat(fired).containsExactly("a");
        assertThat(time.waiting()).isZero();
        assertThat(store.timers()).containsExactly(new Due("b", StoreSamples.at(1)));
    }
}
