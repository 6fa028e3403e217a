package ekiden.main;

import ekiden.cli.Portion;
import ekiden.cli.Terminal;
import ekiden.wait.ProgressPace;
import ekiden.wait.ShownMails;
import java.util.function.Supplier;

/**
 * The progress of large mails on standard error: one line that is rewritten and leaves nothing behind on a terminal, lines now and then elsewhere. Safe
 * from any thread.
 */
final class ProgressLine implements ShownMails.Show {
    private static final String REWRITE = "\r\u001b[K";

    private final Terminal terminal;
    private final Supplier<String> words;
    private boolean open;

    /** @param words what stands in front of the numbers */
    ProgressLine(Terminal terminal, Supplier<String> words) {
        this.terminal = terminal;
        this.words = words;
    }

    /** Makes room for other lines. */
    synchronized void clear() {
        if (open) {
            terminal.err().print(REWRITE);
            terminal.err().flush();
            open = false;
        }
    }

    @Override
    public One begin(long size) {
        boolean rewritten = terminal.columns().getAsInt() > 0;
        ProgressPace.Limits limits = rewritten ? ProgressPace.Limits.REWRITTEN : ProgressPace.Limits.LINES;
        return new Mail(new ProgressPace(limits, size, terminal.clock().nanos()), size, rewritten);
    }

    private synchronized void show(String line, boolean rewritten) {
        if (rewritten) {
            terminal.err().print(REWRITE + line);
            terminal.err().flush();
            open = true;
        } else {
            terminal.err().println(line);
        }
    }

    private final class Mail implements One {
        private final ProgressPace pace;
        private final long size;
        private final boolean rewritten;

        Mail(ProgressPace pace, long size, boolean rewritten) {
            this.pace = pace;
            this.size = size;
            this.rewritten = rewritten;
        }

        @Override
        public void arrived(long bytes) {
            // the end has a line of its own
            if (bytes < size && pace.due(bytes, terminal.clock().nanos())) {
                show(line(bytes), rewritten);
            }
        }

        @Override
        public void over(boolean whole) {
            if (rewritten) {
                clear();
            } else if (whole && pace.shown()) {
                show(line(size), false);
            }
        }

        private String line(long bytes) {
            return words.get() + " " + Portion.of(bytes, size);
        }
    }
}
