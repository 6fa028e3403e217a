package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A PostgreSQL of its own: data in a temporary folder, a free port of 127.0.0.1, no password, nothing forced to disk.
 * PostgreSQL refuses root, so root starts it as the user {@code postgres}, or {@code nobody} where there is none.
 *
 * <p>Most tests want {@link #shared()} and a {@link #newDatabase()} each: a start takes a second or two. Safe from any thread.
 */
public final class PostgresServer implements AutoCloseable {
    private static final String USER = "ekiden";
    private static final Duration INIT_WITHIN = Duration.ofSeconds(60);
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);
    private static final int STARTS = 3;
    private static @Nullable PostgresServer common;

    private final ServerFolder folder;
    private final List<String> prefix;
    private final AtomicInteger databases = new AtomicInteger();
    private ChildProcess server;
    private int port;

    private PostgresServer(ServerFolder folder) {
        this.folder = folder;
        this.prefix = asOther(folder.folder("data", user()));
        initialise();
        this.port = Ports.free();
        this.server = launch();
    }

    /**
     * Starts one.
     *
     * @return a server that answers
     * @throws AssertionError where a program is missing, or it does not start
     */
    public static PostgresServer start() {
        Programs.need(Program.INITDB, Program.POSTGRES);
        ServerFolder folder = new ServerFolder("postgres");
        try {
            return new PostgresServer(folder);
        } catch (RuntimeException | AssertionError broken) {
            folder.close();
            throw broken;
        }
    }

    /** {@return the one server that all tests of this virtual machine share; it ends with it, and is never closed before} */
    public static synchronized PostgresServer shared() {
        if (common == null) {
            PostgresServer server = start();
            Runtime.getRuntime().addShutdownHook(new Thread(server::close));
            common = server;
        }
        return common;
    }

    private static String user() {
        try {
            Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
            return "postgres";
        } catch (IOException noSuchUser) {
            return "nobody";
        }
    }

    /** What stands before each command: nothing, or another user, in the same process so that the id stays. */
    private static List<String> asOther(Path data) {
        if (!ServerFolder.root()) {
            return List.of();
        }
        Programs.need(Program.SETPRIV);
        try {
            String gid = Files.getAttribute(data, "unix:gid").toString();
            return List.of(
                    Programs.path(Program.SETPRIV).toString(), "--reuid=" + user(), "--regid=" + gid, "--clear-groups");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private ProcessBuilder command(Program program, String... arguments) {
        List<String> words = new ArrayList<>(prefix);
        words.add(Programs.path(program).toString());
        words.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(words).directory(folder.path().toFile());
        // Its words are looked for below, and a database of the developer's is none of ours.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    private void initialise() {
        ProcessBuilder init = command(
                Program.INITDB,
                "--pgdata=" + data(),
                "--username=" + USER,
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C",
                "--no-sync");
        ChildProcess.run("initdb", init, INIT_WITHIN);
    }

    private Path data() {
        return folder.path("data");
    }

    private ChildProcess launch() {
        for (int start = 1; ; start++) {
            ChildProcess starting = ChildProcess.start("postgres", settings());
            try {
                starting.awaitLine("database system is ready to accept connections", READY_WITHIN);
                return starting;
            } catch (AssertionError broken) {
                starting.close("QUIT");
                boolean taken = starting.lines().stream().anyMatch(l -> l.contains("Address already in use"));
                if (!taken || start == STARTS) {
                    throw broken;
                }
                port = Ports.free();
            }
        }
    }

    private ProcessBuilder settings() {
        List<String> arguments = new ArrayList<>(List.of("-D", data().toString()));
        List<String> settings = List.of(
                "listen_addresses=127.0.0.1",
                "port=" + port,
                "unix_socket_directories=",
                "fsync=off",
                "full_page_writes=off",
                "shared_buffers=32MB",
                "max_connections=200",
                "autovacuum=off",
                "jit=off",
                "log_min_messages=warning");
        settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
        return command(Program.POSTGRES, arguments.toArray(String[]::new));
    }

    /** {@return its port of 127.0.0.1} */
    public int port() {
        return port;
    }

    /** {@return the process id of the postmaster} */
    public synchronized long pid() {
        return server.pid();
    }

    /** {@return the URL of a new, empty database; the user is inside, there is no password} */
    public String newDatabase() {
        String name = "ekiden_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException broken) {
            throw new AssertionError("no new database: " + broken.getMessage() + told(), broken);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database + "?user=" + USER;
    }

    /** Ends every connection and process of it at once, as a crash does. */
    public synchronized void crash() {
        server.close("QUIT");
    }

    /** Starts it again after {@link #crash}, on the same port with the same data. */
    public synchronized void startAgain() {
        if (server.alive()) {
            throw new IllegalStateException("it runs");
        }
        server = launch();
        Eventually.value(READY_WITHIN, this::told, this::firstConnection);
    }

    private Optional<Boolean> firstConnection() {
        try (Connection connection = DriverManager.getConnection(url("postgres"))) {
            return Optional.of(connection.isValid(1));
        } catch (SQLException notYet) {
            return Optional.empty();
        }
    }

    /** {@return what the server said last, for the message of a failure} */
    public synchronized String told() {
        return server.told();
    }

    /** Ends it (open connections are cut) and removes its data. */
    @Override
    public synchronized void close() {
        server.close("INT");
        folder.close();
    }
}
