package ekiden.testing.sim;

import ekiden.manager.Command;
import ekiden.manager.Reply;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Rerun;
import ekiden.model.run.Run;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A person at the API: defines, starts, kills, treats the quarantine; asks again, with the same ids, until there is an answer. */
final class Operator {
    private final SimWorld world;
    private final SimUnits units;
    private int asked;
    private int answered;

    Operator(SimWorld world) {
        this.world = world;
        this.units = new SimUnits(world.chance, world.hasServers());
    }

    boolean done() {
        return asked == answered;
    }

    /** Everything that is to be asked in this world. */
    void plan(Duration chaos) {
        int count = world.chance.between(1, 5);
        for (int unit = 1; unit <= count; unit++) {
            String name = "/u" + unit;
            at(world.chance.one(2) ? Duration.ZERO : world.chance.upTo(chaos), () -> define(name));
            for (int more = world.chance.below(3); more > 0; more--) {
                at(world.chance.upTo(chaos), () -> define(name));
            }
            for (int starts = world.chance.below(6); starts > 0; starts--) {
                at(world.chance.upTo(chaos), () -> new Command.StartRun(world.ids.next(), name));
            }
            if (world.chance.one(8)) {
                at(world.chance.upTo(chaos), () -> new Command.Delete(name));
            }
        }
        for (int kills = world.chance.below(6); kills > 0; kills--) {
            at(world.chance.upTo(chaos), this::kill);
        }
        for (int more = world.chance.below(3); more > 0; more--) {
            at(world.chance.upTo(chaos), this::treat);
        }
        for (int reruns = world.chance.below(6); reruns > 0; reruns--) {
            at(world.chance.upTo(chaos), this::rerun);
        }
    }

    private Command define(String unit) {
        return new Command.Define(world.ids.next(), units.jobnet(unit), "/defs");
    }

    /** Everything that ended badly is executed once more; of uncertain mails a person says now this, now that. */
    private @Nullable Command rerun() {
        List<Run> ended = world.runs().stream()
                .filter(run -> run.jobs().stream().anyMatch(job -> job.mayBeRerun()))
                .toList();
        if (ended.isEmpty()) {
            return null;
        }
        Run run = world.chance.of(ended);
        boolean uncertain = run.jobs().stream().anyMatch(job -> job.status() == JobStatus.UNCERTAIN);
        Rerun.How how = !uncertain ? Rerun.How.AGAIN : world.chance.one(2) ? Rerun.How.RESEND : Rerun.How.ASSUME_SENT;
        List<Rerun.Which> jobs = run.jobs().stream()
                .filter(job -> job.mayBeRerun() && (job.status() == JobStatus.UNCERTAIN) == uncertain)
                .map(job -> new Rerun.Which(job.name(), job.attempt()))
                .toList();
        jobs.forEach(which -> world.reruns.asked(new AttemptId(run.id(), which.job(), which.attempt()), how));
        return new Command.RerunRun(run.id(), new Rerun(jobs, how, "person"));
    }

    private @Nullable Command kill() {
        List<Run> live =
                world.runs().stream().filter(run -> !run.status().ended()).toList();
        return live.isEmpty() ? null : new Command.KillRun(world.chance.of(live).id());
    }

    private @Nullable Command treat() {
        List<CatalogueMail> mails = quarantined();
        if (mails.isEmpty()) {
            return null;
        }
        long mail = world.chance.of(mails).id();
        return world.chance.one(3) ? new Command.DropMail(mail) : new Command.ReleaseMail(mail);
    }

    private List<CatalogueMail> quarantined() {
        return world.mails().stream()
                .filter(mail -> mail.state() == CatalogueMail.State.QUARANTINED)
                .toList();
    }

    /** When all is calm: whatever can be read is let out of quarantine. */
    void releaseAll() {
        for (CatalogueMail mail : quarantined()) {
            if (world.observed.outside(mail).filter(SimMail::readable).isPresent()) {
                at(Duration.ZERO, () -> new Command.ReleaseMail(mail.id()));
            }
        }
    }

    private void at(Duration when, Supplier<@Nullable Command> wish) {
        asked++;
        world.schedule.outside(when, "operator", () -> {
            Command command = wish.get();
            if (command == null) {
                answered++;
            } else {
                ask(command, new boolean[1]);
            }
        });
    }

    private void ask(Command command, boolean[] over) {
        if (over[0]) {
            return;
        }
        Duration patience = Duration.ofSeconds(world.chance.between(5, 30));
        world.schedule.outside(patience, "operator asks again", () -> ask(command, over));
        world.trace.say(() -> "operator: " + command);
        world.schedule.reaching(
                world.managerHost,
                Duration.ZERO,
                "operator",
                () -> world.inbox().put(command, reply -> hear(command, reply, over)));
    }

    private void hear(Command command, Reply reply, boolean[] over) {
        world.trace.say(() -> "operator hears: " + reply);
        if (over[0] || refusedForNow(reply)) {
            return;
        }
        if (reply instanceof Reply.Refused(var problem) && problem.id().equals("EKDS0109-E")) {
            world.violate(Violation.Checker.BUG, command + " ended by a bug");
        }
        over[0] = true;
        answered++;
    }

    private static boolean refusedForNow(Reply reply) {
        return reply instanceof Reply.Refused(var problem)
                && switch (problem.kind()) {
                    case RETRYABLE, UNKNOWN -> true;
                    case PERMANENT, INFORMATION -> false;
                };
    }
}
