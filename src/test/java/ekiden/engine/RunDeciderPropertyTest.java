package ekiden.engine;

import static ekiden.engine.Driven.COMMAND;
import static ekiden.engine.Driven.RECEIVE;
import static ekiden.engine.Driven.SEND;
import static ekiden.engine.Driven.WRONG;
import static ekiden.engine.Driven.job;
import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.Work;
import ekiden.model.run.AttemptOutcome;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Rerun;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random jobnets under random inputs, late, repeated and out of order. */
class RunDeciderPropertyTest {
    private static final List<Job.OnTimeout> ON_TIMEOUT = List.of(Job.OnTimeout.values());

    private static Jobnet jobnet(SplittableRandom random) {
        int size = 1 + random.nextInt(6);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<String> needs = new ArrayList<>();
            for (int before = 0; before < i; before++) {
                if (random.nextInt(3) == 0) {
                    needs.add("j" + before);
                }
            }
            Work work = List.of(COMMAND, SEND, RECEIVE).get(random.nextInt(3));
            Job.OnTimeout onTimeout = ON_TIMEOUT.get(random.nextInt(4));
            Duration timeout = random.nextBoolean() ? Duration.ofMinutes(1) : null;
            jobs.add(new Job("j" + i, needs, work, timeout, onTimeout));
        }
        return Driven.jobnet(jobs.toArray(Job[]::new));
    }

    private static RunInput input(SplittableRandom random, Driven driven) {
        Job job = driven.jobnet.jobs().get(random.nextInt(driven.jobnet.jobs().size()));
        String name = job.name();
        int attempt = 1 + random.nextInt(RunDecider.MAX_AUTOMATIC_ATTEMPTS);
        String claim = random.nextInt(4) + "@job/" + name;
        return switch (random.nextInt(15)) {
            case 0, 1 -> new RunInput.Ready(random.nextBoolean());
            case 2 -> random.nextInt(4) == 0 ? new RunInput.CannotBegin(WRONG) : new RunInput.Ready(true);
            case 3 -> random.nextInt(4) == 0 ? new RunInput.Kill("person") : new RunInput.Started(name, attempt);
            case 4 -> new RunInput.PutOff(name, attempt, WRONG, Driven.T0);
            case 5 -> new RunInput.Started(name, attempt);
            case 6, 7 -> new RunInput.MailTaken(name, claim);
            case 8, 9 -> new RunInput.MailSaved(name, claim, random.nextInt(4) == 0 ? WRONG : null);
            case 10 -> random.nextInt(8) == 0 ? new RunInput.CannotWatch(name, WRONG) : new RunInput.Ready(true);
            case 11, 12 -> new RunInput.TimedOut(name, attempt);
            case 13 -> random.nextInt(4) == 0 ? new RunInput.UnitDeleted() : new RunInput.TimedOut(name, 1);
            default -> new RunInput.Ended(name, attempt, outcome(random, job.work()));
        };
    }

    private static AttemptOutcome outcome(SplittableRandom random, Work work) {
        return switch (random.nextInt(6)) {
            case 0 -> new AttemptOutcome.Killed();
            case 1 -> new AttemptOutcome.NotStarted(WRONG, random.nextBoolean());
            case 2 -> new AttemptOutcome.Unknown(WRONG);
            default ->
                work.equals(COMMAND)
                        ? new AttemptOutcome.Exited(random.nextInt(7))
                        : random.nextBoolean()
                                ? new AttemptOutcome.Sent("250", List.of())
                                : new AttemptOutcome.Uncertain(WRONG, null);
        };
    }

    private static Driven driven(long seed, int inputs) {
        SplittableRandom random = new SplittableRandom(seed);
        Driven driven = new Driven(jobnet(random));
        for (int i = 0; i < inputs; i++) {
            driven.give(input(random, driven));
            holds(driven);
        }
        return driven;
    }

    private static void holds(Driven driven) {
        for (JobRun job : driven.run.jobs()) {
            boolean begun = job.attempt() > 0;
            for (String need : driven.jobnet.job(job.name()).needs()) {
                assertThat(!begun || driven.status(need).good())
                        .as("%s begins only after %s", job.name(), need)
                        .isTrue();
            }
        }
        if (driven.status().ended()) {
            assertThat(driven.run.jobs()).allMatch(job -> job.status().ended());
        }
    }

    /** The fold itself is compared in {@link Driven#give}. */
    @Property(tries = 2_000)
    void historyFoldedFromTheBeginningIsTheRow(@ForAll long seed, @ForAll @IntRange(max = 60) int inputs) {
        Driven driven = driven(seed, inputs);
        RunEvent.RunCreated created = (RunEvent.RunCreated) driven.history.getFirst();
        List<RunEvent> rest = driven.history.subList(1, driven.history.size());
        var folded = RunFold.create(Driven.RUN, created, Driven.T0);
        for (RunEvent event : rest) {
            folded = RunFold.apply(folded, event, Driven.T0);
        }
        assertThat(folded.status()).isEqualTo(driven.status());
        assertThat(folded.jobs()).extracting(JobRun::status).isEqualTo(statuses(driven));
    }

    private static List<JobStatus> statuses(Driven driven) {
        return driven.run.jobs().stream().map(JobRun::status).toList();
    }

    @Property(tries = 2_000)
    void everyAttemptIsAssignedAtMostOnceAndEveryWatchOpenedAtMostOnce(@ForAll long seed) {
        Driven driven = driven(seed, 80);
        assertThat(driven.effects(Effect.Assign.class)).doesNotHaveDuplicates();
        assertThat(driven.effects(Effect.OpenWatch.class)).doesNotHaveDuplicates();
        assertThat(driven.effects(Effect.CloseWatch.class)).doesNotHaveDuplicates();
        Set<Object> opened = new HashSet<>();
        driven.effects(Effect.OpenWatch.class).forEach(open -> opened.add(open.attempt()));
        driven.effects(Effect.CloseWatch.class)
                .forEach(close -> assertThat(opened).contains(close.attempt()));
    }

    @Property(tries = 2_000)
    void aRunEndsAtMostOnceAndThenLetsTheNextBegin(@ForAll long seed) {
        Driven driven = driven(seed, 80);
        long ends = driven.history.stream()
                .filter(RunEvent.RunEnded.class::isInstance)
                .count();
        assertThat(ends).isEqualTo(driven.status().ended() ? 1 : 0);
        assertThat(driven.effects(Effect.LetNextBegin.class)).hasSize((int) ends);
    }

    @Property(tries = 2_000)
    void onceEverythingIsAnsweredTheRunEndsAndNoTimerAndNoWatchIsLeft(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        Driven driven = driven(seed, 40);
        driven.give(new RunInput.Ready(true));
        for (int round = 0; round < 40 && !driven.status().ended(); round++) {
            driven.run.jobs().forEach(job -> answer(random, driven, job));
        }
        assertThat(driven.status().ended()).as("%s", driven.run).isTrue();
        assertThat(openWatches(driven)).isEmpty();
        assertThat(timers(driven)).isEmpty();
    }

    private static void answer(SplittableRandom random, Driven driven, JobRun job) {
        Work work = driven.jobnet.job(job.name()).work();
        switch (driven.status(job.name())) {
            case SAVING -> driven.give(new RunInput.MailSaved(job.name(), String.valueOf(job.claim()), null));
            case QUEUED -> driven.give(new RunInput.Ended(job.name(), job.attempt(), outcome(random, work)));
            case RUNNING ->
                driven.give(
                        work instanceof ReceiveMail
                                ? new RunInput.MailTaken(job.name(), "9@job")
                                : new RunInput.Ended(job.name(), job.attempt(), outcome(random, work)));
            default -> holds(driven);
        }
    }

    private static Set<Object> openWatches(Driven driven) {
        Set<Object> open = new HashSet<>();
        for (Effect effect : driven.effects) {
            if (effect instanceof Effect.OpenWatch watch) {
                open.add(watch.attempt());
            } else if (effect instanceof Effect.CloseWatch watch) {
                open.remove(watch.attempt());
            }
        }
        // a watch that missed a value was never opened; its end says so
        driven.run.jobs().stream()
                .filter(job -> job.status() == JobStatus.ENDED_ABNORMALLY && WRONG.equals(job.problem()))
                .forEach(job -> open.removeIf(attempt -> attempt.toString().contains("/" + job.name() + "/")));
        return open;
    }

    private static Set<Object> timers(Driven driven) {
        Set<Object> set = new HashSet<>();
        for (Effect effect : driven.effects) {
            if (effect instanceof Effect.SetTimeout timer) {
                set.add(timer.attempt());
            } else if (effect instanceof Effect.CancelTimeout timer) {
                set.remove(timer.attempt());
            }
        }
        return set;
    }

    @Property(tries = 1_000)
    void aKilledRunBeginsNothingMore(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        Driven driven = driven(seed, 20).give(new RunInput.Kill("person"));
        int assigned = driven.effects(Effect.Assign.class).size();
        int opened = driven.effects(Effect.OpenWatch.class).size();
        for (int i = 0; i < 40; i++) {
            driven.give(input(random, driven));
        }
        assertThat(driven.effects(Effect.Assign.class)).hasSize(assigned);
        assertThat(driven.effects(Effect.OpenWatch.class)).hasSize(opened);
        assertThat(driven.status()).isNotEqualTo(RunStatus.QUEUED);
    }

    private static RunInput rerun(SplittableRandom random, Driven driven) {
        List<Rerun.Which> jobs = new ArrayList<>();
        for (JobRun job : driven.run.jobs()) {
            if (random.nextInt(3) > 0 && (job.mayBeRerun() || random.nextInt(8) == 0)) {
                jobs.add(new Rerun.Which(job.name(), job.attempt()));
            }
        }
        List<Rerun.How> hows = List.of(Rerun.How.values());
        return new RunInput.Again(new Rerun(jobs, hows.get(random.nextInt(hows.size())), "person"));
    }

    @Property(tries = 2_000)
    void rerunsMakeNoAttemptTwiceAndSendNoUncertainMailAgainUnlessTold(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        Driven driven = driven(seed, 30);
        for (int i = 0; i < 60; i++) {
            Set<String> uncertain = new HashSet<>();
            driven.run.jobs().stream()
                    .filter(job -> job.status() == JobStatus.UNCERTAIN)
                    .forEach(job -> uncertain.add(job.name()));
            RunInput input = random.nextInt(3) == 0 ? rerun(random, driven) : input(random, driven);
            driven.give(input);
            holds(driven);
            boolean told = input instanceof RunInput.Again(Rerun what) && what.how() != Rerun.How.AGAIN;
            assertThat(uncertain)
                    .as("after %s", input)
                    .allMatch(name -> told || driven.status(name) == JobStatus.UNCERTAIN);
        }
        assertThat(driven.effects(Effect.Assign.class)).doesNotHaveDuplicates();
        assertThat(driven.effects(Effect.OpenWatch.class)).doesNotHaveDuplicates();
        assertThat(driven.effects(Effect.CloseWatch.class)).doesNotHaveDuplicates();
        long ends = count(driven, RunEvent.RunEnded.class);
        assertThat(ends - count(driven, RunEvent.RunReopened.class))
                .isEqualTo(driven.status().ended() ? 1 : 0);
    }

    private static long count(Driven driven, Class<? extends RunEvent> type) {
        return driven.history.stream().filter(type::isInstance).count();
    }

    @Property(tries = 1_000)
    void aRunThatIsRerunUntilAllIsWellEndsWell(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(~seed);
        Driven driven = driven(seed, 20);
        driven.give(new RunInput.Ready(true));
        for (int round = 0; round < 400 && !wellEnded(driven); round++) {
            driven.run.jobs().forEach(job -> answer(random, driven, job));
            for (Rerun.How how : Rerun.How.values()) {
                driven.give(new RunInput.Again(new Rerun(badly(driven, how), how, "person")), new RunInput.Ready(true));
            }
        }
        assertThat(wellEnded(driven) || begunInVain(driven))
                .as("%s", driven.run)
                .isTrue();
        assertThat(timers(driven)).isEmpty();
    }

    private static boolean wellEnded(Driven driven) {
        return driven.status() == RunStatus.ENDED_NORMALLY || driven.status() == RunStatus.ENDED_WITH_WARNING;
    }

    /** Whose mail could not be saved, or who was killed before it began: no job was begun, and none is rerun. */
    private static boolean begunInVain(Driven driven) {
        return driven.status().ended() && driven.run.jobs().stream().noneMatch(job -> job.mayBeRerun());
    }

    private static List<Rerun.Which> badly(Driven driven, Rerun.How how) {
        return driven.run.jobs().stream()
                .filter(job -> job.mayBeRerun())
                .filter(job -> (job.status() == JobStatus.UNCERTAIN) == (how != Rerun.How.AGAIN))
                .map(job -> new Rerun.Which(job.name(), job.attempt()))
                .toList();
    }

    @Property(tries = 20)
    void singleJobEndsTheRun(@ForAll @IntRange(max = 255) int code) {
        Driven driven = Driven.of(job("a", COMMAND))
                .give(new RunInput.Ready(true), new RunInput.Ended("a", 1, new AttemptOutcome.Exited(code)));
        assertThat(driven.status().ended()).isTrue();
    }
}
