package ekiden.main;

import ekiden.cli.Terminal;
import ekiden.wait.ProgressPace;
import java.nio.file.Path;

/**
 * How far a batch is, on standard error: mails that are through, and the part of the file that has been read. One line that is rewritten; nothing where
 * it is no terminal, for the results file tells more. Safe from any thread.
 */
final class BatchProgress {
    private static final String REWRITE = "\r\u001b[K";

    private final Terminal terminal;
    private final String name;
    private final long size;
    private final boolean shown;
    private final ProgressPace pace;
    private long read;
    private long mails;
    private boolean open;

    /**
     * @param terminal where
     * @param batch its file
     * @param size of the file, in bytes
     */
    BatchProgress(Terminal terminal, Path batch, long size) {
        this.terminal = terminal;
        this.name = String.valueOf(batch.getFileName());
        this.size = Math.max(1, size);
        this.shown = terminal.columns().getAsInt() > 0;
        this.pace = new ProgressPace(
                ProgressPace.Limits.REWRITTEN, size, terminal.clock().nanos());
    }

    /** So many bytes of the file have been read. */
    synchronized void read(long bytes) {
        read += bytes;
    }

    /** A mail is through. */
    synchronized void settled() {
        mails++;
        if (shown && pace.due(read, terminal.clock().nanos())) {
            terminal.err().print(REWRITE + name + " " + mails + ", " + Math.min(99, read * 100 / size) + " %");
            terminal.err().flush();
            open = true;
        }
    }

    /** Makes room for other lines. */
    synchronized void clear() {
        if (open) {
            terminal.err().print(REWRITE);
            terminal.err().flush();
            open = false;
        }
    }
}
