package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.LazyLogger;
import ekiden.disk.Disk;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Trial;
import java.io.File;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Opens a suspect mail in a process of its own: {@code ekiden mail read} on a copy of its bytes, with the same virtual machine and limits. A
 * mail without harm goes through first: where even that does not survive, the machine is to blame and nothing is known.
 *
 * @param disk where the copies go
 * @param folder the folder of the copies, absolute; what a killed trial left there is removed by the next one
 * @param command starts {@code mail read}; the file is added
 * @param within a trial that takes longer is harmful
 */
record TrialProcess(Disk disk, Path folder, List<String> command, Duration within) implements Trial {
    private static final System.Logger LOG = LazyLogger.of(TrialProcess.class);
    private static final Duration WITHIN = Duration.ofMinutes(2);
    private static final int BLOCK = 1 << 16;
    private static final byte[] HARMLESS = "Subject: harmless\r\n\r\nNothing.\r\n".getBytes(StandardCharsets.US_ASCII);
    /** Both mean that the mail was opened to its end. */
    private static final Set<Integer> SURVIVED = Set.of(ExitCode.DONE.code(), ExitCode.BAD_MAIL.code());

    /** With the virtual machine and the classes of this process. */
    static TrialProcess ofThisProduct(Disk disk, Path folder) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        List<String> command = List.of(
                java.toString(),
                "-XX:+UseSerialGC",
                "-Xmx" + Runtime.getRuntime().maxMemory(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "mail",
                "read");
        return new TrialProcess(disk, folder, command, WITHIN);
    }

    @Override
    public Verdict of(String name, RawSource raw) {
        try {
            disk.makeFolders(folder);
            for (Path left : disk.list(folder)) {
                disk.delete(left);
            }
            if (!survives("harmless", new BytesSource(HARMLESS))) {
                return Verdict.NOT_HELD;
            }
            return survives("suspect-" + name, raw) ? Verdict.HARMLESS : Verdict.HARMFUL;
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "no trial could be held: {0}", wrong.getMessage());
            return Verdict.NOT_HELD;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Verdict.NOT_HELD;
        }
    }

    private boolean survives(String name, RawSource raw) throws IOException, InterruptedException {
        Path copy = folder.resolve(name + ".eml");
        try {
            copy(raw, copy);
            return ends(copy);
        } finally {
            disk.delete(copy);
        }
    }

    private void copy(RawSource raw, Path to) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        try (Disk.Output out = disk.create(to)) {
            long at = 0;
            for (int read = raw.readAt(at, block); read > 0; read = raw.readAt(at, block.clear())) {
                at += read;
                out.write(block.flip());
            }
        }
    }

    private boolean ends(Path copy) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(command);
        words.add(copy.toString());
        Process process = new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS) && SURVIVED.contains(process.exitValue());
        } finally {
            process.destroyForcibly();
        }
    }
}
