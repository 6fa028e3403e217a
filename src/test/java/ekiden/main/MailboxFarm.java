package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.ChildProcess;
import ekiden.testing.DovecotServer;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Many mailboxes on a Dovecot and a home that watches all of them: each mail is saved into a folder of its own below {@link #saved}, by a start
 * condition that does nothing else.
 */
final class MailboxFarm implements AutoCloseable {
    static final Duration WATCHED_WITHIN = Duration.ofMinutes(5);

    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Pattern BLANK = Pattern.compile(" ");

    /** So many looks with the same number awake: none is about to fall asleep. */
    private static final int STEADY = 10;

    /** At most one session of so many may stay awake. */
    private static final int MOST_AWAKE = 20;

    /** Where it is too small, Dovecot says so in its log, gives no hints, and its sessions never sleep. */
    private static final String NOTIFIERS = "fs.inotify.max_user_instances";

    /**
     * A session that wakes gets a process that is there already: to start one for each would cost Dovecot 35 ms of a core instead of 8. But not one of
     * thousands, which would all wake for it.
     */
    private static final String MANY = """
            default_client_limit = 12000
            default_process_limit = 4000
            default_vsz_limit = 1G
            auth_cache_size = 10M
            verbose_proctitle = yes
            service imap-login {
              service_count = 0
              process_limit = 4
              client_limit = 6000
            }
            service imap {
              process_limit = 4000
              service_count = 100
              process_min_avail = 50
              idle_kill = 5s
              unix_listener imap-master {
                user = $default_internal_user
              }
            }
            service imap-hibernate {
              unix_listener imap-hibernate {
                mode = 0666
              }
            }
            service auth {
              client_limit = 16000
            }
            service anvil {
              client_limit = 16000
            }
            """;

    final DovecotServer dovecot;
    final Path home;
    private final Path folder;
    private final List<String> users;

    /**
     * @param server further settings of Dovecot
     * @param mailbox further keys of each mailbox's settings: {@code , key: value}
     */
    MailboxFarm(Path folder, int mailboxes, String server, String mailbox) {
        assertThat(notifiers())
                .as("Dovecot's hints need an inotify instance for each mailbox. Next: sysctl -w %s=8192", NOTIFIERS)
                .isGreaterThan(mailboxes);
        this.folder = folder;
        this.users = IntStream.range(0, mailboxes).mapToObj("m%04d"::formatted).toList();
        DovecotServer.Plan plan = DovecotServer.plan().settings(MANY + server);
        users.forEach(user -> plan.user(user, "secret"));
        this.dovecot = plan.start();
        try {
            this.home = Files.createDirectory(
                    folder.resolve("home"),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            settings(mailbox);
            define();
        } catch (IOException broken) {
            dovecot.close();
            throw new UncheckedIOException(broken);
        }
    }

    /** Read in lines: the kernel gives a setting to the first read only, and a read of one byte gets one digit. */
    private static int notifiers() {
        try {
            return Integer.parseInt(Files.readAllLines(Path.of("/proc/sys/" + NOTIFIERS.replace('.', '/')))
                    .getFirst()
                    .strip());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<String> users() {
        return users;
    }

    /** {@return where the mails of a mailbox are saved; it is there} */
    Path saved(String user) {
        return folder.resolve("saved").resolve(user);
    }

    private void settings(String more) throws IOException {
        Path password = home.resolve("orders.pass");
        Files.writeString(password, "secret\n");
        Files.setPosixFilePermissions(password, PosixFilePermissions.fromString("rw-------"));
        StringBuilder settings = new StringBuilder("version: 1\nlisten: 127.0.0.1:0\nmail:\n  profiles:\n");
        String profile = "    %1$s: {receive: {imap: {host: 127.0.0.1, port: %2$d, user: %1$s, "
                + "password: {file: orders.pass}%3$s}}}\n";
        for (String user : users) {
            settings.append(profile.formatted(user, dovecot.imapPort(), more));
        }
        Files.writeString(home.resolve("ekiden.yaml"), settings.toString());
    }

    private void define() throws IOException {
        List<String> words = new ArrayList<>(List.of("unit", "define"));
        for (String user : users) {
            Files.createDirectories(saved(user));
            Path file = folder.resolve(user + ".yaml");
            Files.writeString(file, """
                    version: 1
                    jobnet: /many/%1$s
                    start: {receive-mail: {profile: %1$s, any: true, save: {to: "%2$s"}}}
                    overlap: allow
                    """.formatted(user, saved(user)));
            words.add(file.toString());
        }
        try (ChildProcess up = EkidenProcess.of("up").home(home).start()) {
            up.awaitLine("ready", WATCHED_WITHIN);
            try (ChildProcess define =
                    EkidenProcess.of(words.toArray(String[]::new)).home(home).run(WATCHED_WITHIN)) {
                assertThat(define.exit()).as(define.told()).hasValue(0);
            }
        }
    }

    /** Starts the process and waits until it has looked into every mailbox. */
    ChildProcess start() {
        ChildProcess up = EkidenProcess.of("up").home(home).start();
        try {
            up.awaitLine("ready", WATCHED_WITHIN);
            Eventually.within(
                    WATCHED_WITHIN,
                    () -> "all mailboxes to be watched: " + watched() + up.told() + dovecot.told(),
                    () -> watched() == users.size());
            return up;
        } catch (AssertionError | RuntimeException broken) {
            up.kill();
            throw broken;
        }
    }

    /** Asks rarely, since it costs a process. */
    private int watched() {
        Pauses.park(LOOK);
        try (ChildProcess list =
                EkidenProcess.of("profile", "list", "--json").home(home).run(WATCHED_WITHIN)) {
            return (int) list.lines(ChildProcess.Stream.OUT).stream()
                    .filter(line -> line.contains("\"answered\""))
                    .count();
        }
    }

    /**
     * Waits until the server has put to sleep what it can: nothing but hints wakes these now. A few may stay awake, because Dovecot tries it once
     * for each IDLE and gives up where its own helper is interrupted ("Couldn't hibernate imap client"). Only where it hibernates.
     */
    void awaitSleep() {
        Deque<Long> looks = new ArrayDeque<>();
        Eventually.within(WATCHED_WITHIN, () -> looks + " sessions to sleep" + dovecot.told(), () -> {
            Pauses.park(LOOK);
            looks.addLast(awake());
            if (looks.size() > STEADY) {
                looks.removeFirst();
            }
            return looks.size() == STEADY
                    && looks.stream().distinct().count() == 1
                    && looks.getFirst() <= users.size() / MOST_AWAKE;
        });
    }

    private long awake() {
        return sessions("m");
    }

    /** {@return whether the server has not put the session of a mailbox to sleep, or a look has woken it} */
    boolean isAwake(String user) {
        return sessions(user + " ") > 0;
    }

    /** As the kernel lists them (proc(5)): {@link ProcessHandle#children} reads about every process of the machine, which disturbs what is measured. */
    private long sessions(String user) {
        long master = dovecot.pid();
        try {
            String children = Files.readString(Path.of("/proc/" + master + "/task/" + master + "/children"));
            return BLANK.splitAsStream(children)
                    .filter(child -> title(child).startsWith("dovecot/imap [" + user))
                    .count();
        } catch (IOException noList) {
            throw new UncheckedIOException(noList);
        }
    }

    /** What it does, in its own words ({@code verbose_proctitle}); empty when it is gone. */
    private static String title(String process) {
        try {
            return Files.readString(Path.of("/proc/" + process + "/cmdline"));
        } catch (IOException gone) {
            return "";
        }
    }

    /** One connection that hands over mails of 4 KB. */
    final class Sender implements AutoCloseable {
        private final WireClient lmtp = WireClient.connect(dovecot.lmtpPort());

        Sender() {
            lmtp.reply();
            lmtp.ask("LHLO test");
        }

        /** Returns when the mail is accepted. */
        void send(String user) {
            lmtp.ask("MAIL FROM:<edi@customer.example>");
            lmtp.ask("RCPT TO:<" + user + "@ekiden.test>");
            lmtp.ask("DATA");
            String reply = lmtp.ask("From: edi@customer.example\r\nSubject: order\r\n\r\n"
                    + "0123456789 the quick brown fox jumps over the lazy dog\r\n".repeat(70) + ".");
            if (!reply.startsWith("250")) {
                throw new AssertionError(reply + dovecot.told());
            }
        }

        @Override
        public void close() {
            lmtp.close();
        }
    }

    @Override
    public void close() {
        dovecot.close();
    }
}
