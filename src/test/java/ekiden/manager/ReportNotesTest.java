package ekiden.manager;

import static ekiden.manager.Bench.WRONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Problem;
import ekiden.link.Report;
import ekiden.timer.Timers.Due;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Ids of reports are kept for a time and not for good; a batch has three of them here. */
class ReportNotesTest {
    private final Bench bench = new Bench();
    private final ManagerSettings settings = bench.settings;

    private static Report.AlarmChanged alarm(UUID id, @Nullable Problem problem) {
        return new Report.AlarmChanged(id, "disk/x", problem);
    }

    private UUID report() {
        UUID id = bench.ids.next();
        bench.take(new Report.RawReleased(id, "nowhere"));
        return id;
    }

    private void fire() {
        bench.give(new Command.TimerFired(ReportNotes.TIMER));
    }

    private void nextIn(Duration duration) {
        Instant at = bench.clock.now().plus(duration);
        assertThat(bench.store.timers())
                .filteredOn(due -> due.id().equals(ReportNotes.TIMER))
                .containsExactly(new Due(ReportNotes.TIMER, at));
    }

    private boolean remembered(UUID id) {
        AtomicBoolean isNew = new AtomicBoolean();
        assertThatThrownBy(() -> bench.store.write(t -> {
                    isNew.set(t.reports().takeIn(id, bench.clock.now()));
                    throw new IllegalStateException("only a look");
                }))
                .isInstanceOf(IllegalStateException.class);
        return !isNew.get();
    }

    @Test
    void nothingIsForgottenRightAfterTheStartWhenAgentsDeliverWhatTheyKept() {
        bench.clock.advance(Duration.ofDays(400));
        bench.give(new Command.Begin());
        nextIn(settings.forgetReports());
        bench.clock.advance(Duration.ofMinutes(1));
        bench.give(new Command.Begin());
        nextIn(settings.forgetReports());
    }

    @Test
    void idIsKeptForItsTimeAndForgottenThen() {
        UUID id = report();
        bench.clock.advance(settings.keepReports());
        fire();
        assertThat(remembered(id)).isTrue();
        nextIn(settings.forgetReports());
        bench.clock.advance(Duration.ofMillis(1));
        fire();
        assertThat(remembered(id)).isFalse();
        nextIn(settings.forgetReports());
    }

    @Test
    void moreThanOneBatchIsForgottenInSeveralTransactions() {
        List<UUID> ids = List.of(report(), report(), report(), report());
        bench.clock.advance(settings.keepReports().plusMillis(1));
        fire();
        assertThat(ids.stream().filter(this::remembered)).hasSize(1);
        nextIn(settings.forgetPause());
        bench.clock.advance(settings.forgetPause());
        fire();
        assertThat(ids.stream().filter(this::remembered)).isEmpty();
        nextIn(settings.forgetReports());
    }

    @Test
    void repetitionThatComesAfterItsIdWasForgottenDoesNotHideANewAlarm() {
        bench.take(alarm(bench.ids.next(), WRONG));
        UUID cleared = bench.ids.next();
        bench.take(alarm(cleared, null));
        bench.clock.advance(settings.keepReports().plusMillis(1));
        fire();
        bench.take(alarm(bench.ids.next(), WRONG));
        bench.take(alarm(cleared, null));
        assertThat(bench.openAlarms()).containsExactly("disk/x");
        bench.take(alarm(bench.ids.next(), null));
        assertThat(bench.openAlarms()).isEmpty();
    }

    @Test
    void alarmOfAnAgentThatWasAwayForLongIsShown() {
        UUID raised = bench.ids.next();
        bench.clock.advance(Duration.ofDays(400));
        bench.take(alarm(raised, WRONG));
        assertThat(bench.openAlarms()).containsExactly("disk/x");
    }
}
