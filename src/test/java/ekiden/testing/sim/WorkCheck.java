package ekiden.testing.sim;

import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.model.run.AttemptId;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.testing.sim.Violation.Checker;

/** Whether what is said of commands and of mails that were sent is true. */
final class WorkCheck {
    private final SimWorld world;

    WorkCheck(SimWorld world) {
        this.world = world;
    }

    void check() {
        for (Run run : world.runs()) {
            for (JobRun job : run.jobs()) {
                Work work = world.definition(run).jobnet().job(job.name()).work();
                if (work instanceof RunCommand) {
                    command(run, job);
                } else if (work instanceof SendMail) {
                    mail(run, job);
                }
            }
        }
    }

    private void command(Run run, JobRun job) {
        for (int former = 1; former < job.attempt(); former++) {
            boolean wanted = world.reruns.wanted(new AttemptId(run.id(), job.name(), former));
            if (fact(run, job, former).began != 0 && !wanted) {
                wrong(run, job, "was tried again though it had begun");
            }
        }
        CommandTruth.Fact fact = fact(run, job, job.attempt());
        Integer code = job.exitCode();
        switch (job.status()) {
            case FAILED_TO_START, NOT_EXECUTED -> {
                boolean wanted = world.reruns.wanted(new AttemptId(run.id(), job.name(), job.attempt()));
                if (fact.began != 0 && !wanted) {
                    wrong(run, job, "began, and is said not to have");
                }
            }
            case UNKNOWN -> {
                if (!excused(fact)) {
                    wrong(run, job, "is said to be unknown, and nothing had happened to it");
                }
            }
            case KILLED -> {
                if (fact.began != 0 && (fact.exit == null || !fact.killNoted)) {
                    wrong(run, job, "is said to be killed, and was not");
                }
            }
            case ENDED_NORMALLY, ENDED_WITH_WARNING, ENDED_ABNORMALLY -> {
                if (code != null && !code.equals(fact.exit)) {
                    wrong(run, job, "ended with " + fact.exit + " and is said to have ended with " + code);
                }
            }
            case WAITING, QUEUED, RUNNING, SAVING, UNCERTAIN -> live(run, job);
        }
    }

    private void live(Run run, JobRun job) {
        if (job.status() == JobStatus.UNCERTAIN) {
            wrong(run, job, "is no mail");
        }
    }

    private boolean excused(CommandTruth.Fact fact) {
        return fact.wrapperKilled || fact.couldNotNote || fact.slowNote || world.commandTruth.rebootedSince(fact);
    }

    private CommandTruth.Fact fact(Run run, JobRun job, int attempt) {
        return world.commandTruth.of(new AttemptId(run.id(), job.name(), attempt));
    }

    private void mail(Run run, JobRun job) {
        String attempt = new AttemptId(run.id(), job.name(), job.attempt()).toString();
        String messageId = world.sendTruth.messageId(attempt);
        int deliveries = world.sendTruth.deliveries(messageId);
        int resent = world.sendTruth.resent(messageId);
        boolean sent = job.status() == JobStatus.ENDED_NORMALLY && job.problem() == null;
        boolean notSent = job.status() == JobStatus.FAILED_TO_START
                || job.status() == JobStatus.NOT_EXECUTED
                || job.status() == JobStatus.KILLED
                || job.status() == JobStatus.ENDED_ABNORMALLY;
        boolean tooFew = sent && deliveries == 0;
        if (tooFew || (sent && deliveries > 1 + resent) || (notSent && deliveries > resent)) {
            world.violate(
                    Checker.SENDING,
                    run.label() + "/" + job.name() + " is said to be " + job.status() + ", and was delivered "
                            + deliveries + " times");
        }
    }

    private void wrong(Run run, JobRun job, String what) {
        world.violate(Checker.COMMANDS, run.label() + "/" + job.name() + "/" + job.attempt() + " " + what);
    }
}
