package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.mail.connect.Dialer;
import ekiden.mail.connect.TlsClient;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.FolderState;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.ServerFacts;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One folder at an IMAP server. Safe from any thread; each session has its own connection. */
public final class ImapMailbox implements Mailbox {
    private final ImapSettings settings;
    private final Credentials credentials;
    private final Clock clock;
    private final Tasks tasks;
    private final TlsClient tls;
    private final LogIns logIns;

    /**
     * A mailbox that shares its server with no other of this process.
     *
     * @param settings how to reach it
     * @param credentials who logs in
     * @param clock for deadlines
     * @param tasks for name look-ups and the watch over stalled writes
     */
    public ImapMailbox(ImapSettings settings, Credentials credentials, Clock clock, Tasks tasks) {
        this(settings, credentials, clock, tasks, new LogIns(LogInLimits.DEFAULT));
    }

    /**
     * @param settings how to reach it
     * @param credentials who logs in
     * @param clock for deadlines
     * @param tasks for name look-ups and the watch over stalled writes
     * @param logIns those of the process
     */
    public ImapMailbox(ImapSettings settings, Credentials credentials, Clock clock, Tasks tasks, LogIns logIns) {
        this.settings = settings;
        this.credentials = credentials;
        this.clock = clock;
        this.tasks = tasks;
        this.tls = new TlsClient(settings.trust());
        this.logIns = logIns;
    }

    @Override
    public Result<MailboxSession> open() {
        return connected(this::session);
    }

    /**
     * The folders of the account, for people who look for the right name.
     *
     * @return all, as the server lists them, or why not
     */
    public Result<List<ImapFolder>> folders() {
        return connected(connection -> {
            logIn(connection);
            List<ImapFolder> folders = ListFolders.run(connection);
            Logout.run(connection);
            connection.wire().close();
            return folders;
        });
    }

    /**
     * The folder as a place where mails are put; made where it is missing.
     *
     * @param forSentMails whether it is the one that the server names for sent mails, whatever the settings name
     * @return the open folder, to be closed, or why not
     */
    public Result<FilingCabinet> filing(boolean forSentMails) {
        return connected(connection -> {
            logIn(connection);
            return FilingCabinet.open(connection, settings, forSentMails);
        });
    }

    private interface Work<T> {
        T run(ImapConnection connection) throws ImapStop;
    }

    private <T> Result<T> connected(Work<T> work) {
        if (!logIns.begin(settings.server())) {
            return Result.failed(ImapSession.problem(settings, ImapStop.broken(ReceiveMessage.STALLED, "no turn")));
        }
        try {
            return connect(work);
        } finally {
            logIns.end(settings.server());
        }
    }

    private <T> Result<T> connect(Work<T> work) {
        @Nullable ImapWire wire = null;
        boolean good = false;
        try {
            wire = dial();
            T value = work.run(new ImapConnection(wire, settings));
            wire.opened();
            good = true;
            return Result.ok(value);
        } catch (ImapStop stop) {
            return Result.failed(ImapSession.problem(settings, stop));
        } finally {
            if (wire != null && !good) {
                wire.close();
            }
        }
    }

    private ImapWire dial() throws ImapStop {
        HostPort server = settings.server();
        Dialer dialer = new Dialer(
                tasks, settings.timeouts().connect(), settings.limits().addresses());
        return switch (dialer.connect(server.host(), server.port())) {
            case Dialer.Connected(Socket socket) -> wire(socket);
            case Dialer.NotConnected(Dialer.Why why, Exception cause) ->
                throw switch (why) {
                    case UNKNOWN_HOST -> ImapStop.broken(ReceiveMessage.UNKNOWN_HOST, "");
                    case REFUSED -> ImapStop.broken(ReceiveMessage.NO_CONNECTION, cause);
                    case STALLED -> ImapStop.broken(ReceiveMessage.STALLED, "");
                };
        };
    }

    private ImapWire wire(Socket socket) throws ImapStop {
        try {
            return new ImapWire(socket, clock, tasks, settings);
        } catch (IOException gone) {
            throw ImapStop.broken(ReceiveMessage.LOST, gone);
        }
    }

    private MailboxSession session(ImapConnection connection) throws ImapStop {
        String mechanism = logIn(connection);
        String name = Id.run(connection);
        FolderState folder = Select.run(connection, settings.folder(), settings.readOnly());
        String protocol =
                connection.has("IMAP4REV1") ? "IMAP4rev1" : connection.has("IMAP4REV2") ? "IMAP4rev2" : "IMAP";
        ServerFacts facts =
                new ServerFacts(protocol, name, connection.capabilities(), protection(connection.wire()), mechanism);
        return new ImapSession(connection, settings, folder, facts, clock);
    }

    /** Up to where commands on mails can begin. {@return the mechanism that was used} */
    private String logIn(ImapConnection connection) throws ImapStop {
        if (settings.security() == Security.IMPLICIT) {
            connection
                    .wire()
                    .into(tls, settings.server().host(), settings.server().port());
        }
        boolean known = Greeting.await(connection);
        if (settings.security() == Security.STARTTLS) {
            if (known) {
                // Logged in, STARTTLS is not allowed any more: who wants it off the line greets so.
                throw ImapStop.broken(ReceiveMessage.NO_STARTTLS, "PREAUTH");
            }
            StartTls.run(connection, tls, settings.server());
        }
        if (known) {
            Capability.know(connection);
            return "PREAUTH";
        }
        mayShowPassword(connection.wire());
        String mechanism = new Access(settings, credentials, clock).run(connection);
        Capability.know(connection);
        return mechanism;
    }

    private void mayShowPassword(ImapWire wire) throws ImapStop {
        boolean here = wire.socket().getInetAddress().isLoopbackAddress();
        if (settings.security() == Security.NONE && !here && !settings.clearPassword()) {
            throw ImapStop.broken(ReceiveMessage.CLEAR_PASSWORD, "");
        }
    }

    private static String protection(ImapWire wire) {
        if (wire.socket() instanceof SSLSocket inside) {
            SSLSession session = inside.getSession();
            return session.getProtocol() + " " + session.getCipherSuite();
        }
        return "none";
    }
}
