package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An SMTP server that does what a test tells it: <em>step + part of the line → act, n times</em>. What no rule covers goes
 * well, so that by default it takes every mail. Records each line and each mail that it took.
 *
 * <p>Listens on the loopback address; a virtual thread for each connection. Safe from any thread.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
    /** Where in the conversation a rule applies. */
    public enum Step {
        /** A connection has come; no word was said yet. */
        GREETING,
        /** EHLO. */
        EHLO,
        /** HELO. */
        HELO,
        /** STARTTLS. */
        STARTTLS,
        /** AUTH, or a line that answers its challenge. */
        AUTH,
        /** MAIL. */
        MAIL,
        /** RCPT. */
        RCPT,
        /** DATA. */
        DATA,
        /** Some of the content has come, or a chunk that is not the last. */
        BODY,
        /** The final dot or the last chunk has come. */
        END_OF_DATA,
        /** RSET. */
        RSET,
        /** NOOP. */
        NOOP,
        /** QUIT. */
        QUIT
    }

    /** What the server does. */
    public sealed interface Act {
        /**
         * Answers.
         *
         * @param text one or more lines, without the last line end
         */
        record Say(String text) implements Act {}

        /**
         * Answers and closes.
         *
         * @param text one or more lines, without the last line end
         */
        record SayAndDrop(String text) implements Act {}

        /**
         * Sends these characters as they are, and waits for nothing.
         *
         * @param text whatever
         */
        record Raw(String text) implements Act {}

        /** Resets the connection. */
        record Drop() implements Act {}

        /** Says nothing more and reads nothing more, until the server is closed. */
        record Stall() implements Act {}

        /** At the end of data: takes the mail, then resets the connection. */
        record TakeAndDrop() implements Act {}

        /** At the end of data: takes the mail, then says nothing more. */
        record TakeAndStall() implements Act {}
    }

    /** A rule in use. */
    private static final class Rule {
        final Step step;
        final String part;
        final Act act;
        int left;

        Rule(Step step, String part, Act act, int left) {
            this.step = step;
            this.part = part;
            this.act = act;
            this.left = left;
        }
    }

    private static final Logger LOG = System.getLogger(ScriptedSmtpServer.class.getName());

    private final ServerSocket listener;
    private final List<Rule> rules = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Delivered> delivered = new ArrayList<>();
    private final List<Socket> open = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private List<String> offers = List.of("PIPELINING", "8BITMIME");
    private String user = "";
    private String password = "";
    private boolean falseServer;
    private @Nullable SSLContext tls;
    private boolean implicitTls;
    private int connections;

    private ScriptedSmtpServer(ServerSocket listener) {
        this.listener = listener;
    }

    /** {@return a server that listens on a free port} */
    public static ScriptedSmtpServer start() {
        try {
            ScriptedSmtpServer server =
                    new ScriptedSmtpServer(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread.ofVirtual().name("scripted-smtp").start(server::accept);
            return server;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** {@return where it listens} */
    public int port() {
        return listener.getLocalPort();
    }

    /** From now on, each time at that step. {@return this} */
    public ScriptedSmtpServer on(Step step, Act act) {
        return on(step, "", Integer.MAX_VALUE, act);
    }

    /** From now on, so many times at that step, where the line holds that part. {@return this} */
    public synchronized ScriptedSmtpServer on(Step step, String part, int times, Act act) {
        rules.add(new Rule(step, part, act, times));
        return this;
    }

    /** From now on it does nothing but what is right. {@return this} */
    public synchronized ScriptedSmtpServer obey() {
        rules.clear();
        return this;
    }

    /** What EHLO shall list, beside AUTH and STARTTLS where they are set. {@return this} */
    public synchronized ScriptedSmtpServer offers(String... extensions) {
        offers = List.of(extensions);
        return this;
    }

    /** Whom AUTH shall believe. {@return this} */
    public synchronized ScriptedSmtpServer login(String newUser, String newPassword) {
        user = newUser;
        password = newPassword;
        return this;
    }

    /** SCRAM shall say yes without having proven anything. {@return this} */
    public synchronized ScriptedSmtpServer falseServer() {
        falseServer = true;
        return this;
    }

    /**
     * Speaks TLS.
     *
     * @param certificate {@code good}, {@code expired} or {@code other}
     * @param implicit at once, rather than after STARTTLS
     * @return this
     */
    public synchronized ScriptedSmtpServer tls(String certificate, boolean implicit) {
        tls = TestTls.server(certificate);
        implicitTls = implicit;
        return this;
    }

    /** {@return every line that came, content left out} */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** {@return every mail it took} */
    public synchronized List<Delivered> delivered() {
        return List.copyOf(delivered);
    }

    /** {@return how many connections have come} */
    public synchronized int connections() {
        return connections;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                keep(socket);
                Thread.ofVirtual().name("scripted-smtp-session").start(() -> serve(socket));
            } catch (IOException over) {
                return;
            }
        }
    }

    private synchronized void keep(Socket socket) {
        connections++;
        open.add(socket);
    }

    private void serve(Socket socket) {
        try (socket) {
            new ScriptedSmtpSession(this, socket).run();
        } catch (IOException over) {
            LOG.log(Level.DEBUG, "a connection ended", over);
        }
    }

    synchronized Optional<Act> actFor(Step step, String line) {
        for (Rule rule : rules) {
            if (rule.step == step && rule.left > 0 && line.contains(rule.part)) {
                rule.left--;
                return Optional.of(rule.act);
            }
        }
        return Optional.empty();
    }

    synchronized boolean hasRule(Step step) {
        return rules.stream().anyMatch(rule -> rule.step == step && rule.left > 0);
    }

    synchronized void heard(String line) {
        lines.add(line);
    }

    synchronized void took(Delivered mail) {
        delivered.add(mail);
    }

    synchronized List<String> offers() {
        List<String> all = new ArrayList<>(offers);
        if (!user.isEmpty() && all.stream().noneMatch(o -> o.startsWith("AUTH"))) {
            all.add("AUTH PLAIN LOGIN");
        }
        return all;
    }

    synchronized boolean believes(String someUser, String somePassword) {
        return user.equals(someUser) && password.equals(somePassword);
    }

    synchronized String password() {
        return password;
    }

    synchronized boolean pretends() {
        return falseServer;
    }

    synchronized @Nullable SSLContext tls() {
        return tls;
    }

    synchronized boolean implicitTls() {
        return implicitTls;
    }

    /** Waits until the server is closed: what a stall is. */
    void stall() {
        try {
            closed.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
            synchronized (this) {
                for (Socket socket : open) {
                    socket.close();
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
