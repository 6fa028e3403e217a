package ekiden.mail.send.sendmail;

import ekiden.base.CallerLocale;
import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs one command to its end or to its deadline, without a terminal. What it left running in the background lives on; what still belongs to it at the
 * deadline is killed.
 */
final class CommandRun {
    /** Without a session of its own, a command could ask the person whose terminal started Ekiden. */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private static final Path NOTHING = Path.of("/dev/null");
    private static final int SHOWN = 300;
    /** Bytes read between two looks at the command and its deadline; no pipe of an ordinary user holds more (pipe(7)). */
    static final int AT_ONCE = 1 << 20;

    private final Clock clock;
    private final SendmailLimits limits;

    CommandRun(Clock clock, SendmailLimits limits) {
        this.clock = clock;
        this.limits = limits;
    }

    /** How it ended. */
    sealed interface End {
        /**
         * By itself.
         *
         * @param code its exit code; 128 + n when signal n ended it
         * @param said the begin of what it said, raw
         */
        record Exited(int code, String said) implements End {}

        /**
         * At its deadline, or because the caller was interrupted.
         *
         * @param said the begin of what it said, raw
         */
        record Killed(String said) implements End {}

        /**
         * Not begun at all.
         *
         * @param why the system's words
         */
        record NotStarted(String why) implements End {}
    }

    /** Runs it with nothing to read. */
    End run(List<String> command, Duration within) {
        return run(command, within, limits.outputBytes());
    }

    /** @param most bytes of its output that are kept */
    End run(List<String> command, Duration within, int most) {
        return run(command, new Input(NOTHING, () -> {}), within, most);
    }

    /**
     * What it reads.
     *
     * @param file from its begin
     * @param open runs as soon as the command has it open
     */
    record Input(Path file, Runnable open) {}

    /** @param most bytes of its output that are kept */
    End run(List<String> command, Input input, Duration within, int most) {
        List<String> words = new ArrayList<>(command);
        if (Files.isExecutable(OWN_SESSION)) {
            words.addFirst(OWN_SESSION.toString());
        }
        Process process;
        try {
            ProcessBuilder builder = new ProcessBuilder(words)
                    .redirectInput(Redirect.from(input.file().toFile()))
                    .redirectErrorStream(true);
            CallerLocale.restore(builder.environment());
            process = builder.start();
        } catch (IOException notStarted) {
            return new End.NotStarted(Reason.of(notStarted));
        }
        input.open().run();
        return await(process, within, most);
    }

    /** Reads only what is there already: whoever delivers in the background may keep the pipe open. */
    private End await(Process process, Duration within, int most) {
        long begin = clock.nanos();
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        byte[] piece = new byte[limits.outputBytes()];
        InputStream in = process.getInputStream();
        boolean ended = false;
        try {
            while (!ended) {
                ended = process.waitFor(limits.pause().toMillis(), TimeUnit.MILLISECONDS);
                drain(in, piece, said, most);
                if (!ended && clock.nanos() - begin > within.toNanos()) {
                    kill(process);
                    return new End.Killed(said.toString(StandardCharsets.UTF_8));
                }
            }
            return new End.Exited(process.exitValue(), said.toString(StandardCharsets.UTF_8));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            kill(process);
            return new End.Killed(said.toString(StandardCharsets.UTF_8));
        }
    }

    /** Comes back also where it says more as fast as it is read. */
    static void drain(InputStream in, byte[] piece, ByteArrayOutputStream said, int most) {
        int read = 0;
        try {
            for (int there = in.available(); there > 0 && read < AT_ONCE; there = in.available()) {
                int count = in.readNBytes(piece, 0, Math.min(there, piece.length));
                said.write(piece, 0, Math.min(count, most - said.size()));
                read += count;
            }
        } catch (IOException closed) {
            LazyLogger.of(CommandRun.class)
                    .log(System.Logger.Level.DEBUG, "what a mail command says cannot be read", closed);
        }
    }

    private static void kill(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** {@return one line that fits a message, without control characters} */
    static String line(String said) {
        StringBuilder line = new StringBuilder();
        said.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .limit(SHOWN)
                .forEach(line::appendCodePoint);
        return line.toString().replaceAll(" +", " ").strip();
    }
}
