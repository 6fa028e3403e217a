package ekiden.manager;

import static ekiden.manager.Bench.BOX;
import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static ekiden.manager.Bench.rule;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Jobnet;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.model.run.Watch;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DefineTest {
    private final Bench bench = new Bench();

    private static String refusal(Reply reply) {
        return ((Reply.Refused) reply).problem().id();
    }

    @Test
    void dollarsThatStandForThemselvesDoSoInAStartConditionToo() {
        bench.define(jobnet("/a", rule("cost $${x} or $5")));
        assertThat(bench.watches())
                .singleElement()
                .extracting(watch -> watch.rule().conditions().subject())
                .isEqualTo(List.of(Entry.fromText("cost ${x} or $5")));
    }

    @Test
    void unitWithAStartConditionBeginsToWatch() {
        UUID id = bench.define(jobnet("/a", rule("x")));
        assertThat(bench.watches())
                .extracting(Watch::id, Watch::joined)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("start/" + id, true));
        assertThat(bench.version()).isEqualTo(1);
        assertThat(bench.agent.changed).containsExactly(BOX);
    }

    @Test
    void unitWithoutOneWatchesNothing() {
        bench.define(jobnet("/a", null));
        assertThat(bench.watches()).isEmpty();
        assertThat(bench.agent.changed).isEmpty();
    }

    @Test
    void sameDefinitionAgainChangesNothing() {
        UUID id = bench.define(jobnet("/a", rule("x")));
        Reply again = bench.give(new Command.Define(bench.ids.next(), jobnet("/a", rule("x")), "/defs"));
        assertThat(again).isInstanceOfSatisfying(Reply.Defined.class, defined -> {
            assertThat(defined.changed()).isFalse();
            assertThat(defined.definition().id()).isEqualTo(id);
        });
        assertThat(bench.watches()).hasSize(1);
    }

    @Test
    void definitionThatIsToldAgainBehindANewerOneIsNotTheNewestAgain() {
        Command first = new Command.Define(bench.ids.next(), jobnet("/a", rule("x")), "/defs");
        bench.give(first);
        UUID second = bench.define(jobnet("/a", rule("y")));
        assertThat(bench.give(first)).isInstanceOf(Reply.Defined.class);
        assertThat(bench.watches()).extracting(Watch::id).containsExactly("start/" + second);
    }

    @Test
    void sameTextInAnotherFolderIsANewVersion() {
        bench.define(jobnet("/a", null));
        Reply again = bench.give(new Command.Define(bench.ids.next(), jobnet("/a", null), "/elsewhere"));
        assertThat(((Reply.Defined) again).definition().version()).isEqualTo(2);
    }

    @Test
    void newVersionTakesTheWatchOverAndRunsOfTheOldGoOn() {
        UUID first = bench.define(jobnet("/a", rule("x")));
        bench.kept(bench.mail("x", "start/" + first));
        Run run = bench.runs("/a").getFirst();
        UUID second = bench.define(jobnet("/a", rule("y"), Jobnet.Overlap.ALLOW, job("b", COMMAND)));
        assertThat(bench.watches()).extracting(Watch::id).containsExactly("start/" + second);
        bench.saved("1@start/" + first);
        bench.exited(run, "a", 0);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void deletedUnitWatchesNoLongerAndStartsNothing() {
        bench.define(jobnet("/a", rule("x")));
        Run run = bench.start("/a");
        assertThat(bench.give(new Command.Delete("/a"))).isInstanceOf(Reply.Done.class);
        assertThat(bench.watches()).isEmpty();
        assertThat(refusal(bench.give(new Command.StartRun(bench.ids.next(), "/a"))))
                .isEqualTo(ManagerMessage.NO_UNIT.id());
        assertThat(refusal(bench.give(new Command.Delete("/a")))).isEqualTo(ManagerMessage.NO_UNIT.id());
        bench.exited(run, "a", 0);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void unitDefinedAgainAfterItsDeletionCountsItsVersionsOn() {
        bench.define(jobnet("/a", rule("x")));
        bench.give(new Command.Delete("/a"));
        Reply again = bench.give(new Command.Define(bench.ids.next(), jobnet("/a", rule("x")), "/defs"));
        assertThat(((Reply.Defined) again).definition().version()).isEqualTo(2);
        assertThat(bench.watches()).hasSize(1);
    }

    @Test
    void runIsStartedOnceForOneId() {
        bench.define(jobnet("/a", null));
        UUID id = bench.ids.next();
        bench.give(new Command.StartRun(id, "/a"));
        bench.give(new Command.StartRun(id, "/a"));
        assertThat(bench.runs("/a")).extracting(Run::number).containsExactly(1L);
    }

    @Test
    void killOfWhatIsNotThereOrHasEndedIsRefused() {
        bench.define(jobnet("/a", null));
        assertThat(refusal(bench.give(new Command.KillRun(bench.ids.next())))).isEqualTo(ManagerMessage.NO_RUN.id());
        Run run = bench.start("/a");
        bench.exited(run, "a", 0);
        assertThat(refusal(bench.give(new Command.KillRun(run.id())))).isEqualTo(ManagerMessage.RUN_ENDED.id());
    }

    @Test
    void killIsGivenToTheAgentAndForgottenWithTheAttempt() {
        bench.define(jobnet("/a", null));
        Run run = bench.start("/a");
        bench.give(new Command.KillRun(run.id()));
        String attempt = run.id() + "/a/1";
        assertThat(bench.outbox()).containsExactly("attempt/" + attempt, "kill/" + attempt);
        bench.ended(new ekiden.model.run.AttemptId(run.id(), "a", 1), new ekiden.model.run.AttemptOutcome.Killed());
        assertThat(bench.outbox()).isEmpty();
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.KILLED);
    }

    @Test
    void alarmThatIsNotOpenCannotBeCleared() {
        Problem problem = ((Reply.Refused) bench.give(new Command.ClearAlarm(7))).problem();
        assertThat(problem.id()).isEqualTo(ManagerMessage.NO_ALARM.id());
    }
}
