package ekiden.mail.send.smtp;

import ekiden.base.Tasks;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Name look-up and TCP connect, each with its deadline; the addresses of a host are tried in turn. */
final class Connector {
    private final SmtpSettings settings;
    private final Tasks tasks;

    Connector(SmtpSettings settings, Tasks tasks) {
        this.settings = settings;
        this.tasks = tasks;
    }

    Socket connect() throws SmtpFault, SmtpStop {
        InetAddress[] addresses = resolve();
        @Nullable IOException last = null;
        for (int i = 0; i < addresses.length && i < settings.limits().addresses(); i++) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(addresses[i], settings.port()),
                        Math.clamp(settings.timeouts().connect().toMillis(), 1, Integer.MAX_VALUE));
                return socket;
            } catch (IOException refused) {
                last = refused;
                closeQuietly(socket, refused);
            }
        }
        Fault fault = last instanceof SocketTimeoutException ? Fault.STALL : Fault.DROP;
        throw new SmtpFault(SendPhase.CONNECT, fault, null, last);
    }

    // The JDK's look-up knows no time-out, so it runs beside us.
    private InetAddress[] resolve() throws SmtpFault, SmtpStop {
        CompletableFuture<InetAddress[]> found = new CompletableFuture<>();
        tasks.run("resolve " + settings.host(), () -> {
            try {
                found.complete(InetAddress.getAllByName(settings.host()));
            } catch (UnknownHostException unknown) {
                found.completeExceptionally(unknown);
            }
        });
        try {
            return found.get(settings.timeouts().connect().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException unknown) {
            throw SmtpStop.of(SendMessage.UNKNOWN_HOST, "host", settings.host());
        } catch (TimeoutException late) {
            throw new SmtpFault(SendPhase.CONNECT, Fault.STALL, null, late);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new SmtpFault(SendPhase.CONNECT, Fault.DROP, null, stopped);
        }
    }

    private static void closeQuietly(Socket socket, IOException because) {
        try {
            socket.close();
        } catch (IOException broken) {
            because.addSuppressed(broken);
        }
    }
}
