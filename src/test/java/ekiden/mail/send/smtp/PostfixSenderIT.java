package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Send;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MailServerContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.model.definition.IfRefused;
import ekiden.testing.Delivered;
import ekiden.testing.DovecotServer;
import ekiden.testing.Eventually;
import ekiden.testing.Ports;
import ekiden.testing.PostfixServer;
import ekiden.testing.ScriptedSmtpServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract with a real Postfix, which offers CHUNKING and DSN, and hands on what it took to a server that records it. */
class PostfixSenderIT extends MailServerContract {
    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final List<AutoCloseable> OPEN = new ArrayList<>();

    private static final ScriptedSmtpServer TARGET = ScriptedSmtpServer.start();
    private static int port;

    private final ThreadTasks tasks = new ThreadTasks();
    private final Clock clock = new SystemClock();
    private final List<SmtpPool> pools = new ArrayList<>();
    private int before;

    @BeforeAll
    static void start() {
        OPEN.add(TARGET);
        PostfixServer postfix = PostfixServer.smtpTo(new HostPort("127.0.0.1", TARGET.port()))
                .set(
                        "smtpd_recipient_restrictions",
                        "check_recipient_access inline:{{refused.example = REJECT nobody of that name}}, permit_mynetworks, reject")
                .start();
        OPEN.add(postfix);
        port = postfix.port();
    }

    @AfterAll
    static void stop() throws Exception {
        for (AutoCloseable one : OPEN.reversed()) {
            one.close();
        }
    }

    @BeforeEach
    void count() {
        before = TARGET.delivered().size();
    }

    @AfterEach
    void close() {
        pools.forEach(SmtpPool::close);
        tasks.close();
    }

    private SmtpPool pool(SmtpSettings settings, PoolLimits limits) {
        SmtpPool pool = new SmtpPool(settings, limits, () -> Result.ok("secret"), clock, tasks);
        pools.add(pool);
        return pool;
    }

    @Override
    protected MailSender sender() {
        return pools.isEmpty()
                ? pool(
                        SmtpSettings.plain("127.0.0.1", port).with(Set.of(Send.Notify.FAILURE, Send.Notify.DELAY)),
                        PoolLimits.DEFAULT)
                : pools.getFirst();
    }

    @Override
    protected MailSender senderToNobody() {
        return pool(SmtpSettings.plain("127.0.0.1", Ports.free()), PoolLimits.DEFAULT);
    }

    @Override
    protected String takes(String name) {
        return name + "@taken.example";
    }

    @Override
    protected String refuses(String name) {
        return name + "@refused.example";
    }

    @Override
    protected List<Delivered> arrived(int atLeast) {
        if (atLeast > 0) {
            Eventually.within(WITHIN, () -> fresh().size() >= atLeast);
        }
        return fresh();
    }

    /** What came since this test began. */
    private List<Delivered> fresh() {
        List<Delivered> all = TARGET.delivered();
        return all.subList(before, all.size());
    }

    @Test
    void mailForAllOrNobodyReachesNobodyWhereOneIsRefused() {
        OutgoingMail mail = mail("<all@postfix>", takes("one"), refuses("x"), takes("two"));

        SendOutcome outcome = sender().submit(mail.with(IfRefused.ALL_OR_NOTHING), SendProgress.NONE);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SendOutcome.Refused.class,
                        refused -> assertThat(refused.problem().id()).isEqualTo("EKDM0670-E"));
        assertThat(sender().submit(mail("<then@postfix>", takes("one")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Accepted.class);
        assertThat(arrived(1))
                .singleElement()
                .satisfies(one -> assertThat(one.content()).contains("<then@postfix>"));
    }

    @Test
    void manyMailsOverFewConnectionsEachArriveOnce() throws InterruptedException {
        SmtpPool pool = pool(SmtpSettings.plain("127.0.0.1", port), PoolLimits.DEFAULT.with(4, 7, 0));
        List<SendOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String id = "<many-" + i + "@contract>";
            threads.add(Thread.ofVirtual()
                    .start(() -> outcomes.add(pool.submit(mail(id, takes("one")), SendProgress.NONE))));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes).hasSize(100).allMatch(SendOutcome.Accepted.class::isInstance);
        assertThat(arrived(100).stream().map(PostfixSenderIT::messageId))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    private static String messageId(Delivered mail) {
        return mail.content()
                .lines()
                .filter(line -> line.startsWith("Message-ID:"))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "SCRAM_SHA_256", "SCRAM_SHA_1", "PLAIN", "LOGIN"})
    void userLogsIn(Authentication how) {
        try (DovecotServer users = DovecotServer.plan()
                        .user("taro", "secret")
                        .settings("auth_mechanisms = plain login scram-sha-1 scram-sha-256")
                        .start();
                PostfixServer asking = PostfixServer.discarding().login(users).start()) {
            SmtpSettings settings = SmtpSettings.plain("127.0.0.1", asking.port());
            SmtpPool stranger = pool(settings, PoolLimits.DEFAULT);
            SmtpPool taro = pool(settings.withLogin("taro", false).with(how), PoolLimits.DEFAULT);

            assertThat(stranger.submit(mail("<l@contract>", takes("one")), SendProgress.NONE))
                    .isNotInstanceOf(SendOutcome.Accepted.class);
            assertThat(taro.submit(mail("<l@contract>", takes("one")), SendProgress.NONE))
                    .isInstanceOf(SendOutcome.Accepted.class);
        }
    }
}
