package ekiden.cli;

import ekiden.base.CallerLocale;
import ekiden.base.Clock;
import ekiden.base.SystemClock;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Where a command was called.
 *
 * @param out takes what was asked for
 * @param err takes messages
 * @param environment of the process
 * @param folder relative paths start from it
 * @param userFolder the user's own folder
 * @param zone in which times are shown
 * @param clock the clock
 * @param pause waits between two tries
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        Path userFolder,
        Supplier<ZoneId> zone,
        Clock clock,
        Pause pause) {
    /** Waits. */
    @FunctionalInterface
    public interface Pause {
        /**
         * @param time how long
         * @return whether it may go on; false when the process is to end
         */
        boolean pause(Duration time);
    }

    /** {@return this process's own, which writes UTF-8 whatever the locale says: so JSON stays JSON} */
    public static Terminal system() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        CallerLocale.restore(environment);
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
                Map.copyOf(environment),
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("user.home", "")),
                ZoneId::systemDefault,
                new SystemClock(),
                Terminal::rest);
    }

    private static boolean rest(Duration time) {
        try {
            CountDownLatch never = new CountDownLatch(1);
            return !never.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
