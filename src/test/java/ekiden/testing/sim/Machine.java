package ekiden.testing.sim;

import ekiden.agent.AgentMessage;
import ekiden.agent.CommandRunner;
import ekiden.base.Problem;
import ekiden.link.Assignment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The processes of the machine. They outlive the agent and die with the machine. Wrappers do what the shell's does. */
final class Machine {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final SimWorld world;
    private final List<Wrapper> wrappers = new ArrayList<>();
    private final Set<String> strangers = new LinkedHashSet<>();
    private int boot = 1;
    private int lastPid = 100;

    Machine(SimWorld world) {
        this.world = world;
    }

    /** Who wants to know that a wrapper is gone. */
    private record Waiter(int life, Runnable gone) {}

    /** One wrapper and its program. */
    private static final class Wrapper {
        final Assignment.ExecuteCommand command;
        final Path folder;
        final int boot;
        final String note;
        final List<Waiter> waiters = new ArrayList<>();
        boolean alive = true;
        boolean programRuns;

        Wrapper(Assignment.ExecuteCommand command, Path folder, int boot, String note) {
            this.command = command;
            this.folder = folder;
            this.boot = boot;
            this.note = note;
        }
    }

    /** The machine as one life of the agent sees it. */
    CommandRunner runner(int life) {
        return new Runner(life);
    }

    /** Whether any wrapper or program runs. */
    boolean busy() {
        return wrappers.stream().anyMatch(one -> one.alive || one.programRuns);
    }

    /** Power is lost, and comes back. */
    void reboot() {
        for (Wrapper one : wrappers) {
            boolean noted = one.alive && world.disk.exists(one.folder.resolve("pid"));
            if (noted && world.chance.one(4)) {
                strangers.add(one.note);
            }
            one.alive = false;
            one.programRuns = false;
        }
        wrappers.clear();
        boot++;
        world.commandTruth.rebooted();
    }

    private void within(Wrapper one, Duration delay, String what, Runnable action) {
        world.schedule.outside(delay, what + " " + one.command.attempt(), () -> {
            if (one.boot == boot) {
                action.run();
            }
        });
    }

    private CommandTruth.Fact truth(Wrapper one) {
        return world.commandTruth.of(one.command.attempt());
    }

    private void spawn(Wrapper one) {
        wrappers.add(one);
        boolean slow = world.chance.one(world.faults().commandFault());
        within(one, world.chance.upTo(Duration.ofMillis(slow ? 6_000 : 20)), "wrapper looks", () -> look(one));
        if (world.chance.one(world.faults().commandFault())) {
            within(one, world.chance.upTo(Duration.ofSeconds(20)), "wrapper is killed", () -> killWrapper(one));
        }
    }

    private void killWrapper(Wrapper one) {
        if (one.alive) {
            world.trace.say(() -> "wrapper killed: " + one.command.attempt());
            truth(one).wrapperKilled = true;
            leave(one);
        }
    }

    /** The note is made only where none is there, in one step. */
    private void look(Wrapper one) {
        if (!one.alive) {
            return;
        }
        Path pid = one.folder.resolve("pid");
        try {
            if (world.disk.exists(pid) && world.canary != Canary.FORGETS_STARTS) {
                leave(one);
                return;
            }
            world.disk.delete(pid);
            world.disk.create(pid).close();
        } catch (IOException wrong) {
            truth(one).couldNotNote = true;
            leave(one);
            return;
        }
        boolean slow = world.chance.one(world.faults().commandFault());
        truth(one).slowNote |= slow;
        within(one, Duration.ofMillis(slow ? world.chance.below(5_000) : 0), "wrapper notes", () -> note(one));
    }

    private void note(Wrapper one) {
        if (!one.alive) {
            return;
        }
        try {
            write(one.folder.resolve("pid"), one.note + "\n");
        } catch (IOException wrong) {
            truth(one).couldNotNote = true;
            leave(one);
            return;
        }
        if (world.chance.one(50)) {
            truth(one).notFound = true;
            exitWith(one, "cannot-start");
            return;
        }
        one.programRuns = true;
        world.trace.say(() -> "program begins: " + one.command.attempt());
        world.files.now();
        world.commandTruth.began(one.command.attempt());
        int code = world.chance.one(4) ? world.chance.of(List.of(1, 3, 9)) : 0;
        Duration runs = world.chance.upTo(Duration.ofSeconds(world.chance.one(10) ? 180 : 10));
        within(one, runs, "program ends", () -> programEnds(one, code));
    }

    private void programEnds(Wrapper one, int code) {
        if (!one.programRuns) {
            return;
        }
        one.programRuns = false;
        world.trace.say(() -> "program ends with " + code + ": " + one.command.attempt());
        truth(one).exit = code;
        if (one.alive) {
            exitWith(one, Integer.toString(code));
        }
    }

    private void exitWith(Wrapper one, String word) {
        Path part = one.folder.resolve("exit.part");
        try {
            write(part, word + "\n");
        } catch (IOException wrong) {
            truth(one).couldNotNote = true;
        }
        within(one, world.chance.upTo(Duration.ofMillis(5)), "wrapper leaves", () -> rename(one, part));
    }

    private void rename(Wrapper one, Path part) {
        if (!one.alive) {
            return;
        }
        try {
            world.disk.rename(part, one.folder.resolve("exit"));
            world.disk.forceFolder(one.folder);
        } catch (IOException wrong) {
            truth(one).couldNotNote = true;
        }
        leave(one);
    }

    private void write(Path file, String text) throws IOException {
        try (var out = world.disk.append(file)) {
            out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            out.force();
        }
    }

    private void leave(Wrapper one) {
        one.alive = false;
        for (Waiter waiter : one.waiters) {
            String what = "wrapper gone " + one.command.attempt();
            world.schedule.within(world.agentHost, waiter.life(), Duration.ZERO, what, waiter.gone());
        }
        one.waiters.clear();
    }

    private @Nullable Wrapper living(String note) {
        return wrappers.stream()
                .filter(one -> one.alive && one.note.equals(note))
                .findFirst()
                .orElse(null);
    }

    private final class Runner implements CommandRunner {
        private final int life;

        Runner(int life) {
            this.life = life;
        }

        @Override
        public String bootId() {
            return "boot-" + boot;
        }

        @Override
        public Optional<Problem> start(Path folder, Assignment.ExecuteCommand command, Note started, Runnable gone)
                throws IOException {
            world.agentHost.mustLive(life);
            world.disk.makeFolders(folder);
            crash("before the note of a start");
            started.write();
            if (world.chance.one(world.faults().commandFault() * 8)) {
                return Optional.of(Problem.of(AgentMessage.CANNOT_START, "program", "work"));
            }
            crash("before a wrapper");
            lastPid++;
            String note = lastPid + " " + world.clock.nanos() / 10_000_000;
            Wrapper one = new Wrapper(command, folder, boot, note);
            one.waiters.add(new Waiter(life, gone));
            world.trace.say(() -> "wrapper " + note + ": " + command.attempt());
            spawn(one);
            crash("behind the start of a wrapper");
            return Optional.empty();
        }

        private void crash(String where) {
            if (world.chance.one(world.faults().linkCrash() / 10)) {
                world.crash(world.agentHost, where);
            }
        }

        @Override
        public boolean find(String note, Runnable gone) {
            world.agentHost.mustLive(life);
            Wrapper one = living(note);
            if (one != null) {
                one.waiters.add(new Waiter(life, gone));
            }
            return one != null || strangers.contains(note);
        }

        @Override
        public void kill(String note) {
            world.agentHost.mustLive(life);
            if (strangers.contains(note)) {
                world.violate(Violation.Checker.COMMANDS, "a stranger's process was killed: " + note);
            }
            Wrapper one = living(note);
            if (one == null) {
                return;
            }
            boolean stubborn = world.chance.one(4);
            int code = stubborn ? 137 : world.chance.one(6) ? 0 : 143;
            Duration delay = stubborn ? GRACE : world.chance.upTo(Duration.ofMillis(50));
            within(one, delay, "program is killed", () -> programEnds(one, code));
        }
    }
}
