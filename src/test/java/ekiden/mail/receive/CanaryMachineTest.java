package ekiden.mail.receive;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.StateTable;
import ekiden.mail.receive.CanaryMachine.Now;
import ekiden.mail.receive.CanaryMachine.Step;
import ekiden.mail.receive.CanaryNote.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each transition of a canary, and what people hear of it. */
class CanaryMachineTest {
    private static final Instant WALL = Instant.parse("2026-11-23T10:00:00Z");
    private static final Problem WHY = Problem.of(ReceiveMessage.NO_CONNECTION, "host", "h", "port", 25, "reply", "");
    private static final CanaryPlan PLAN =
            new CanaryPlan(Duration.ofMinutes(15), Duration.ofMinutes(5), CanaryLimits.DEFAULT);

    private Duration jumped = Duration.ZERO;
    private long seconds;
    private int ids;
    private CanaryState state =
            CanaryMachine.begin(CanaryNote.NONE, at(), 0.5, PLAN).state();
    private List<CanaryAction> said = List.of();

    private Now at() {
        return new Now(seconds * 1_000_000_000, WALL.plusSeconds(seconds).plus(jumped));
    }

    private void take(Step step) {
        state = step.state();
        said = step.actions();
    }

    private void happens(CanaryEvent event) {
        take(CanaryMachine.decide(state, event, at(), PLAN));
    }

    private void after(long more) {
        seconds += more;
        happens(new CanaryEvent.Ticked(new UUID(0, ++ids)));
    }

    private UUID id() {
        return Objects.requireNonNull(state.note().id());
    }

    private CanaryMachineTest accepted() {
        happens(new CanaryEvent.Accepted(id()));
        return this;
    }

    private void failed(boolean again) {
        happens(new CanaryEvent.Failed(id(), WHY, again));
    }

    private void seen() {
        happens(new CanaryEvent.Seen(id()));
    }

    private void restart() {
        take(CanaryMachine.begin(state.note(), at(), 0.5, PLAN));
    }

    private CanaryPhase phase() {
        return state.note().phase();
    }

    /** Brings it there by what really happens. */
    private void bring(CanaryPhase there) {
        switch (there) {
            case RESTING -> {}
            case SENDING -> after(60);
            case PUT_OFF -> {
                bring(CanaryPhase.SENDING);
                failed(true);
            }
            case UNDER_WAY -> {
                bring(CanaryPhase.SENDING);
                accepted();
            }
            case UNSENT -> {
                bring(CanaryPhase.SENDING);
                failed(false);
            }
            case OVERDUE -> {
                bring(CanaryPhase.UNDER_WAY);
                after(300);
            }
        }
        assertThat(phase()).isEqualTo(there);
    }

    @ParameterizedTest
    @CsvSource({
        "RESTING,   DUE,     SENDING,   Send",
        "SENDING,   ACCEPT,  UNDER_WAY, ''",
        "SENDING,   PUT_OFF, PUT_OFF,   ''",
        "SENDING,   FAIL,    UNSENT,    TellUnsent",
        "SENDING,   SEE,     RESTING,   ''",
        "PUT_OFF,   DUE,     SENDING,   Send",
        "PUT_OFF,   SEE,     RESTING,   ''",
        "UNDER_WAY, SEE,     RESTING,   ''",
        "UNDER_WAY, MISS,    OVERDUE,   TellOverdue",
        "UNSENT,    DUE,     SENDING,   Send",
        "UNSENT,    SEE,     RESTING,   AllClear",
        "OVERDUE,   DUE,     SENDING,   Send",
        "OVERDUE,   SEE,     RESTING,   AllClear"
    })
    void everyTransitionAndWhatFollows(CanaryPhase from, CanaryPhase.On on, CanaryPhase to, String action) {
        bring(from);
        switch (on) {
            case DUE, MISS -> after(900);
            case ACCEPT -> accepted();
            case PUT_OFF -> failed(true);
            case FAIL -> failed(false);
            case SEE -> seen();
        }
        assertThat(phase()).isEqualTo(to);
        assertThat(said.stream().map(one -> one.getClass().getSimpleName()))
                .isEqualTo(action.isEmpty() ? List.of() : List.of(action));
        assertThat(CanaryPhase.TABLE.rows()).contains(new StateTable.Row<>(from, on, to));
    }

    @Test
    void tableHasNoOtherRows() {
        assertThat(CanaryPhase.TABLE.rows()).hasSize(13);
    }

    @Test
    void nothingIsSentOrMissedBeforeItsTime() {
        after(29);
        assertThat(phase()).isEqualTo(CanaryPhase.RESTING);
        after(1);
        assertThat(phase()).isEqualTo(CanaryPhase.SENDING);
        accepted();
        after(299);
        assertThat(phase()).isEqualTo(CanaryPhase.UNDER_WAY);
        after(1);
        assertThat(phase()).isEqualTo(CanaryPhase.OVERDUE);
        after(599);
        assertThat(phase()).isEqualTo(CanaryPhase.OVERDUE);
        after(1);
        assertThat(phase()).isEqualTo(CanaryPhase.SENDING);
        assertThat(CanaryMachine.wake(state, PLAN)).isEqualTo(OptionalLong.empty());
    }

    @Test
    void oneThatIsPutOffGoesAgainUnderItsIdUntilItsTimeIsOver() {
        bring(CanaryPhase.SENDING);
        UUID first = id();
        List<CanaryPhase> phases = new ArrayList<>();
        for (int i = 0; i < 10 && phase() == CanaryPhase.SENDING; i++) {
            failed(true);
            phases.add(phase());
            after(30);
        }
        assertThat(phases).hasSize(10).containsOnly(CanaryPhase.PUT_OFF, CanaryPhase.UNSENT);
        assertThat(phases.getLast()).isEqualTo(CanaryPhase.UNSENT);
        assertThat(id()).isEqualTo(first);
        assertThat(state.note().told()).isEqualTo(Told.UNSENT);
    }

    @Test
    void oneAlarmTakesThePlaceOfTheOther() {
        bring(CanaryPhase.OVERDUE);
        after(600);
        failed(false);
        assertThat(said).containsExactly(new CanaryAction.AllClear(), new CanaryAction.TellUnsent(WHY));
        after(900);
        accepted();
        assertThat(said).isEmpty();
        after(300);
        assertThat(said).containsExactly(new CanaryAction.AllClear(), new CanaryAction.TellOverdue());
    }

    @Test
    void peopleHearOfOneTroubleOnce() {
        bring(CanaryPhase.OVERDUE);
        after(600);
        accepted();
        after(300);
        assertThat(phase()).isEqualTo(CanaryPhase.OVERDUE);
        assertThat(said).isEmpty();
    }

    @Test
    void anotherOneThanTheNewestSaysNothing() {
        bring(CanaryPhase.OVERDUE);
        UUID late = id();
        after(600);
        accepted();
        happens(new CanaryEvent.Seen(late));
        assertThat(phase()).isEqualTo(CanaryPhase.UNDER_WAY);
        assertThat(said).isEmpty();
        seen();
        assertThat(said).containsExactly(new CanaryAction.AllClear());
        seen();
        assertThat(said).isEmpty();
    }

    @Test
    void howLongItTookCountsFromTheAcceptanceAlsoWhenItWasOverdue() {
        bring(CanaryPhase.OVERDUE);
        seconds += 100;
        seen();
        assertThat(state.note().took()).isEqualTo(Duration.ofSeconds(400));
    }

    @ParameterizedTest
    @CsvSource({"PT1H", "PT-1H"})
    void wallClockThatIsSetIsNoAlarmAndNoTime(Duration by) {
        bring(CanaryPhase.UNDER_WAY);
        jumped = by;
        after(2);
        assertThat(phase()).isEqualTo(CanaryPhase.UNDER_WAY);
        seen();
        assertThat(state.note().took()).isEqualTo(Duration.ofSeconds(2));
        after(837);
        assertThat(phase()).isEqualTo(CanaryPhase.RESTING);
    }

    @Test
    void newProcessGivesTheOneOnItsWayItsWholeTimeAgain() {
        bring(CanaryPhase.UNDER_WAY);
        seconds += 86_400;
        restart();
        assertThat(said).isEmpty();
        after(299);
        assertThat(phase()).isEqualTo(CanaryPhase.UNDER_WAY);
        after(1);
        assertThat(phase()).isEqualTo(CanaryPhase.OVERDUE);
    }

    @Test
    void newProcessSendsAgainWhatTheOneBeforeMayHaveSent() {
        bring(CanaryPhase.SENDING);
        UUID first = id();
        restart();
        assertThat(said).containsExactly(new CanaryAction.Send(first));
        accepted();
        seconds += 3;
        jumped = Duration.ofHours(1);
        seen();
        assertThat(state.note().took()).isEqualTo(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({"0, 900", "600, 300", "100000, 0", "-100000, 900"})
    void newProcessDoesNotSendMoreOftenWhateverTheWallClockSays(long wall, long left) {
        bring(CanaryPhase.UNDER_WAY);
        seen();
        jumped = Duration.ofSeconds(wall);
        restart();
        assertThat(CanaryMachine.wake(state, PLAN)).hasValue((seconds + left) * 1_000_000_000);
    }

    @Test
    void whatTheProcessBeforeToldEndsWithTheNextOneThatIsSeen() {
        happens(new CanaryEvent.WasTold());
        bring(CanaryPhase.UNDER_WAY);
        seen();
        assertThat(said).containsExactly(new CanaryAction.AllClear());
    }

    @Test
    void whatTheProcessBeforeToldEndsAtOnceWhereOneWasSeenSince() {
        bring(CanaryPhase.UNDER_WAY);
        seen();
        happens(new CanaryEvent.WasTold());
        assertThat(said).containsExactly(new CanaryAction.AllClear());
    }
}
