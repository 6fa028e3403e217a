package ekiden.wait;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.MemoryDisk;
import ekiden.wait.WaitWorld.Rule;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process stops before each operation of the disk in turn, with and without the power going, and the same call is made again. */
class WaitCrashTest {
    private static final int SEEDS = 4;

    private static WaitWorld world(MemoryDisk disk, Rule rule, int seed) throws IOException {
        WaitWorld world = new WaitWorld(disk);
        world.rule = rule;
        world.shareForces = seed % 4 < 2;
        world.mail(3, "order", "first", "a.csv", "a.csv");
        world.mail(5, "order", "second", "a.csv");
        world.mail(6, "bill", "third");
        world.mail(9, "order", "fourth", "b.csv");
        return world;
    }

    @ParameterizedTest
    @EnumSource
    void whereverItStopsEachLineComesUntilItsReceiptAndNeverAfter(Rule rule) throws IOException {
        MemoryDisk measured = new MemoryDisk(new Random(0));
        WaitWorld calm = world(measured, rule, 2);
        long begin = measured.operations();
        assertThat(calm.call(2)).isNull();
        long operations = measured.operations() - begin;
        assertThat(operations).isGreaterThan(8);
        if (rule != Rule.NOTHING) {
            calm.complete(3, 5, 6, 9);
        }
        for (long stop = 0; stop <= operations; stop++) {
            for (int seed = 0; seed < SEEDS; seed++) {
                stopAt(rule, stop, seed);
            }
        }
    }

    private static void stopAt(Rule rule, long stop, int seed) throws IOException {
        MemoryDisk disk = new MemoryDisk(new Random(seed));
        WaitWorld world = world(disk, rule, seed);
        // each crash may fall on the moment of parsing; that it is a mail's fault is another test
        world.limits = WaitLimits.DEFAULT.withOpenings(10);
        boolean power = seed % 2 == 0;
        for (int life = 0; life < 3; life++) {
            disk.stopAfter(life == 0 ? stop : (stop * (life + 6)) % 31);
            try {
                world.call(2);
            } catch (MemoryDisk.Stopped stopped) {
                assertThat(stopped).isNotNull();
            }
            if (power) {
                disk.crash();
            } else {
                disk.restart();
            }
        }
        world.now = world.now.plusSeconds(60);
        assertThat(world.call(2))
                .as("rule %s stop %s seed %s", rule, stop, seed)
                .isNull();
        if (rule == Rule.NOTHING) {
            assertThat(world.unread).isEmpty();
            assertThat(world.lines).hasSize(4);
        } else {
            world.complete(3, 5, 6, 9);
        }
    }
}
