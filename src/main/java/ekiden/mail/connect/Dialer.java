package ekiden.mail.connect;

import ekiden.base.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Name look-up and TCP connect, each with its deadline; the addresses of a host are tried in turn. Safe from any thread. */
public final class Dialer {
    private final Tasks tasks;
    private final Duration within;
    private final int addresses;

    /**
     * @param tasks for the name look-up, which knows no time-out
     * @param within how long the look-up may last, and each address again
     * @param addresses most addresses of a host that are tried
     */
    public Dialer(Tasks tasks, Duration within, int addresses) {
        this.tasks = tasks;
        this.within = within;
        this.addresses = addresses;
    }

    /** What came of it. */
    public sealed interface Dialed {}

    /**
     * Connected.
     *
     * @param socket open; the caller's to close
     */
    public record Connected(Socket socket) implements Dialed {}

    /**
     * Not connected.
     *
     * @param why what kept it
     * @param cause for its words
     */
    public record NotConnected(Why why, Exception cause) implements Dialed {}

    /** What kept a connection from being. */
    public enum Why {
        /** The name has no address. */
        UNKNOWN_HOST,
        /** Refused, unreachable, or called off. */
        REFUSED,
        /** No answer in time. */
        STALLED
    }

    /**
     * @param host name or address
     * @param port 1 to 65535
     * @return an open socket without Nagle's delay, or why there is none
     */
    public Dialed connect(String host, int port) {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        // The JDK's look-up knows no time-out, so it runs beside us.
        tasks.run("resolve " + host, () -> {
            try {
                found.complete(InetAddress.getAllByName(host));
            } catch (UnknownHostException unknown) {
                found.completeExceptionally(unknown);
            }
        });
        try {
            return connect(found.get(within.toNanos(), TimeUnit.NANOSECONDS), port);
        } catch (ExecutionException unknown) {
            return new NotConnected(Why.UNKNOWN_HOST, unknown);
        } catch (TimeoutException late) {
            return new NotConnected(Why.STALLED, late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new NotConnected(Why.REFUSED, stopped);
        }
    }

    private Dialed connect(InetAddress[] found, int port) {
        @Nullable IOException last = null;
        for (int i = 0; i < found.length && i < addresses; i++) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(found[i], port), Math.clamp(within.toMillis(), 1, Integer.MAX_VALUE));
                return new Connected(socket);
            } catch (IOException refused) {
                last = refused;
                closeQuietly(socket, refused);
            }
        }
        IOException cause = last == null ? new IOException("no address") : last;
        return new NotConnected(cause instanceof SocketTimeoutException ? Why.STALLED : Why.REFUSED, cause);
    }

    private static void closeQuietly(Socket socket, IOException because) {
        try {
            socket.close();
        } catch (IOException broken) {
            because.addSuppressed(broken);
        }
    }
}
