package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.Tasks;
import ekiden.mail.connect.Dialer;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.connect.TlsFault;
import ekiden.mail.profile.Credentials;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocket;

/**
 * A connection that has greeted, is inside TLS where that is asked for, and is logged in: ready for one
 * {@link Transaction} after the other. One thread at a time.
 */
final class SmtpConnection implements AutoCloseable {
    private static final Logger LOG = LazyLogger.of(SmtpConnection.class);

    private final SmtpSettings settings;
    private final SmtpWire wire;
    private Extensions extensions = Extensions.NONE;

    private SmtpConnection(SmtpSettings settings, SmtpWire wire) {
        this.settings = settings;
        this.wire = wire;
    }

    /** What a connection needs beside its settings. */
    record Means(Clock clock, Tasks tasks, TlsClient tls, Credentials credentials) {}

    static SmtpConnection open(SmtpSettings settings, Means means) throws SmtpFault, SmtpStop {
        long wholeUntil =
                means.clock().nanos() + settings.timeouts().wholeSend().toNanos();
        Socket socket = dial(settings, means.tasks());
        SmtpWire wire;
        try {
            wire = new SmtpWire(socket, means.clock(), means.tasks(), settings);
        } catch (IOException gone) {
            throw new SmtpFault(SendPhase.CONNECT, Fault.DROP, null, gone);
        }
        wire.wholeUntil(wholeUntil);
        SmtpConnection connection = new SmtpConnection(settings, wire);
        boolean ready = false;
        try {
            connection.prepare(means);
            ready = true;
            return connection;
        } finally {
            if (!ready) {
                connection.close();
            }
        }
    }

    private void prepare(Means means) throws SmtpFault, SmtpStop {
        if (settings.tls() == SmtpSettings.Tls.IMPLICIT) {
            handshake(means.tls());
        }
        need(wire.reply(SendPhase.GREETING, settings.timeouts().reply()), SendPhase.GREETING);
        hello();
        if (settings.tls() == SmtpSettings.Tls.STARTTLS) {
            if (!extensions.has("STARTTLS")) {
                throw SmtpStop.of(SendMessage.NO_STARTTLS, "host", settings.host(), "port", settings.port());
            }
            need(ask("STARTTLS", SendPhase.STARTTLS), SendPhase.STARTTLS);
            handshake(means.tls());
            hello();
        }
        String user = settings.user();
        if (user != null) {
            mayShowPassword();
            new Login(this, user, means.clock()).run(means.credentials());
        }
    }

    private void handshake(TlsClient tls) throws SmtpFault, SmtpStop {
        try {
            SSLSocket inside = tls.around(wire.socket(), settings.host(), settings.port());
            wire.into(inside, settings.timeouts().reply());
        } catch (IOException broken) {
            Fault fault = wire.faultOf(broken);
            TlsFault why = fault == Fault.STALL ? null : TlsClient.fault(broken);
            if (why != null) {
                throw SmtpStop.of(
                        messageOf(why), "host", settings.host(), "port", settings.port(), "detail", why.words());
            }
            throw new SmtpFault(SendPhase.STARTTLS, fault, null, broken);
        }
    }

    private static SendMessage messageOf(TlsFault fault) {
        return switch (fault.why()) {
            case CA_UNREADABLE -> SendMessage.CA_UNREADABLE;
            case EXPIRED, OTHER_NAME, UNTRUSTED -> SendMessage.CERTIFICATE;
            case NOT_TLS, HANDSHAKE -> SendMessage.TLS;
        };
    }

    private static Socket dial(SmtpSettings settings, Tasks tasks) throws SmtpFault, SmtpStop {
        Dialer dialer = new Dialer(
                tasks, settings.timeouts().connect(), settings.limits().addresses());
        return switch (dialer.connect(settings.host(), settings.port())) {
            case Dialer.Connected(Socket socket) -> socket;
            case Dialer.NotConnected(Dialer.Why why, Exception cause) -> {
                if (why == Dialer.Why.UNKNOWN_HOST) {
                    throw SmtpStop.of(SendMessage.UNKNOWN_HOST, "host", settings.host());
                }
                throw new SmtpFault(
                        SendPhase.CONNECT, why == Dialer.Why.STALLED ? Fault.STALL : Fault.DROP, null, cause);
            }
        };
    }

    private void hello() throws SmtpFault {
        String name = ourName();
        SmtpReply reply = ask("EHLO " + name, SendPhase.EHLO);
        if (reply.positive()) {
            extensions = Extensions.of(reply);
            return;
        }
        SmtpFault fault = SmtpFault.of(SendPhase.EHLO, reply);
        if (SendPhase.TABLE.next(SendPhase.EHLO, fault.fault()).orElseThrow() != SendPhase.HELO) {
            throw fault;
        }
        extensions = Extensions.NONE;
        need(ask("HELO " + name, SendPhase.HELO), SendPhase.HELO);
    }

    // RFC 5321 §4.1.3: who has no name that others could look up says its address.
    private String ourName() {
        String given = settings.heloName();
        if (given != null) {
            return given;
        }
        InetAddress local = wire.socket().getLocalAddress();
        String address = local.getHostAddress();
        int scope = address.indexOf('%');
        String bare = scope < 0 ? address : address.substring(0, scope);
        return local instanceof Inet6Address ? "[IPv6:" + bare + "]" : "[" + bare + "]";
    }

    private void mayShowPassword() throws SmtpStop {
        boolean encrypted = settings.tls() != SmtpSettings.Tls.NONE;
        boolean here = wire.socket().getInetAddress().isLoopbackAddress();
        if (!encrypted && !here && !settings.clearPassword()) {
            throw SmtpStop.of(SendMessage.CLEAR_PASSWORD, "host", settings.host(), "port", settings.port());
        }
    }

    /** Sends a command and waits for its reply. */
    SmtpReply ask(String command, SendPhase phase) throws SmtpFault {
        wire.command(command, phase, settings.timeouts().reply());
        wire.flush(phase, settings.timeouts().reply());
        return wire.reply(phase, settings.timeouts().reply());
    }

    private static void need(SmtpReply reply, SendPhase phase) throws SmtpFault {
        if (!reply.positive()) {
            throw SmtpFault.of(phase, reply);
        }
    }

    Extensions extensions() {
        return extensions;
    }

    SmtpWire wire() {
        return wire;
    }

    SmtpSettings settings() {
        return settings;
    }

    String host() {
        return settings.host();
    }

    /** Says goodbye; whatever comes of that matters to nobody. */
    void quit() {
        try {
            wire.command("QUIT", SendPhase.GREETING, settings.timeouts().quit());
            wire.flush(SendPhase.GREETING, settings.timeouts().quit());
            SmtpReply bye = wire.reply(SendPhase.GREETING, settings.timeouts().quit());
            LOG.log(Level.TRACE, "goodbye answered with {0}", bye.code());
        } catch (SmtpFault gone) {
            LOG.log(Level.DEBUG, "no goodbye from {0}", settings.host());
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
