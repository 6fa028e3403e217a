package ekiden.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Dovecot 2.3 of its own: settings, mailboxes (Maildir) and log in a temporary folder; IMAP, POP3 and LMTP at free ports
 * of 127.0.0.1, and with TLS also IMAPS and POP3S. Safe from any thread.
 */
public final class DovecotServer implements AutoCloseable {
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final Duration SAID_WITHIN = Duration.ofSeconds(20);
    private static final int STARTS = 3;
    private static final String MAIL_USER = "mail";
    private static final String LOG = "log/dovecot.log";
    private static final List<Program> PROGRAMS =
            List.of(Program.DOVECOT, Program.DOVECOT_IMAP, Program.DOVECOT_POP3, Program.DOVECOT_LMTP);

    private enum Port {
        IMAP,
        IMAPS,
        POP3,
        POP3S,
        LMTP
    }

    /** What to start. */
    public static final class Plan {
        private final Map<String, String> users = new LinkedHashMap<>();
        private String more = "";
        private boolean tls;

        private Plan() {}

        /** One more user; mail for {@code NAME@anything} is delivered to it. {@return this} */
        public Plan user(String name, String password) {
            users.put(name, password);
            return this;
        }

        /** STARTTLS on the plain ports, TLS from the first byte on the others. {@return this} */
        public Plan tls() {
            tls = true;
            return this;
        }

        /** Lines for the end of {@code dovecot.conf}. {@return this} */
        public Plan settings(String lines) {
            more += lines + "\n";
            return this;
        }

        /** Starts it. {@return a server that answers} */
        public DovecotServer start() {
            Programs.need(PROGRAMS.toArray(Program[]::new));
            ServerFolder folder = new ServerFolder("dovecot");
            try {
                return new DovecotServer(folder, this);
            } catch (RuntimeException | AssertionError broken) {
                folder.close();
                throw broken;
            }
        }
    }

    private final ServerFolder folder;
    private final Path mail;
    private final Plan plan;
    private final @Nullable ServerCertificate certificate;
    private Map<Port, Integer> ports;
    private ChildProcess server;

    private DovecotServer(ServerFolder folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
        version();
        folder.folder("run", null);
        folder.folder("state", null);
        folder.folder("log", null);
        mail = folder.folder("mail", ServerFolder.root() ? MAIL_USER : null);
        StringBuilder passwords = new StringBuilder();
        plan.users.forEach((name, password) ->
                passwords.append(name).append(":{PLAIN}").append(password).append('\n'));
        folder.write("users", passwords.toString());
        certificate = plan.tls ? ServerCertificate.make(folder) : null;
        ports = freePorts();
        server = launch();
    }

    /** {@return an empty plan} */
    public static Plan plan() {
        return new Plan();
    }

    /** The settings below are those of 2.3; 2.4 has others. */
    private static void version() {
        ProcessBuilder ask = new ProcessBuilder(Programs.path(Program.DOVECOT).toString(), "--version");
        String version = ChildProcess.run("dovecot --version", ask, SAID_WITHIN);
        if (!version.startsWith("2.3.")) {
            throw new AssertionError("the tests know Dovecot 2.3, and this machine has " + version);
        }
    }

    /** {@return the number of the owner ({@code uid}) or the group ({@code gid}) of the mail} */
    private String owner(String which) {
        try {
            return Files.getAttribute(mail, "unix:" + which).toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private int port(Port which) {
        return Objects.requireNonNull(ports.get(which));
    }

    private static Map<Port, Integer> freePorts() {
        Map<Port, Integer> ports = new EnumMap<>(Port.class);
        List<Integer> free = Ports.free(Port.values().length);
        for (Port port : Port.values()) {
            ports.put(port, free.get(ports.size()));
        }
        return ports;
    }

    private String settings() {
        ServerCertificate own = certificate;
        Map<String, String> holes = new LinkedHashMap<>();
        holes.put("DIR", folder.path().toString());
        holes.put("UID", owner("uid"));
        holes.put("GID", owner("gid"));
        holes.put(
                "TLS",
                own == null ? "ssl = no" : "ssl = yes\nssl_cert = <" + own.certificate() + "\nssl_key = <" + own.key());
        holes.put("IMAPS_PORT", own == null ? "0" : "" + port(Port.IMAPS));
        holes.put("POP3S_PORT", own == null ? "0" : "" + port(Port.POP3S));
        holes.put("IMAP_PORT", "" + port(Port.IMAP));
        holes.put("POP3_PORT", "" + port(Port.POP3));
        holes.put("LMTP_PORT", "" + port(Port.LMTP));
        holes.put("NOT_ROOT", ServerFolder.root() ? "" : notRoot());
        holes.put("MORE", plan.more);
        String text = SETTINGS;
        for (Map.Entry<String, String> hole : holes.entrySet()) {
            text = text.replace("@" + hole.getKey() + "@", hole.getValue());
        }
        return text;
    }

    /** All parts as the one user there is, in no cage. */
    private static String notRoot() {
        String user = System.getProperty("user.name");
        return "default_login_user = " + user + "\ndefault_internal_user = " + user + """

            default_internal_group =
            service imap-login {
              chroot =
            }
            service pop3-login {
              chroot =
            }
            service anvil {
              chroot =
            }
            """;
    }

    private static final String SETTINGS = """
        base_dir = @DIR@/run
        state_dir = @DIR@/state
        log_path = @DIR@/log/dovecot.log
        protocols = imap pop3 lmtp
        listen = 127.0.0.1
        first_valid_uid = 1
        mail_uid = @UID@
        mail_gid = @GID@
        mail_location = maildir:~/Maildir
        mail_fsync = never
        mail_max_userip_connections = 0
        auth_username_format = %Ln
        disable_plaintext_auth = no
        auth_mechanisms = plain login
        @TLS@
        passdb {
          driver = passwd-file
          args = scheme=PLAIN username_format=%n @DIR@/users
        }
        userdb {
          driver = static
          args = uid=@UID@ gid=@GID@ home=@DIR@/mail/%n
        }
        namespace inbox {
          inbox = yes
          separator = /
        }
        service imap-login {
          process_min_avail = 1
          inet_listener imap {
            port = @IMAP_PORT@
          }
          inet_listener imaps {
            port = @IMAPS_PORT@
            ssl = yes
          }
        }
        service pop3-login {
          inet_listener pop3 {
            port = @POP3_PORT@
          }
          inet_listener pop3s {
            port = @POP3S_PORT@
            ssl = yes
          }
        }
        service lmtp {
          inet_listener lmtp {
            address = 127.0.0.1
            port = @LMTP_PORT@
          }
        }
        service auth {
          unix_listener auth-client {
            mode = 0666
          }
        }
        service stats {
          unix_listener stats-writer {
            mode = 0666
          }
        }
        protocol lmtp {
          postmaster_address = postmaster@ekiden.test
        }
        @NOT_ROOT@
        @MORE@
        """;

    private ChildProcess launch() {
        for (int start = 1; ; start++) {
            Path settings = folder.write("dovecot.conf", settings());
            ChildProcess starting = ChildProcess.start(
                    "dovecot",
                    new ProcessBuilder(Programs.path(Program.DOVECOT).toString(), "-F", "-c", settings.toString()));
            if (Eventually.becomes(ANSWERS_WITHIN, () -> !starting.alive() || answers()) && starting.alive()) {
                return starting;
            }
            starting.close();
            String said = starting.told() + told();
            if (start == STARTS || !said.contains("Address already in use")) {
                throw new AssertionError("Dovecot does not answer" + said);
            }
            ports = freePorts();
        }
    }

    private boolean answers() {
        return Ports.answers(imapPort()) && Ports.answers(pop3Port()) && Ports.answers(lmtpPort());
    }

    /** {@return its port for IMAP} */
    public int imapPort() {
        return port(Port.IMAP);
    }

    /** {@return its port for IMAP inside TLS; nothing answers there without {@link Plan#tls}} */
    public int imapsPort() {
        return port(Port.IMAPS);
    }

    /** {@return its port for POP3} */
    public int pop3Port() {
        return port(Port.POP3);
    }

    /** {@return its port for POP3 inside TLS; nothing answers there without {@link Plan#tls}} */
    public int pop3sPort() {
        return port(Port.POP3S);
    }

    /** {@return its port for LMTP} */
    public int lmtpPort() {
        return port(Port.LMTP);
    }

    /** {@return the socket at which Postfix asks for users and passwords} */
    public Path authSocket() {
        return folder.path("run/auth-client");
    }

    /** {@return what a client has to trust} */
    public ServerCertificate certificate() {
        if (certificate == null) {
            throw new IllegalStateException("started without tls()");
        }
        return certificate;
    }

    /** {@return the process id of its master} */
    public synchronized long pid() {
        return server.pid();
    }

    /**
     * Delivers a mail by LMTP.
     *
     * @param user whose
     * @param mail the message, lines end with CR LF, none begins with a dot
     */
    public void deliver(String user, String mail) {
        String reply = offer(user, mail);
        if (!reply.startsWith("250")) {
            throw new AssertionError("Dovecot did not take the mail: " + reply + told());
        }
    }

    /** As {@link #deliver}. {@return the reply to the end of the data, which may be a refusal} */
    public String offer(String user, String mail) {
        try (WireClient client = WireClient.connect(lmtpPort())) {
            return client.deliver("LHLO test", "test@ekiden.test", user + "@ekiden.test", mail);
        }
    }

    /**
     * @param user whose
     * @return the files of the mails in the inbox, new and seen, in no order
     */
    public List<Path> inbox(String user) {
        return Stream.of("new", "cur")
                .map(part -> folder.path("mail/" + user + "/Maildir/" + part))
                .filter(Files::isDirectory)
                .flatMap(DovecotServer::children)
                .toList();
    }

    private static Stream<Path> children(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList().stream();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /**
     * Forgets which UIDs the mails of an inbox have, so that they get new ones under another UIDVALIDITY; only while it is stopped.
     *
     * @param user whose
     */
    public synchronized void renumber(String user) {
        if (server.alive()) {
            throw new IllegalStateException("it runs");
        }
        children(folder.path("mail/" + user + "/Maildir"))
                .filter(file -> file.getFileName().toString().matches("dovecot-uidlist|dovecot\\.index.*"))
                .forEach(DovecotServer::remove);
    }

    private static void remove(Path file) {
        try {
            Files.delete(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Ends it and all its connections; the mail stays. */
    public synchronized void stop() {
        server.close();
    }

    /** Starts it again after {@link #stop}, at the same ports with the same mail. */
    public synchronized void startAgain() {
        if (server.alive()) {
            throw new IllegalStateException("it runs");
        }
        server = launch();
    }

    /** {@return what it said last, for the message of a failure} */
    public String told() {
        return "\n--- Dovecot said:\n" + folder.log(LOG) + "\n---";
    }

    /** Ends it and removes its mail. */
    @Override
    public synchronized void close() {
        server.close();
        folder.close();
    }
}
