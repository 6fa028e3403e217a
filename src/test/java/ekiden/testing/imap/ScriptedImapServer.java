package ekiden.testing.imap;

import ekiden.testing.MemoryFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * An IMAP server on the loopback address that does what a script tells it; by default all goes well. A virtual thread for each connection.
 * Safe from any thread.
 */
public final class ScriptedImapServer implements AutoCloseable {
    private static final Logger LOG = System.getLogger(ScriptedImapServer.class.getName());

    private final Map<String, MemoryFolder> folders = new ConcurrentSkipListMap<>();
    private final ImapScript script = new ImapScript();
    private final ServerSocket listener;
    private final List<Socket> open = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable SSLContext tls;
    private volatile boolean implicitTls;

    private ScriptedImapServer(ServerSocket listener) {
        this.listener = listener;
        folders.put("INBOX", new MemoryFolder(1000));
    }

    /** Starts one with an empty inbox, at a free port. */
    public static ScriptedImapServer start() {
        try {
            ScriptedImapServer server =
                    new ScriptedImapServer(new ServerSocket(0, 2048, InetAddress.ofLiteral("127.0.0.1")));
            Thread.ofVirtual().name("scripted imap").start(server::accept);
            return server;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                synchronized (this) {
                    open.removeIf(Socket::isClosed);
                    open.add(socket);
                }
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException over) {
            LOG.log(Level.TRACE, "closed", over);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            new ScriptedImapSession(this, socket).run();
        } catch (IOException over) {
            LOG.log(Level.TRACE, "connection over", over);
        }
    }

    /** {@return its port of 127.0.0.1} */
    public int port() {
        return listener.getLocalPort();
    }

    /** {@return what it does wrong and when} */
    public ImapScript script() {
        return script;
    }

    /** {@return the inbox} */
    public MemoryFolder inbox() {
        return Objects.requireNonNull(folders.get("INBOX"));
    }

    /** {@return all folders by the name a person writes; more can be put into it} */
    public Map<String, MemoryFolder> folders() {
        return folders;
    }

    /**
     * From now on it has TLS.
     *
     * @param context shows its certificate
     * @param implicit from the first byte, else after STARTTLS
     */
    public void tls(SSLContext context, boolean implicit) {
        tls = context;
        implicitTls = implicit;
    }

    @Nullable
    SSLContext tls() {
        return tls;
    }

    boolean implicitTls() {
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

    /** Ends all connections that are open, without a word. */
    public synchronized void cutAll() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            listener.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
        cutAll();
    }
}
