package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.testing.DovecotServer;
import ekiden.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on a real Dovecot, inside TLS. */
class DovecotMailboxIT implements MailboxSessionContract {
    private static final int USERS = 40;
    private static final String DONE = "&bggwfw-";
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static DovecotServer server;
    private static ThreadTasks tasks;

    @BeforeAll
    static void start() {
        DovecotServer.Plan plan = DovecotServer.plan().tls();
        for (int i = 0; i < USERS; i++) {
            plan.user("u" + i, "pass");
        }
        server = plan.start();
        tasks = new ThreadTasks();
    }

    @AfterAll
    static void stop() {
        server.close();
        tasks.close();
    }

    @Override
    public World world() {
        return new DovecotWorld("u" + NEXT.getAndIncrement());
    }

    private static Credentials password(String user) {
        return new Credentials() {
            @Override
            public String user() {
                return user;
            }

            @Override
            public Result<Key> key() {
                return Result.ok(new Password(new Secret("pass")));
            }
        };
    }

    private static ImapSettings settings() {
        return ImapSettings.inbox(new HostPort("localhost", server.imapsPort()), Security.IMPLICIT)
                .withTrust(new Trust(true, pem()), false);
    }

    private static String pem() {
        try {
            return Files.readString(server.certificate().certificate(), StandardCharsets.US_ASCII);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Test
    void insideStartTlsToo() {
        ImapSettings settings = new ImapSettings(
                new HostPort("localhost", server.imapPort()),
                Security.STARTTLS,
                new Trust(true, pem()),
                false,
                ekiden.mail.profile.Authentication.AUTO,
                "INBOX",
                false,
                ImapTimeouts.DEFAULT,
                ImapLimits.DEFAULT);
        try (var session = MailboxSessionContract.good(
                new ImapMailbox(settings, password("u0"), new SystemClock(), tasks).open())) {
            assertThat(session.server().security()).startsWith("TLSv1.");
            assertThat(session.server().capabilities()).contains("IDLE", "UIDPLUS", "MOVE");
            assertThat(session.server().authentication()).isEqualTo("PLAIN");
            assertThat(session.server().name()).isEqualTo("Dovecot");
        }
    }

    @Test
    void foldersAreListed() {
        World world = world();
        try (var session =
                MailboxSessionContract.good(world.mailbox("済み", false).open())) {
            assertThat(session.folder().name()).isEqualTo("済み");
        }
        ImapMailbox mailbox = new ImapMailbox(settings(), password("u" + (NEXT.get() - 1)), new SystemClock(), tasks);
        assertThat(MailboxSessionContract.good(mailbox.folders()))
                .extracting(ImapFolder::name)
                .contains("INBOX", "済み");
    }

    private record DovecotWorld(String user) implements World {
        DovecotWorld {
            other(client -> ok(client.imap("c", "CREATE \"" + DONE + "\"")), user);
        }

        private interface Work {
            void run(WireClient client);
        }

        private static void other(Work work, String user) {
            try (WireClient client = WireClient.connect(server.imapPort())) {
                client.line();
                ok(client.imap("a", "LOGIN " + user + " pass"));
                work.run(client);
            }
        }

        private static void ok(String reply) {
            assertThat(reply).contains(" OK");
        }

        @Override
        public Mailbox mailbox(String folder, boolean readOnly) {
            return new ImapMailbox(settings().withFolder(folder, readOnly), password(user), new SystemClock(), tasks);
        }

        @Override
        public void deliver(String mail) {
            // the end of the line before the final dot is the last of the mail
            server.deliver(user, mail.substring(0, mail.length() - 2));
        }

        @Override
        public void expunge(long uid) {
            other(
                    client -> {
                        ok(client.imap("b", "SELECT INBOX"));
                        ok(client.imap("c", "UID STORE " + uid + " +FLAGS (\\Deleted)"));
                        ok(client.imap("d", "UID EXPUNGE " + uid));
                    },
                    user);
        }

        @Override
        public void mark(long uid, String flag) {
            other(
                    client -> {
                        ok(client.imap("b", "SELECT INBOX"));
                        ok(client.imap("c", "UID STORE " + uid + " +FLAGS (" + flag + ")"));
                    },
                    user);
        }

        @Override
        public Set<String> flags(long uid) {
            Set<String> flags = new LinkedHashSet<>();
            Pattern form = Pattern.compile("FLAGS \\(([^)]*)\\)");
            other(
                    client -> {
                        ok(client.imap("b", "EXAMINE INBOX"));
                        client.say("c UID FETCH " + uid + " (FLAGS)");
                        for (String line = client.line(); !line.startsWith("c "); line = client.line()) {
                            Matcher found = form.matcher(line);
                            if (found.find()) {
                                flags.addAll(Set.of(found.group(1).split(" ")));
                            }
                        }
                    },
                    user);
            return flags;
        }

        @Override
        public long count(String folder) {
            long[] count = {-1};
            String name = folder.equals("済み") ? DONE : folder;
            other(
                    client -> {
                        client.say("b STATUS \"" + name + "\" (MESSAGES)");
                        String line = client.line();
                        count[0] = Long.parseLong(line.replaceAll(".*MESSAGES ([0-9]+).*", "$1"));
                    },
                    user);
            return count[0];
        }
    }
}
