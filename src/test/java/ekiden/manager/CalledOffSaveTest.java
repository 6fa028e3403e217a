package ekiden.manager;

import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mails that cannot be saved, and somebody who does not want to wait for it. */
class CalledOffSaveTest {
    private final Bench bench = new Bench();

    private String watch(String unit) {
        return "start/" + bench.define(jobnet(unit, rule("x")));
    }

    @Test
    void saveThatCannotBeMadeIsCalledOffByAKill() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        Run run = bench.runs("/a").getFirst();
        bench.give(new Command.KillRun(run.id()));
        assertThat(bench.outbox()).containsExactly("save/1@" + watch, "call-off/1@" + watch);
        bench.notSaved("1@" + watch);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.KILLED);
        assertThat(bench.outbox()).isEmpty();
        Claim claim = bench.claims(1).getFirst();
        assertThat(claim.state()).isEqualTo(Claim.State.FAILED);
        assertThat(claim.problem()).isEqualTo(Bench.WRONG);
    }

    @Test
    void saveThatCannotBeMadeIsCalledOffWhenTheTimeOfItsJobRunsOut() {
        Job waits = new Job("w", List.of(), rule("x"), Duration.ofMinutes(1), Job.OnTimeout.ABNORMAL);
        bench.define(jobnet("/a", null, Jobnet.Overlap.ALLOW, waits));
        Run run = bench.start("/a");
        String claim = "1@job/" + run.id() + "/w/1";
        bench.kept(bench.mail("x", claim.substring(2)));
        bench.give(new Command.TimerFired("timeout/" + run.id() + "/w/1"));
        assertThat(bench.outbox()).containsExactly("save/" + claim, "call-off/" + claim);
        bench.notSaved(claim);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
        assertThat(bench.outbox()).isEmpty();
    }

    @Test
    void saveThatCannotBeMadeIsCalledOffWhenItsUnitIsDeleted() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        bench.give(new Command.Delete("/a"));
        assertThat(bench.outbox()).containsExactly("save/1@" + watch, "call-off/1@" + watch);
        bench.notSaved("1@" + watch);
        assertThat(bench.runs("/a").getFirst().status()).isEqualTo(RunStatus.ENDED_ABNORMALLY);
    }

    @Test
    void filesThatAreSavedBehindACallAreNotHidden() {
        String watch = watch("/a");
        bench.kept(bench.mail("x", watch));
        bench.give(new Command.KillRun(bench.runs("/a").getFirst().id()));
        bench.notSaved("1@" + watch);
        bench.saved("1@" + watch);
        Claim claim = bench.claims(1).getFirst();
        assertThat(claim.state()).isEqualTo(Claim.State.SAVED);
        assertThat(claim.problem()).isNull();
        assertThat(bench.runs("/a").getFirst().status()).isEqualTo(RunStatus.KILLED);
        bench.notSaved("1@" + watch);
        assertThat(bench.claims(1)).containsExactly(claim);
    }
}
