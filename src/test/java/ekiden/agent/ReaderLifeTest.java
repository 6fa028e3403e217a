package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import ekiden.model.run.Alarm;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of waiting jobs and start conditions while a mailbox cannot be watched. */
class ReaderLifeTest {
    private static final Duration MOMENT = Duration.ofSeconds(5);
    private final ReaderWorld world = new ReaderWorld();

    private Run waiting() {
        ReceiveMail rule = new ReceiveMail(
                ReaderWorld.BOX,
                new Conditions(List.of(), List.of("answer"), List.of()),
                SaveRule.DEFAULT,
                AfterReceive.NONE,
                ReceiveMail.ClaimRule.ALL,
                5);
        Job job = new Job("wait", List.of(), rule, null, Job.OnTimeout.KILL);
        world.define(new Jobnet(new UnitName("/w"), null, null, Jobnet.Overlap.ALLOW, List.of(job)));
        world.give(new ekiden.manager.Command.StartRun(world.ids.next(), "/w"));
        world.step(MOMENT);
        return world.runs("/w").getFirst();
    }

    private JobStatus status() {
        return world.runs("/w").getFirst().job("wait").status();
    }

    @Test
    void aCauseThatPassesLetsJobsWaitOn() {
        world.start();
        waiting();
        for (int i = 0; i < 20; i++) {
            world.faults.fail(Problem.of(ReceiveMessage.NO_CONNECTION, "host", "memory"));
        }
        world.step(Duration.ofMinutes(30));
        assertThat(status()).isEqualTo(JobStatus.RUNNING);
        assertThat(world.alarms()).contains("mailbox/orders/INBOX");
        world.step(Duration.ofHours(2));
        assertThat(world.alarms()).isEmpty();
        world.deliver("answer");
        world.settle();
        assertThat(status()).isEqualTo(JobStatus.ENDED_NORMALLY);
    }

    @Test
    void oneBrokenConnectionIsNoAlarm() {
        world.start();
        world.step(MOMENT);
        world.faults.fail(Problem.of(ReceiveMessage.LOST, "host", "memory"));
        world.settle();
        List<Alarm> ever = world.store.read(tx -> tx.alarms().list(false, 10));
        assertThat(ever).isEmpty();
    }

    @Test
    void aCauseThatNeedsAPersonEndsJobsAfterItsGraceTimeAndNoStartCondition() {
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        waiting();
        world.opens = false;
        world.faults.fail(Problem.of(ReceiveMessage.CLOSING, "host", "memory"));
        world.step(Duration.ofMinutes(8));
        assertThat(status()).isEqualTo(JobStatus.RUNNING);
        assertThat(world.alarms()).contains("mailbox/orders/INBOX");
        world.step(Duration.ofMinutes(10));
        assertThat(status()).isEqualTo(JobStatus.ENDED_ABNORMALLY);
        assertThat(world.runs("/w").getFirst().job("wait").problem())
                .isNotNull()
                .extracting(Problem::id)
                .isEqualTo(ReceiveMessage.LOGIN_REFUSED.id());
        world.opens = true;
        world.deliver("order 1");
        world.step(Duration.ofMinutes(6));
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    void settingsThatAreHealedAreTakenUpWithoutARestart() {
        world.opens = false;
        world.start();
        world.step(Duration.ofMinutes(1));
        world.opens = true;
        world.settings = ekiden.mail.receive.ReaderSettings.DEFAULT;
        world.follow();
        world.step(Duration.ofMinutes(6));
        assertThat(world.agent().readers().getFirst().phase()).isEqualTo(ReaderPhase.WAITING);
        assertThat(world.agent().readers().getFirst().answered()).isNotNull();
    }

    @Test
    void serverThatIsSilentIsToldAndConnectedToAgain() {
        world.start();
        world.step(MOMENT);
        world.silent = true;
        world.step(Duration.ofMinutes(4));
        List<Alarm> told = world.store.read(tx -> tx.alarms().list(false, 10));
        assertThat(told).extracting(alarm -> alarm.problem().id()).contains(ReceiveMessage.SILENT.id());
        world.silent = false;
        world.define("/a", "order", AfterReceive.NONE);
        world.deliver("order 1");
        world.step(Duration.ofMinutes(6));
        assertThat(world.runs("/a")).hasSize(1);
        assertThat(world.alarms()).isEmpty();
    }

    @Test
    @Timeout(30)
    void largeUidsWithNothingBelowThemTakeNoTime() {
        world.inbox.renumber(8, 4_000_000_000L);
        world.deliver("order 1");
        world.start();
        world.define("/a", "order", AfterReceive.NONE);
        world.step(MOMENT);
        assertThat(world.runs("/a")).hasSize(1);
    }

    @Test
    void mailThatTheServerDoesNotHandOutWhenAWatchJoinsStartsItLater() {
        long uid = world.deliver("order 1");
        world.deliver("order 2");
        world.start();
        world.step(MOMENT);
        world.inbox.withhold(uid);
        world.define("/a", "order", AfterReceive.NONE);
        world.step(Duration.ofMinutes(1));
        assertThat(world.runs("/a")).hasSize(1);
        world.inbox.readable(uid);
        world.step(Duration.ofMinutes(30));
        assertThat(world.runs("/a")).hasSize(2);
        assertThat(world.alarms()).isEmpty();
    }
}
