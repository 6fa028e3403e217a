package ekiden.testing.sim;

import ekiden.model.run.Alarm;
import ekiden.testing.sim.SimServer.Box;
import ekiden.testing.sim.Violation.Checker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * No reader is silently dead: where no search has been answered for longer than the deadline, people are told, or are about to be. When all is
 * calm every folder is searched, and nobody is told of trouble that is over.
 */
final class AliveCheck {
    private static final Duration LOOK = Duration.ofSeconds(10);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final int ALL = 100_000;

    private final SimWorld world;
    private long since;

    AliveCheck(SimWorld world) {
        this.world = world;
    }

    /** A process ended or began, or the disk takes nothing: patience begins anew. */
    void disturbed() {
        since = world.clock.nanos();
    }

    void look() {
        world.schedule.outside(LOOK, "somebody looks at the lamps", this::look);
        boolean up = world.listening() && world.managerHost.up() && !world.diskIsFull();
        if (!up) {
            disturbed();
            return;
        }
        for (Box box : world.server().boxes.values()) {
            for (String folder : box.watched) {
                look(
                        box.name + "/" + folder,
                        box.settings.deadline().multipliedBy(2).plus(GRACE));
            }
        }
    }

    private void look(String label, Duration patience) {
        long last = Math.max(world.server().lastAnswer(label), since);
        if (world.clock.nanos() - last > patience.toNanos() && !told(label)) {
            world.violate(
                    Checker.ALIVE,
                    "no search was answered in " + label + " for more than " + patience.toSeconds()
                            + " s, and nobody is told");
        }
    }

    private Set<String> alarms() {
        return world.store.read(tx -> tx.alarms().list(true, ALL)).stream()
                .map(Alarm::key)
                .collect(Collectors.toSet());
    }

    private boolean told(String label) {
        String key = "mailbox/" + label;
        return alarms().contains(key)
                || world.disk.files().entrySet().stream()
                        .filter(file -> file.getKey().startsWith(SimWorld.HOME.resolve("reports")))
                        .anyMatch(file -> new String(file.getValue(), StandardCharsets.UTF_8).contains(key));
    }

    /** {@return what is not as it must be when all is calm} */
    List<String> left() {
        return alarms().stream()
                .filter(key ->
                        key.startsWith("mailbox/") || key.startsWith("announced/") || key.startsWith("after-receive/"))
                .map(key -> "alarm " + key)
                .toList();
    }
}
