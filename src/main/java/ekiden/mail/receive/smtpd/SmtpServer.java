package ekiden.mail.receive.smtpd;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A listener that is up: accepts connections and gives each a virtual thread. Safe from any thread.
 */
public final class SmtpServer implements AutoCloseable {
    private static final System.Logger LOG = LazyLogger.of(SmtpServer.class);
    private static final int SMTP_PORT = 25;
    private static final int ACCEPT_PAUSE_SECONDS = 1;
    private static final byte[] FULL = "421 4.3.2 too many connections\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FULL_FOR_CLIENT =
            "421 4.7.0 too many connections from your address\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Setup setup;
    private final ServerSocket socket;
    private final SmtpPlaces places;
    private final Set<SmtpConnection> connections = ConcurrentHashMap.newKeySet();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What every connection needs. */
    record Setup(
            SmtpdSettings settings,
            RecipientTable recipients,
            @Nullable SSLContext tls,
            SmtpdParts parts) {}

    private SmtpServer(Setup setup, ServerSocket socket) {
        this.setup = setup;
        this.socket = socket;
        this.places = new SmtpPlaces(setup.settings().limits());
    }

    /**
     * Begins to listen.
     *
     * @param settings the listener
     * @param parts what it works with
     * @return the listener, or what is wrong with its settings; then nothing listens
     */
    public static Result<SmtpServer> start(SmtpdSettings settings, SmtpdParts parts) {
        if (settings.protocol() == SmtpdSettings.Protocol.LMTP && settings.port() == SMTP_PORT) {
            return Result.failed(SmtpdMessage.LMTP_ON_PORT_25, "port", settings.port());
        }
        return RecipientTable.of(settings.recipients()).then(recipients -> {
            if (settings.tls() == null) {
                return listen(new Setup(settings, recipients, null, parts));
            }
            return SmtpTls.load(parts.disk(), settings.tls())
                    .then(tls -> listen(new Setup(settings, recipients, tls, parts)));
        });
    }

    private static Result<SmtpServer> listen(Setup setup) {
        SmtpdSettings settings = setup.settings();
        try {
            InetAddress address = InetAddress.getByName(settings.host());
            if (!address.isAnyLocalAddress()
                    && !address.isLoopbackAddress()
                    && NetworkInterface.getByInetAddress(address) == null) {
                return problem(SmtpdMessage.NO_SUCH_ADDRESS, settings, "not on this host");
            }
            ServerSocket socket =
                    new ServerSocket(settings.port(), settings.limits().backlog(), address);
            SmtpServer server = new SmtpServer(setup, socket);
            server.begin();
            return Result.ok(server);
        } catch (UnknownHostException unknown) {
            return problem(SmtpdMessage.NO_SUCH_ADDRESS, settings, "name not known");
        } catch (BindException taken) {
            String reason = String.valueOf(taken.getMessage());
            boolean denied = reason.contains("ermission denied");
            return problem(denied ? SmtpdMessage.PORT_NOT_ALLOWED : SmtpdMessage.PORT_IN_USE, settings, reason);
        } catch (IOException | IllegalArgumentException wrong) {
            return problem(SmtpdMessage.CANNOT_LISTEN, settings, String.valueOf(wrong.getMessage()));
        }
    }

    private static Result<SmtpServer> problem(SmtpdMessage message, SmtpdSettings settings, String reason) {
        return Result.failed(message, "host", settings.host(), "port", settings.port(), "reason", reason);
    }

    private void begin() {
        Thread.ofVirtual().name("smtpd-accept-" + port()).start(this::accept);
        sweepLater();
        setup.parts().listener().listening(address());
    }

    /** {@return where it listens} */
    public InetSocketAddress address() {
        return new InetSocketAddress(socket.getInetAddress(), socket.getLocalPort());
    }

    /** {@return the port it listens at} */
    public int port() {
        return socket.getLocalPort();
    }

    /** Goes on after whatever happens, for example without memory for a thread: a port that nobody serves is the worst. */
    private void accept() {
        while (!socket.isClosed()) {
            try {
                welcome(socket.accept());
            } catch (IOException | RuntimeException | Error failed) {
                pause(failed);
            }
        }
    }

    /** Without open files or memory left, accept fails at once again and again. */
    private void pause(Throwable failed) {
        if (socket.isClosed()) {
            return;
        }
        long times = told(failed) ? 1 : 2;
        try {
            stopped.await(times * ACCEPT_PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /** There may not even be room to tell; the next one may. */
    private boolean told(Throwable failed) {
        try {
            setup.parts()
                    .listener()
                    .problem(Problem.of(SmtpdMessage.NOT_ACCEPTED, "port", port(), "reason", Reason.of(failed)));
            LOG.log(Level.WARNING, "a connection could not be accepted", failed);
            return true;
        } catch (RuntimeException | Error again) {
            return false;
        }
    }

    private void welcome(Socket client) throws IOException {
        switch (places.take(client.getInetAddress())) {
            case COME_IN -> comeIn(client);
            case FULL -> {
                int limit = setup.settings().limits().connections();
                turnAway(client, FULL, Problem.of(SmtpdMessage.TOO_MANY_CONNECTIONS, "limit", limit));
            }
            case TOO_MANY_OF_CLIENT -> {
                int limit = setup.settings().limits().connectionsOfClient();
                String name = client.getInetAddress().getHostAddress();
                turnAway(
                        client,
                        FULL_FOR_CLIENT,
                        Problem.of(SmtpdMessage.TOO_MANY_OF_CLIENT, "limit", limit, "client", name));
            }
        }
    }

    private void turnAway(Socket client, byte[] reply, Problem problem) throws IOException {
        try (client) {
            client.getOutputStream().write(reply);
        } finally {
            setup.parts().listener().problem(problem);
        }
    }

    private void comeIn(Socket client) throws IOException {
        boolean served = false;
        try {
            String name = client.getInetAddress().getHostAddress();
            setup.parts().listener().connected(name);
            Thread.ofVirtual().name("smtpd-" + client.getPort()).start(() -> serve(client, name));
            served = true;
        } finally {
            if (!served) {
                places.give(client.getInetAddress());
                client.close();
            }
        }
    }

    private void serve(Socket client, String name) {
        InetAddress address = client.getInetAddress();
        try (client) {
            SmtpWire wire = new SmtpWire(
                    client, setup.settings().limits(), setup.parts().clock());
            SmtpConnection connection = new SmtpConnection(wire, name, setup);
            connections.add(connection);
            if (stopped.getCount() == 0) {
                connection.stop();
            }
            try {
                connection.run();
            } finally {
                connections.remove(connection);
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "{0} gone before the greeting: {1}", name, gone);
        } catch (RuntimeException | Error bug) {
            LOG.log(Level.ERROR, "the conversation with " + name + " ended by a bug", bug);
        } finally {
            places.give(address);
        }
    }

    private void sweepLater() {
        Duration pause = setup.settings().limits().sweep();
        setup.parts().tasks().after(pause, "smtpd-sweep", () -> {
            if (stopped.getCount() > 0 || !connections.isEmpty()) {
                sweepLater();
                long nanos = setup.parts().clock().nanos();
                connections.forEach(connection -> connection.closeIfLate(nanos));
            }
        });
    }

    /**
     * Stops: no new connections; clients that are between two commands are told 421; mails that come in now may end.
     *
     * @param grace how long to wait for those; then their sockets are closed
     */
    public void stop(Duration grace) {
        stopped.countDown();
        try {
            socket.close();
        } catch (IOException failed) {
            LOG.log(Level.WARNING, "closing the listener at port {0}: {1}", port(), failed);
        }
        connections.forEach(SmtpConnection::stop);
        try {
            places.awaitNone(grace);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(SmtpConnection::close);
    }

    /** Stops at once; what is coming in is given up. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }
}
