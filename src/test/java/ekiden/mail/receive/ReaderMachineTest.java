package ekiden.mail.receive;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderMachine.Step;
import ekiden.mail.receive.ReaderSettings.Attention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Decisions of a reader, driven by hand. */
class ReaderMachineTest {
    private static final Problem LOST = Problem.of(ReceiveMessage.LOST);
    private static final Problem REFUSED = Problem.of(ReceiveMessage.LOGIN_REFUSED);
    private static final ReaderSettings SETTINGS = ReaderSettings.DEFAULT;

    private long now;
    private ReaderState state = ReaderMachine.begin(0, SETTINGS).state();

    private List<ReaderAction> on(ReaderEvent event) {
        Step step = ReaderMachine.decide(state, event, now, 0, SETTINGS);
        state = step.state();
        return step.actions();
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void watching() {
        on(new ReaderEvent.Opened(false));
        on(new ReaderEvent.Answered(false));
    }

    private static Duration pause(List<ReaderAction> actions) {
        return actions.stream()
                .flatMap(action -> action instanceof ReaderAction.BackOff(Duration pause)
                        ? java.util.stream.Stream.of(pause)
                        : java.util.stream.Stream.of())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void eachConnectionBeginsWithASearch() {
        assertThat(on(new ReaderEvent.Opened(false))).containsExactly(new ReaderAction.Look());
        assertThat(on(new ReaderEvent.Answered(true))).containsExactly(new ReaderAction.Read());
        assertThat(on(new ReaderEvent.WasRead(true))).containsExactly(new ReaderAction.Look());
    }

    @Test
    void soonAfterAConnectionOrAMailItLooksAgainByItself() {
        on(new ReaderEvent.Opened(false));
        assertThat(on(new ReaderEvent.Answered(false)))
                .containsExactly(new ReaderAction.Await(Wait.quiet(Duration.ofMillis(500))));
        pass(Duration.ofMillis(500));
        on(new ReaderEvent.Woken());
        assertThat(on(new ReaderEvent.Answered(false)))
                .containsExactly(new ReaderAction.Await(Wait.quiet(Duration.ofSeconds(5))));
        on(new ReaderEvent.Woken());
        on(new ReaderEvent.Answered(true));
        on(new ReaderEvent.WasRead(true));
        assertThat(on(new ReaderEvent.Answered(false)))
                .containsExactly(new ReaderAction.Await(new Wait(Duration.ofMillis(400), Duration.ofMillis(10))));
        pass(Duration.ofSeconds(60));
        on(new ReaderEvent.Woken());
        assertThat(on(new ReaderEvent.Answered(false)))
                .containsExactly(new ReaderAction.Await(Wait.quiet(Duration.ofSeconds(60))));
    }

    @Test
    void aMailboxThatHadItsMailIsAskedMuchForTwoSecondsAndThenHardly() {
        ReaderSettings settings = SETTINGS;
        assertThat(Pace.next(Duration.ofMillis(399), settings).looks()).isEqualTo(40);
        assertThat(Pace.next(Duration.ofMillis(1_999), settings).looks()).isEqualTo(16);
        int looks = 0;
        Duration since = Duration.ofSeconds(2);
        while (Pace.next(since, settings).atMost().compareTo(settings.longestPause()) < 0) {
            since = since.plus(Pace.next(since, settings).atMost());
            looks++;
        }
        assertThat(looks).isEqualTo(3);
    }

    @Test
    void underCloseAttentionItAsksFiftyTimesASecondAndSearchesEachSecond() {
        ReaderSettings close = new ReaderSettings(
                SETTINGS.firstLook(),
                Attention.CLOSE,
                SETTINGS.deadline(),
                SETTINGS.grace(),
                SETTINGS.maxSize(),
                SETTINGS.sameContent(),
                SETTINGS.renumbered(),
                SETTINGS.limits());
        assertThat(Pace.next(Duration.ofHours(1), close))
                .isEqualTo(new Wait(Duration.ofSeconds(1), Duration.ofMillis(20)));
    }

    @Test
    void pausesAfterFailuresGrowToABound() {
        watching();
        List<Duration> pauses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            pauses.add(pause(on(new ReaderEvent.Failed(LOST))));
            on(new ReaderEvent.Retried());
        }
        assertThat(pauses).startsWith(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(150));
        assertThat(pauses).isSorted();
    }

    @Test
    void aPermanentCauseIsToldAtOnceAndGivesUpJobsOnlyAfterTheGraceTime() {
        watching();
        assertThat(on(new ReaderEvent.Failed(REFUSED))).contains(new ReaderAction.Alarm(REFUSED));
        on(new ReaderEvent.Retried());
        pass(SETTINGS.grace().minusNanos(1));
        assertThat(on(new ReaderEvent.Failed(REFUSED))).doesNotContain(new ReaderAction.GiveUpJobs(REFUSED));
        on(new ReaderEvent.Retried());
        pass(Duration.ofNanos(1));
        assertThat(on(new ReaderEvent.Failed(REFUSED))).contains(new ReaderAction.GiveUpJobs(REFUSED));
        on(new ReaderEvent.Retried());
        on(new ReaderEvent.Opened(false));
        assertThat(on(new ReaderEvent.Answered(false))).contains(new ReaderAction.AllClear());
    }

    @Test
    void whatComesTooLateChangesNothing() {
        watching();
        on(new ReaderEvent.Missed(LOST));
        assertThat(on(new ReaderEvent.Failed(LOST))).isEmpty();
        assertThat(on(new ReaderEvent.Answered(true))).isEmpty();
        assertThat(state.phase()).isEqualTo(ReaderPhase.BACKING_OFF);
    }

    @Test
    void everyRowOfTheTableIsDriven() {
        for (ReaderPhase.On on : ReaderPhase.On.values()) {
            for (ReaderPhase from : ReaderPhase.values()) {
                boolean listed =
                        ReaderPhase.TABLE.rows().stream().anyMatch(row -> row.from() == from && row.on() == on);
                state = ReaderMachine.begin(0, SETTINGS).state().in(from);
                Step step = ReaderMachine.decide(state, event(on), now, 0, SETTINGS);
                assertThat(step.actions().isEmpty()).as(from + " × " + on).isEqualTo(!listed);
            }
        }
        assertThat(ReaderPhase.TABLE.unvisited()).isEmpty();
    }

    private static ReaderEvent event(ReaderPhase.On on) {
        return switch (on) {
            case OPEN -> new ReaderEvent.Opened(false);
            case RENUMBER -> new ReaderEvent.Opened(true);
            case FAIL -> new ReaderEvent.Failed(LOST);
            case FIND -> new ReaderEvent.Answered(true);
            case FIND_NOTHING -> new ReaderEvent.Answered(false);
            case READ -> new ReaderEvent.WasRead(false);
            case WAKE -> new ReaderEvent.Woken();
            case MISS -> new ReaderEvent.Missed(LOST);
            case RETRY -> new ReaderEvent.Retried();
            case REBIND -> new ReaderEvent.Rebound();
            case STOP -> new ReaderEvent.Stopped();
        };
    }
}
