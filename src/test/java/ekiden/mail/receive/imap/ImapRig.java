package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.testing.imap.ScriptedImapServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** A scripted server and what a client of it needs. */
final class ImapRig implements AutoCloseable {
    private static final Instant RECEIVED = Instant.parse("2026-11-26T09:00:00Z");

    /** Short enough for a test that waits for each of them once, long enough for a busy machine that has to answer. */
    static final ImapTimeouts SHORT = new ImapTimeouts(
            Duration.ofSeconds(5),
            Duration.ofMillis(400),
            Duration.ofMillis(400),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(5),
            1024,
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(200));

    static final ImapTimeouts USUAL = new ImapTimeouts(
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20),
            1024,
            Duration.ofMillis(100),
            Duration.ofMillis(50),
            Duration.ofMillis(200));

    final ScriptedImapServer server = ScriptedImapServer.start();
    final ThreadTasks tasks = new ThreadTasks();
    final Clock clock = new SystemClock();

    ImapSettings settings() {
        return ImapSettings.inbox(new HostPort("127.0.0.1", server.port()), Security.NONE)
                .with(USUAL);
    }

    ImapMailbox mailbox(ImapSettings settings) {
        return mailbox(settings, new Credentials.Password(new Secret("secret")));
    }

    ImapMailbox mailbox(ImapSettings settings, Credentials.Key key) {
        return new ImapMailbox(settings, credentials(key), clock, tasks);
    }

    static Credentials credentials(Credentials.Key key) {
        return new Credentials() {
            @Override
            public String user() {
                return "taro";
            }

            @Override
            public Result<Key> key() {
                return Result.ok(key);
            }
        };
    }

    MailboxSession open() {
        return MailboxSessionContract.good(mailbox(settings()).open());
    }

    /** A mail of about that many bytes arrives. */
    long deliver(int bytes) {
        String mail = "Subject: x\r\n\r\n" + "0123456789abcdef\r\n".repeat(Math.max(1, bytes / 18));
        return server.inbox().deliver(mail.getBytes(StandardCharsets.US_ASCII), RECEIVED);
    }

    @Override
    public void close() {
        server.close();
        tasks.close();
    }
}
