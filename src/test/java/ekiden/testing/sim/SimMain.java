package ekiden.testing.sim;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** {@code ./dev sim}: many worlds, one world with its whole story, or the canaries. */
public final class SimMain {
    private static final int STORY = 60;
    private static final int CANARY_SEEDS = 400;

    private SimMain() {}

    /**
     * @param arguments {@code --seeds N [--from S] [--kind KIND]}, {@code --seed S [--kind KIND] [--canary NAME]}, or {@code --canary}
     * @throws InterruptedException when it was stopped
     */
    public static void main(String[] arguments) throws InterruptedException {
        new ProductLog().listen();
        List<String> words = List.of(arguments);
        boolean good = words.contains("--seed")
                ? one(words, value(words, "--seed", 1), canary(words))
                : words.contains("--canary")
                        ? canaries()
                        : many(words, value(words, "--from", 1), value(words, "--seeds", 2_000));
        System.exit(good ? 0 : 1);
    }

    private static long value(List<String> words, String name, long otherwise) {
        int at = words.indexOf(name);
        return at < 0 ? otherwise : Long.parseLong(words.get(at + 1));
    }

    private static @Nullable Canary canary(List<String> words) {
        int at = words.indexOf("--canary");
        return at < 0 ? null : Canary.valueOf(words.get(at + 1));
    }

    /** {@return the kind that is asked for, or what the seed alone says} */
    private static Kind kind(List<String> words, long seed) {
        int at = words.indexOf("--kind");
        return at < 0 ? Kind.of(seed) : Kind.valueOf(words.get(at + 1));
    }

    /** How a world is played once more, with its whole story. */
    static String again(long seed, Kind kind) {
        return "./dev sim --seed " + seed + (kind == Kind.of(seed) ? "" : " --kind " + kind);
    }

    private static boolean one(List<String> words, long seed, @Nullable Canary canary) {
        SimWorld world = new SimWorld(seed, kind(words, seed), canary, true);
        Violation violation = world.run();
        world.trace.lines().forEach(System.out::println);
        System.out.println("seed " + seed + ": " + world.size());
        System.out.println(violation == null ? "no violation" : "VIOLATION " + violation);
        return violation == null;
    }

    private static boolean many(List<String> words, long from, long count) throws InterruptedException {
        AtomicLong next = new AtomicLong(from);
        AtomicInteger violations = new AtomicInteger();
        Census census = new Census();
        long begun = System.nanoTime();
        Runnable work = () -> {
            for (long seed = next.getAndIncrement(); seed < from + count; seed = next.getAndIncrement()) {
                Kind kind = kind(words, seed);
                SimWorld world = new SimWorld(seed, kind, null, false);
                Violation violation = world.run();
                census.add(world.census);
                if (violation != null) {
                    violations.incrementAndGet();
                    tell(seed, kind, violation);
                }
            }
        };
        // not threads of the platform: tasks that wait in their middle change places with these all the time
        Thread first = Thread.ofVirtual().start(work);
        Thread second = Thread.ofVirtual().start(work);
        first.join();
        second.join();
        double seconds = (System.nanoTime() - begun) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%d worlds in %.1f s (%.0f a second), %d violations%n",
                count,
                seconds,
                count / seconds,
                violations.get());
        System.out.println(census);
        return violations.get() == 0;
    }

    private static synchronized void tell(long seed, Kind kind, Violation violation) {
        System.out.println("seed " + seed + " VIOLATION " + violation.checker() + ": " + violation.what());
        SimWorld again = new SimWorld(seed, kind, null, true);
        Violation same = again.run();
        List<String> story = again.trace.lines();
        story.subList(Math.max(0, story.size() - STORY), story.size())
                .forEach(line -> System.out.println("    " + line));
        if (!violation.equals(same)) {
            System.out.println("    (told again it ended otherwise: " + same + ")");
        }
        System.out.println("    again: " + again(seed, kind));
    }

    private static boolean canaries() {
        boolean all = true;
        for (Canary canary : Canary.values()) {
            String caught = caught(canary);
            all &= caught.startsWith("CAUGHT");
            System.out.println(caught);
        }
        return all;
    }

    /** {@return {@code CAUGHT …} or {@code MISSED …}} */
    static String caught(Canary canary) {
        for (long seed = 1; seed <= CANARY_SEEDS; seed++) {
            Violation violation = new SimWorld(seed, canary, false).run();
            if (violation != null && violation.checker() == canary.catcher) {
                return "CAUGHT " + canary + " by " + violation.checker() + " at seed " + seed + ": " + violation.what();
            }
        }
        return "MISSED " + canary + " by " + canary.catcher + " in " + CANARY_SEEDS + " seeds";
    }
}
