package ekiden.manager;

import static ekiden.manager.Bench.COMMAND;
import static ekiden.manager.Bench.WRONG;
import static ekiden.manager.Bench.job;
import static ekiden.manager.Bench.jobnet;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.engine.RerunRule;
import ekiden.link.Assignment;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.SendMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Rerun;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Outbox;
import java.util.List;
import org.junit.jupiter.api.Test;

class RerunTest {
    private static final SendMail SEND = new SendMail(
            "out", List.of("a@x.example"), List.of(), List.of(), "s", "t", null, List.of(), MailExtras.NONE);

    private final Bench bench = new Bench();

    private Run begin() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.QUEUE, job("send", SEND), job("next", COMMAND, "send")));
        return bench.start("/a");
    }

    private void ended(Run run, String job, int attempt, AttemptOutcome outcome) {
        bench.ended(new AttemptId(run.id(), job, attempt), outcome);
    }

    private Reply rerun(Run run, Rerun.How how, int attempt) {
        Rerun what = new Rerun(List.of(new Rerun.Which("send", attempt)), how, "person");
        return bench.give(new Command.RerunRun(run.id(), what));
    }

    private JobStatus status(Run run, String job) {
        return bench.run(run.id()).job(job).status();
    }

    private static String refusal(Reply reply) {
        assertThat(reply).isInstanceOf(Reply.Refused.class);
        return ((Reply.Refused) reply).problem().id();
    }

    private List<Assignment.SubmitMail> mails() {
        return bench.read(tx -> tx.outbox().waiting("agent", 0, 1_000)).stream()
                .map(Outbox.Row::assignment)
                .filter(Assignment.SubmitMail.class::isInstance)
                .map(Assignment.SubmitMail.class::cast)
                .toList();
    }

    @Test
    void uncertainMailIsNotSentAgainWithoutAWord() {
        Run run = begin();
        ended(run, "send", 1, new AttemptOutcome.Uncertain(WRONG, null));
        assertThat(refusal(rerun(run, Rerun.How.AGAIN, 1))).isEqualTo(ManagerMessage.RERUN_NEEDS_A_WORD.id());
        assertThat(status(run, "send")).isEqualTo(JobStatus.UNCERTAIN);
        assertThat(mails()).isEmpty();
    }

    @Test
    void resendCarriesTheSameMessageIdAndEndsTheAlarmAndWhatWasGivenUpFollows() {
        Run run = begin();
        String messageId = mails().getFirst().messageId();
        ended(run, "send", 1, new AttemptOutcome.Uncertain(WRONG, null));
        assertThat(bench.openAlarms()).hasSize(1);
        assertThat(rerun(run, Rerun.How.RESEND, 1)).isInstanceOf(Reply.Done.class);
        assertThat(bench.openAlarms()).isEmpty();
        assertThat(mails()).extracting(Assignment.SubmitMail::messageId).containsExactly(messageId);
        assertThat(mails().getFirst().attempt()).isEqualTo(new AttemptId(run.id(), "send", 2));
        ended(run, "send", 2, new AttemptOutcome.Sent("250", List.of()));
        assertThat(status(run, "next")).isEqualTo(JobStatus.QUEUED);
        bench.exited(run, "next", 0);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.ENDED_NORMALLY);
    }

    @Test
    void sameWordGivenTwiceSendsOnce() {
        Run run = begin();
        ended(run, "send", 1, new AttemptOutcome.Uncertain(WRONG, null));
        rerun(run, Rerun.How.RESEND, 1);
        ended(run, "send", 2, new AttemptOutcome.Uncertain(WRONG, null));
        assertThat(refusal(rerun(run, Rerun.How.RESEND, 1))).isEqualTo(ManagerMessage.CANNOT_RERUN.id());
        assertThat(status(run, "send")).isEqualTo(JobStatus.UNCERTAIN);
    }

    @Test
    void mailAssumedSentIsNotSentAndWhatWasGivenUpFollows() {
        Run run = begin();
        ended(run, "send", 1, new AttemptOutcome.Uncertain(WRONG, null));
        assertThat(rerun(run, Rerun.How.ASSUME_SENT, 1)).isInstanceOf(Reply.Done.class);
        assertThat(status(run, "send")).isEqualTo(JobStatus.ENDED_NORMALLY);
        assertThat(mails()).isEmpty();
        assertThat(bench.openAlarms()).isEmpty();
        assertThat(status(run, "next")).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void wordOnAnUncertainMailIsRefusedWhereItIsKnownWhatBecameOfIt() {
        Run run = begin();
        ended(run, "send", 1, new AttemptOutcome.NotSent(WRONG, List.of()));
        assertThat(refusal(rerun(run, Rerun.How.ASSUME_SENT, 1))).isEqualTo(ManagerMessage.NOT_UNCERTAIN.id());
        assertThat(refusal(rerun(run, Rerun.How.RESEND, 1))).isEqualTo(ManagerMessage.NOT_UNCERTAIN.id());
        assertThat(rerun(run, Rerun.How.AGAIN, 1)).isInstanceOf(Reply.Done.class);
        assertThat(mails()).hasSize(1);
    }

    @Test
    void rerunWaitsForTheRunThatHasTheTurn() {
        Run run = begin();
        ended(run, "send", 1, new AttemptOutcome.NotSent(WRONG, List.of()));
        Run other = bench.start("/a");
        rerun(run, Rerun.How.AGAIN, 1);
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.QUEUED);
        ended(other, "send", 1, new AttemptOutcome.NotSent(WRONG, List.of()));
        assertThat(bench.run(run.id()).status()).isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void resendThatIsKilledWhileItWaitsLeavesTheMailUncertain() {
        Run run = begin();
        ended(run, "send", 1, new AttemptOutcome.Uncertain(WRONG, null));
        bench.start("/a");
        rerun(run, Rerun.How.RESEND, 1);
        bench.give(new Command.KillRun(run.id()));
        JobRun send = bench.run(run.id()).job("send");
        assertThat(send.status()).isEqualTo(JobStatus.UNCERTAIN);
        assertThat(send.problem()).isEqualTo(WRONG);
        assertThat(bench.openAlarms()).hasSize(1);
        assertThat(refusal(rerun(run, Rerun.How.AGAIN, 1))).isEqualTo(ManagerMessage.RERUN_NEEDS_A_WORD.id());
    }

    @Test
    void nothingIsRerunWhileARunIsBeingKilled() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.QUEUE, job("send", SEND), job("other", COMMAND)));
        Run run = bench.start("/a");
        ended(run, "send", 1, new AttemptOutcome.NotSent(WRONG, List.of()));
        bench.give(new Command.KillRun(run.id()));
        assertThat(refusal(rerun(run, Rerun.How.AGAIN, 1))).isEqualTo(ManagerMessage.RERUN_WHILE_KILLED.id());
    }

    @Test
    void jobOfARunThatStillRunsIsRerunAtOnce() {
        bench.define(jobnet("/a", null, Jobnet.Overlap.QUEUE, job("send", SEND), job("other", COMMAND)));
        Run run = bench.start("/a");
        ended(run, "send", 1, new AttemptOutcome.NotSent(WRONG, List.of()));
        assertThat(rerun(run, Rerun.How.AGAIN, 1)).isInstanceOf(Reply.Done.class);
        assertThat(status(run, "send")).isEqualTo(JobStatus.QUEUED);
    }

    @Test
    void attemptBehindTheLimitIsRefused() {
        Run run = begin();
        for (int attempt = 1; attempt <= RerunRule.MAX_ATTEMPTS; attempt++) {
            ended(run, "send", attempt, new AttemptOutcome.NotSent(WRONG, List.of()));
            if (attempt < RerunRule.MAX_ATTEMPTS) {
                assertThat(rerun(run, Rerun.How.AGAIN, attempt)).isInstanceOf(Reply.Done.class);
            }
        }
        assertThat(refusal(rerun(run, Rerun.How.AGAIN, RerunRule.MAX_ATTEMPTS)))
                .isEqualTo(ManagerMessage.TOO_MANY_ATTEMPTS.id());
    }

    @Test
    void unknownRunAndEmptyListAreRefused() {
        Run run = begin();
        Rerun nothing = new Rerun(List.of(), Rerun.How.AGAIN, "person");
        assertThat(refusal(bench.give(new Command.RerunRun(bench.ids.next(), nothing))))
                .isEqualTo(ManagerMessage.NO_RUN.id());
        assertThat(refusal(bench.give(new Command.RerunRun(run.id(), nothing))))
                .isEqualTo(ManagerMessage.NOTHING_TO_RERUN.id());
    }
}
