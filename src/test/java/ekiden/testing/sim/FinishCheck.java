package ekiden.testing.sim;

import ekiden.base.Result;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Alarm;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Outbox;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is still to be done. */
final class FinishCheck {
    /** Nothing but that something is on its way. */
    static final List<String> BUSY = List.of("the agent is not idle");

    private static final int ALL = 100_000;

    private final SimWorld world;

    FinishCheck(SimWorld world) {
        this.world = world;
    }

    /** {@return what has not finished; empty when all has} */
    List<String> left() {
        List<String> left = new ArrayList<>();
        if (!world.agentHost.up() || !world.managerHost.up()) {
            return List.of("a process is down");
        }
        if (!world.operator.done()) {
            left.add("commands of the operator");
        }
        world.clients.stream()
                .filter(client -> !client.done())
                .forEach(client -> left.add("mail " + client.mail.number() + " has no 250"));
        if (world.mailsToCome()) {
            left.add("mails have still to come");
        }
        if (!world.agent().isIdle()) {
            left.addAll(BUSY);
        }
        if (world.machine.busy()) {
            left.add("a program runs");
        }
        for (Outbox.Row row : world.store.read(tx -> tx.outbox().waiting(SimWorld.AGENT, 0, ALL))) {
            left.add("outbox: " + row.assignment().key());
        }
        // between two looks at old mails only a timer knows of it
        for (String mailbox : world.mailboxes()) {
            world.store.read(tx -> tx.watches().on(mailbox)).stream()
                    .filter(watch -> !watch.joined())
                    .forEach(watch -> left.add(watch.id() + " has not joined the stream"));
        }
        world.runs().stream().filter(run -> !run.status().ended()).forEach(run -> left.addAll(left(run)));
        if (left.isEmpty()) {
            left.addAll(orphans());
            left.addAll(diskAlarms());
            left.addAll(world.hasServers() ? world.alive.left() : List.of());
        }
        return left;
    }

    private List<String> left(Run run) {
        if (run.status() == RunStatus.QUEUED && somebodyRuns(run)) {
            return List.of();
        }
        List<String> live = new ArrayList<>();
        boolean waits = false;
        for (JobRun job : run.jobs()) {
            boolean receives = world.definition(run).jobnet().job(job.name()).work() instanceof ReceiveMail;
            boolean watching = receives && job.status() == JobStatus.RUNNING;
            waits |= watching;
            if (!watching && !job.status().ended() && job.status() != JobStatus.WAITING) {
                live.add(run.label() + "/" + job.name() + " is " + job.status());
            }
        }
        if (!waits) {
            live.add(run.label() + " is " + run.status());
        }
        return live;
    }

    private boolean somebodyRuns(Run queued) {
        return world.runs().stream()
                .anyMatch(run -> run.unit().equals(queued.unit()) && run.status() == RunStatus.RUNNING);
    }

    /** Alarms about disks, which have room by now. */
    private List<String> diskAlarms() {
        return world.store.read(tx -> tx.alarms().list(true, ALL)).stream()
                .map(Alarm::key)
                .filter(key -> key.startsWith("disk/"))
                .map(key -> "alarm " + key)
                .toList();
    }

    /** Spool entries that no mail points at. */
    private List<String> orphans() {
        Set<String> needed = new LinkedHashSet<>();
        for (CatalogueMail mail : world.mails()) {
            if (mail.raw() != null) {
                needed.add(mail.raw().place());
            }
        }
        return switch (world.spool().places()) {
            case Result.Ok<List<String>>(List<String> places) ->
                places.stream()
                        .filter(place -> !needed.contains(place))
                        .map(place -> "orphan in the spool: " + place)
                        .toList();
            case Result.Failed<List<String>> failed -> List.of("the spool: " + failed.problem());
        };
    }
}
