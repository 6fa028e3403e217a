package ekiden.main;

import ekiden.base.SystemClock;
import ekiden.testing.WireClient;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;

/** The plainest client there is: says IDLE and notes when the server tells of a mail. What no client can be quicker than. */
final class RawIdle implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RawIdle.class.getName());

    private final SystemClock clock = new SystemClock();
    private final WireClient imap;
    private final List<Long> times = new ArrayList<>();
    private volatile boolean closed;

    RawIdle(int port, String user) {
        imap = WireClient.connect(port);
        imap.patient();
        imap.line();
        imap.imap("a", "LOGIN " + user + " secret");
        imap.imap("b", "SELECT INBOX");
        imap.say("c IDLE");
        imap.line();
        Thread.ofVirtual().name("raw idle").start(this::listen);
    }

    private void listen() {
        try {
            while (!closed) {
                String line = imap.line();
                long now = clock.nanos();
                if (line.endsWith(" EXISTS")) {
                    told(now);
                }
            }
        } catch (UncheckedIOException over) {
            LOG.log(closed ? Level.TRACE : Level.WARNING, "raw idle", over);
        }
    }

    private void told(long now) {
        synchronized (times) {
            times.add(now);
        }
    }

    /** {@return when it was told, {@link SystemClock#nanos}} */
    List<Long> times() {
        synchronized (times) {
            return List.copyOf(times);
        }
    }

    @Override
    public void close() {
        closed = true;
        imap.close();
    }
}
