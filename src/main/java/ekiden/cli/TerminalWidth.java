package ekiden.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * How wide the terminal is to which one of the two outputs goes. Whether there is one the launcher says, which can see it without starting anything;
 * how wide it is, is asked only when the first message is shown. Safe from any thread.
 */
final class TerminalWidth implements IntSupplier {
    /** Where nobody knows. */
    static final int USUAL = 80;
    /** Narrower than this the lines would be torn to pieces; wider ones nobody reads. */
    static final int LEAST = 20;

    static final int MOST = 1_000;

    /** The property that the launcher sets when standard error is a terminal. */
    static final String MESSAGES = "ekiden.terminal";
    /** The property that the launcher sets when standard output is a terminal. */
    static final String ANSWERS = "ekiden.terminal.out";

    private static final long DEADLINE_MILLIS = 500;

    private final String seen;
    private final Map<String, String> environment;
    private int known = -1;

    /**
     * @param seen the property that says whether it is a terminal
     * @param environment of the process
     */
    TerminalWidth(String seen, Map<String, String> environment) {
        this.seen = seen;
        this.environment = environment;
    }

    /** {@return columns; 0 where it is no terminal} */
    @Override
    public synchronized int getAsInt() {
        if (known < 0) {
            known = Boolean.getBoolean(seen)
                    ? chosen(environment.getOrDefault("COLUMNS", ""), TerminalWidth::asked)
                    : 0;
        }
        return known;
    }

    /** The width that the caller's environment says, otherwise what the terminal says, otherwise the usual one. */
    static int chosen(String said, Supplier<String> terminal) {
        int wanted = number(said);
        int width = wanted > 0 ? wanted : number(terminal.get().replaceAll(".* ", ""));
        return width > 0 ? Math.clamp(width, LEAST, MOST) : USUAL;
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 0;
    }

    /** Rows and columns, or nothing. */
    private static String asked() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(DEADLINE_MILLIS, TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return "";
            }
            return new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
        } catch (IOException none) {
            return "";
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
