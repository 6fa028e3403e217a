package ekiden.testing.sim;

import ekiden.model.run.AttemptId;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What really became of commands, whatever anybody says. */
final class CommandTruth {
    /** What is true of one attempt. */
    static final class Fact {
        int began;

        @Nullable
        Integer exit;

        /** Whether the agent noted a kill before the wrapper noted the end. */
        boolean killNoted;

        boolean wrapperKilled;
        boolean couldNotNote;
        boolean slowNote;
        boolean notFound;
        /** When the agent first noted that it was about to begin, or -1. */
        long noted = -1;
    }

    private final SimWorld world;
    private final Map<String, Fact> facts = new LinkedHashMap<>();
    private long lastBoot;

    CommandTruth(SimWorld world) {
        this.world = world;
    }

    Fact of(AttemptId attempt) {
        return facts.computeIfAbsent(attempt.toString(), id -> new Fact());
    }

    /** The machine was started again: what ran before is gone. */
    void rebooted() {
        lastBoot = world.clock.nanos();
    }

    boolean rebootedSince(Fact fact) {
        return lastBoot > 0 && fact.noted >= 0 && lastBoot >= fact.noted;
    }

    void began(AttemptId attempt) {
        Fact fact = of(attempt);
        fact.began++;
        if (fact.began > 1) {
            world.violate(Violation.Checker.COMMANDS, "the command of " + attempt + " began twice");
        }
    }

    /** Something got its final name on the agent's disk. */
    void renamed(Path file) {
        if (file.startsWith(SimWorld.ATTEMPTS) && file.endsWith("started")) {
            attempt(file).ifPresent(attempt -> {
                Fact fact = of(attempt);
                fact.noted = fact.noted < 0 ? world.clock.nanos() : fact.noted;
            });
        }
        if (file.startsWith(SimWorld.ATTEMPTS) && file.endsWith("kill")) {
            boolean ended = world.disk.exists(file.resolveSibling("exit"));
            attempt(file).ifPresent(attempt -> of(attempt).killNoted |= !ended);
        }
    }

    private static Optional<AttemptId> attempt(Path note) {
        Path parts = SimWorld.ATTEMPTS.relativize(note);
        return parts.getNameCount() != 4
                ? Optional.empty()
                : Optional.of(new AttemptId(
                        UUID.fromString(parts.getName(0).toString()),
                        parts.getName(1).toString(),
                        Integer.parseInt(parts.getName(2).toString())));
    }
}
