package ekiden.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.UnitName;
import ekiden.model.definition.Work;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunEvent;
import ekiden.model.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A run that is driven by inputs; holds after each that the history, folded, is the row. */
final class Driven {
    static final Instant T0 = Instant.parse("2026-11-23T10:00:00Z");
    static final UUID RUN = new UUID(0x7000, 0x8000_0000_0000_0001L);
    static final RunCommand COMMAND = new RunCommand(List.of("true"), Map.of(), null, 0, 4);
    static final SendMail SEND = new SendMail(
            "out", List.of("a@x.example"), List.of(), List.of(), "s", "t", null, List.of(), MailExtras.NONE);
    static final ReceiveMail RECEIVE = new ReceiveMail(
            "orders",
            new Conditions(List.of("a@x.example"), List.of(), List.of()),
            SaveRule.DEFAULT,
            AfterReceive.READ,
            ReceiveMail.ClaimRule.ALL,
            5);
    static final Problem WRONG = new Problem("EKDA9999-E", MessageId.Kind.PERMANENT, Map.of());

    final Jobnet jobnet;
    final List<RunEvent> history = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    Run run;
    Instant now = T0;
    RunDecision last;

    Driven(Jobnet jobnet) {
        this(jobnet, null);
    }

    /** A run that a mail started, where there is a claim. */
    Driven(Jobnet jobnet, @Nullable String claim) {
        this.jobnet = jobnet;
        List<String> names = jobnet.jobs().stream().map(Job::name).toList();
        RunEvent.RunCreated created =
                new RunEvent.RunCreated(jobnet.name().value(), 1, new UUID(0x7000, 2), names, claim, null);
        this.run = RunFold.create(RUN, created, T0);
        this.last = new RunDecision(run, List.of(created), List.of());
        history.add(created);
    }

    static Driven of(Job... jobs) {
        return new Driven(jobnet(jobs));
    }

    static Jobnet jobnet(Job... jobs) {
        return new Jobnet(new UnitName("/sales/intake"), null, null, Jobnet.Overlap.QUEUE, List.of(jobs));
    }

    static Job job(String name, Work work, String... needs) {
        return new Job(name, List.of(needs), work, null, Job.OnTimeout.KILL);
    }

    static Job timed(String name, Work work, Job.OnTimeout onTimeout) {
        return new Job(name, List.of(), work, Duration.ofMinutes(10), onTimeout);
    }

    /** Lets inputs come, one second apart. */
    Driven give(RunInput... inputs) {
        return give(List.of(inputs));
    }

    /** Lets inputs come, one second apart. */
    Driven give(List<RunInput> inputs) {
        for (RunInput input : inputs) {
            now = now.plusSeconds(1);
            last = RunDecider.decide(run, jobnet, input, now);
            Run folded = run;
            for (RunEvent event : last.events()) {
                folded = RunFold.apply(folded, event, now);
            }
            assertThat(folded).as("fold after %s", input).isEqualTo(last.run());
            history.addAll(last.events());
            effects.addAll(last.effects());
            run = last.run();
        }
        return this;
    }

    /** Lets an input come that no longer applies. */
    Driven giveInVain(RunInput input) {
        Run before = run;
        give(input);
        assertThat(last.events()).as("events of %s", input).isEmpty();
        assertThat(last.effects()).as("effects of %s", input).isEmpty();
        assertThat(run).isEqualTo(before);
        return this;
    }

    RunStatus status() {
        return run.status();
    }

    JobStatus status(String job) {
        return run.job(job).status();
    }

    <T extends Effect> List<T> effects(Class<T> type) {
        return effects.stream().filter(type::isInstance).map(type::cast).toList();
    }
}
