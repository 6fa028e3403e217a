package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.MailboxSession;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How many mailboxes log in at a server at the same time. */
class LogInsTest {
    private static final HostPort SERVER = new HostPort("127.0.0.1", 9);
    private static final int AT_ONCE = 2;

    private final LogIns logIns = new LogIns(new LogInLimits(AT_ONCE, Duration.ofMillis(20)));

    private record Account(String user) implements Credentials {
        @Override
        public Result<Key> key() {
            return Result.ok(new Password(new Secret("secret")));
        }
    }

    /** Nothing listens there. */
    private ImapMailbox mailbox(ThreadTasks tasks) {
        ImapSettings settings = ImapSettings.inbox(SERVER, Security.NONE);
        return new ImapMailbox(settings, new Account("orders"), new SystemClock(), tasks, logIns);
    }

    @Test
    void oneMoreThanTheServerIsSparedWaitsForItsTurn() {
        for (int i = 0; i < AT_ONCE; i++) {
            assertThat(logIns.begin(SERVER)).isTrue();
        }
        assertThat(logIns.begin(SERVER)).isFalse();
        assertThat(logIns.begin(new HostPort("127.0.0.1", 10))).isTrue();
        logIns.end(SERVER);
        assertThat(logIns.begin(SERVER)).isTrue();
    }

    @Test
    void mailboxWhoseTurnDoesNotComeIsTriedAgainLater() {
        for (int i = 0; i < AT_ONCE; i++) {
            logIns.begin(SERVER);
        }
        try (ThreadTasks tasks = new ThreadTasks()) {
            ImapMailbox mailbox = mailbox(tasks);
            Result<MailboxSession> opened = mailbox.open();
            assertThat(opened).isInstanceOf(Result.Failed.class);
            Problem problem = ((Result.Failed<MailboxSession>) opened).problem();
            assertThat(problem.id()).isEqualTo("EKDM0703-E");
            assertThat(problem.toString()).contains("no turn");
        }
    }

    @Test
    void turnIsGivenOnWhereTheLogInFails() {
        try (ThreadTasks tasks = new ThreadTasks()) {
            ImapMailbox mailbox = mailbox(tasks);
            for (int i = 0; i < 2 * AT_ONCE; i++) {
                Problem problem = ((Result.Failed<MailboxSession>) mailbox.open()).problem();
                assertThat(problem.id()).isNotEqualTo("EKDM0703-E");
            }
        }
    }
}
