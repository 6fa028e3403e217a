package ekiden.mail.receive.imap;

import ekiden.base.HostPort;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets the mailboxes of a process log in at each server a few at a time, first come, first served. A server on which thousands log in together serves
 * none of them in time, and then they all come again. Safe from any thread.
 */
public final class LogIns {
    private final LogInLimits limits;
    /** By their texts: a record as a key takes 3 ms when it is used first, in a command that logs in once. */
    private final Map<String, Semaphore> servers = new ConcurrentHashMap<>();

    /** @param limits how many at a time */
    public LogIns(LogInLimits limits) {
        this.limits = limits;
    }

    /** Waits for a turn, which {@link #end} gives on. {@return whether it came in time} */
    boolean begin(HostPort server) {
        try {
            return of(server).tryAcquire(limits.turn().toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void end(HostPort server) {
        of(server).release();
    }

    private Semaphore of(HostPort server) {
        return servers.computeIfAbsent(server.toString(), one -> new Semaphore(limits.atOnce(), true));
    }
}
