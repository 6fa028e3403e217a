package ekiden.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A way to a server on this machine that counts what the server says, hears what the clients ask, and cuts connections where a test wants it. The
 * server may go and come again. Safe from any thread.
 */
public final class TcpRelay implements AutoCloseable {
    private static final Logger LOG = System.getLogger(TcpRelay.class.getName());
    private static final int CONNECT_MILLIS = 5_000;
    private static final int PIECE = 1 << 16;
    /** A longer line of a client is no command. */
    private static final int LINE = 10_000;

    private final int target;
    private final ServerSocket socket;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong down = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final Deque<Long> cutAt = new ArrayDeque<>();
    private final List<Consumer<String>> listeners = new ArrayList<>();
    private volatile long rate;
    private volatile boolean closed;

    /** @param target the server's port at 127.0.0.1 */
    public TcpRelay(int target) {
        this.target = target;
        try {
            this.socket = new ServerSocket(0, 4_096, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /** {@return where clients connect} */
    public int port() {
        return socket.getLocalPort();
    }

    /** Cuts the connection that brings the server's bytes, all connections together, to each of these counts. {@return this} */
    public TcpRelay cutAt(long... counts) {
        synchronized (cutAt) {
            for (long count : counts) {
                cutAt.add(count);
            }
        }
        return this;
    }

    /** Lets no connection bring more bytes a second than this; 0 for as many as there are. {@return this} */
    public TcpRelay rate(long bytesASecond) {
        rate = bytesASecond;
        return this;
    }

    /** Hears each line of each client from now on, on the connection's thread. {@return this} */
    public TcpRelay hear(Consumer<String> line) {
        synchronized (listeners) {
            listeners.add(line);
        }
        return this;
    }

    /** {@return bytes of the server that went through} */
    public long down() {
        return down.get();
    }

    /** {@return connections of clients so far} */
    public int connections() {
        return connections.get();
    }

    /** {@return cuts at a count so far} */
    public int cuts() {
        return cuts.get();
    }

    /** Cuts all connections. */
    public void cut() {
        open.forEach(TcpRelay::quietly);
    }

    private void accept() {
        while (!closed) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().name("relay up").start(() -> serve(client));
            } catch (IOException over) {
                LOG.log(closed ? Level.TRACE : Level.WARNING, "relay", over);
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket server = new Socket()) {
            open.add(client);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            server.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), target), CONNECT_MILLIS);
            Thread.ofVirtual().name("relay down").start(() -> down(server, client));
            up(client, server);
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "a connection ended", gone);
        } finally {
            open.remove(client);
        }
    }

    private void up(Socket client, Socket server) throws IOException {
        byte[] piece = new byte[PIECE];
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        StringBuilder line = new StringBuilder();
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
            heard(line, new String(piece, 0, count, StandardCharsets.ISO_8859_1));
            out.write(piece, 0, count);
        }
    }

    private void heard(StringBuilder line, String text) {
        line.append(text);
        for (int end = line.indexOf("\r\n"); end >= 0; end = line.indexOf("\r\n")) {
            String whole = line.substring(0, end);
            line.delete(0, end + 2);
            synchronized (listeners) {
                listeners.forEach(listener -> listener.accept(whole));
            }
        }
        if (line.length() > LINE) {
            line.setLength(0);
        }
    }

    private void down(Socket server, Socket client) {
        byte[] piece = new byte[PIECE];
        try (client;
                server) {
            InputStream in = server.getInputStream();
            OutputStream out = client.getOutputStream();
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                out.write(piece, 0, count);
                long sum = down.addAndGet(count);
                if (isCut(sum)) {
                    cuts.incrementAndGet();
                    return;
                }
                pace(count);
            }
        } catch (IOException gone) {
            LOG.log(Level.TRACE, "a connection ended", gone);
        }
    }

    private boolean isCut(long sum) {
        synchronized (cutAt) {
            boolean now = !cutAt.isEmpty() && sum >= cutAt.element();
            if (now) {
                cutAt.remove();
            }
            return now;
        }
    }

    private void pace(int count) {
        long most = rate;
        if (most > 0) {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(count) / most);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "closing a connection", broken);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "closing the relay", broken);
        }
        cut();
    }
}
