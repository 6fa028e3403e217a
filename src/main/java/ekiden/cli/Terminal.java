package ekiden.cli;

import ekiden.base.CallerLocale;
import ekiden.base.Clock;
import ekiden.base.SystemClock;
import ekiden.message.Messages;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
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
 * @param columns how wide the terminal is to which messages go; 0 where they do not go to a terminal
 * @param outColumns how wide the terminal is to which what was asked for goes; 0 where it does not go to a terminal
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path folder,
        Path userFolder,
        Supplier<ZoneId> zone,
        Clock clock,
        Pause pause,
        IntSupplier columns,
        IntSupplier outColumns) {
    /** Stands for a blank at which no line ends; {@link Messages#clean} lets no message have it. */
    private static final char KEPT_BLANK = '\u001f';

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
                userFolder(environment),
                ZoneId::systemDefault,
                new SystemClock(),
                Terminal::rest,
                new TerminalWidth(TerminalWidth.MESSAGES, environment),
                new TerminalWidth(TerminalWidth.ANSWERS, environment));
    }

    /** As a shell does: HOME where there is one, the password file's otherwise; the JDK knows the second only. */
    static Path userFolder(Map<String, String> environment) {
        String home = environment.get("HOME");
        return Path.of(home == null || home.isBlank() ? System.getProperty("user.home", "") : home);
    }

    /** {@return the same one, with everything left in one line, as programs read them} */
    public Terminal unwrapped() {
        return new Terminal(out, err, environment, folder, userFolder, zone, clock, pause, () -> 0, () -> 0);
    }

    /**
     * Writes a line of a message: on a terminal in lines of its width, set in by two columns more than the first; whole anywhere else.
     *
     * @param line the line, with the blanks in front of it
     * @param values what was filled in; of these a path is not broken although it has blanks
     */
    public void tell(String line, Collection<String> values) {
        lines(line, values, columns.getAsInt()).forEach(err::println);
    }

    /**
     * Writes a value that was asked for: on a terminal in lines of its width, set in behind the name; whole anywhere else.
     *
     * @param name stands in front of it, with blanks up to the value
     * @param value what is shown; a path is not broken
     */
    public void show(String name, String value) {
        lines(name, " ".repeat(Width.of(name)), value, List.of(value), outColumns.getAsInt())
                .forEach(out::println);
    }

    private static List<String> lines(String line, Collection<String> values, int width) {
        String text = line.stripLeading();
        String indent = line.substring(0, line.length() - text.length());
        return lines(indent, indent + "  ", text, values, width);
    }

    private static List<String> lines(String first, String indent, String whole, Collection<String> values, int width) {
        if (width <= 0 || Width.of(first) + Width.of(whole) <= width) {
            return List.of(first + whole);
        }
        String text = whole;
        for (String value : values) {
            String shown = Messages.clean(value);
            if (shown.startsWith("/") || shown.contains(":\\") || shown.contains("://")) {
                text = text.replace(shown, shown.replace(' ', KEPT_BLANK));
            }
        }
        return Wrap.lines(text, first, indent, width).stream()
                .map(part -> part.replace(KEPT_BLANK, ' '))
                .toList();
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
