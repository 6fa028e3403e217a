package ekiden.testing.sim;

import ekiden.base.Problem;
import ekiden.mail.receive.ReceiveMessage;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Calls over one connection of one life of the agent: each may take long, fail, or be the last thing that life does. */
final class Calls {
    private static final Duration SLOW = Duration.ofMillis(400);
    static final String LOG_IN = "log in";
    private static final Duration LOG_IN_DEADLINE = Duration.ofSeconds(30);
    private static final Duration FOREVER = Duration.ofHours(2);

    final int life;
    private final SimWorld world;
    private Fibers.@Nullable Alarm alarm;

    Calls(SimWorld world, int life) {
        this.world = world;
        this.life = life;
    }

    static Problem problem(ReceiveMessage message) {
        return Problem.of(message, "host", "simulated", "port", 0, "folder", "", "reply", "");
    }

    private ServerFaults faults() {
        return world.server().faults;
    }

    /** Time passes, until it is up or the connection is closed from outside. */
    private void pause(Duration time) {
        world.fibers.sleep(ring -> {
            alarm = ring;
            world.schedule.within(world.agentHost, life, time, "a mail server answers", ring::ring);
        });
        alarm = null;
    }

    /** A call that waits ends now. */
    void interrupt() {
        Fibers.Alarm waiting = alarm;
        if (waiting != null) {
            world.schedule.within(world.agentHost, life, Duration.ZERO, "a call is broken off", waiting::ring);
        }
    }

    /** Other things may happen in the middle of a call. */
    void breathe() {
        if (world.chance.one(faults().slow())) {
            pause(world.chance.upTo(SLOW));
        }
    }

    void mayEnd(String where) {
        if (world.chance.one(faults().crash())) {
            world.crash(world.agentHost, where);
        }
    }

    /** {@return whether the connection ends here} */
    boolean drops() {
        boolean drops = world.chance.one(faults().drop());
        if (drops) {
            world.census.count("connection lost");
        }
        return drops;
    }

    /** {@return why the server does not do what it is asked, or null} */
    @Nullable
    Problem before(String what, BooleanSupplier closed) {
        world.agentHost.mustLive(life);
        mayEnd("before it asks a mail server: " + what);
        breathe();
        if (closed.getAsBoolean() || drops()) {
            return problem(ReceiveMessage.LOST);
        }
        if (world.chance.one(faults().stall())) {
            world.census.count("no answer");
            world.trace.say(() -> "no answer: " + what);
            // nothing can be closed before it is open: a log-in has a deadline of its own
            boolean opening = what.equals(LOG_IN);
            Duration deadline = world.chance.upTo(opening ? LOG_IN_DEADLINE : Duration.ofMinutes(3));
            pause(!opening && world.chance.one(2) ? FOREVER : deadline);
            return problem(closed.getAsBoolean() ? ReceiveMessage.LOST : ReceiveMessage.STALLED);
        }
        if (world.chance.one(faults().notNow())) {
            world.census.count("server has no time");
            return problem(ReceiveMessage.NOT_NOW);
        }
        return null;
    }
}
