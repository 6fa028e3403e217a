package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.MailServerContract;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.testing.Delivered;
import ekiden.testing.Eventually;
import ekiden.testing.Ports;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpPoolTest extends MailServerContract {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration BRIEF = Duration.ofMillis(1);

    private final ThreadTasks tasks = new ThreadTasks();
    private final Clock clock = new SystemClock();
    private final List<SmtpPool> pools = new ArrayList<>();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start()
            .on(Step.RCPT, "<refused-", Integer.MAX_VALUE, new Act.Say("550 5.1.1 nobody of that name"));

    @AfterEach
    void close() {
        pools.forEach(SmtpPool::close);
        server.close();
        tasks.close();
    }

    private SmtpPool pool(PoolLimits limits) {
        return pool(SmtpSettings.plain("127.0.0.1", server.port()), limits);
    }

    private SmtpPool pool(SmtpSettings settings, PoolLimits limits) {
        SmtpPool pool = new SmtpPool(settings, limits, () -> Result.ok("secret"), clock, tasks);
        pools.add(pool);
        return pool;
    }

    /** One connection, which is not asked whether it lives. */
    private static PoolLimits one() {
        return new PoolLimits(1, 100, 0, LONG, LONG, LONG, BRIEF, BRIEF);
    }

    @Override
    protected MailSender sender() {
        if (pools.isEmpty()) {
            pool(PoolLimits.DEFAULT);
        }
        return pools.getFirst();
    }

    @Override
    protected MailSender senderToNobody() {
        return pool(SmtpSettings.plain("127.0.0.1", Ports.free()), PoolLimits.DEFAULT);
    }

    @Override
    protected String takes(String name) {
        return name + "@scripted.example";
    }

    @Override
    protected String refuses(String name) {
        return "refused-" + name + "@scripted.example";
    }

    @Override
    protected List<Delivered> arrived(int atLeast) {
        return server.delivered();
    }

    private SendOutcome send(SmtpPool pool) {
        return pool.submit(mail("<m@pool>", takes("one")), SendProgress.NONE);
    }

    private void accepted(SmtpPool pool) {
        assertThat(send(pool)).isInstanceOf(SendOutcome.Accepted.class);
    }

    private List<String> verbs() {
        return server.lines().stream().map(line -> line.split(" ")[0]).toList();
    }

    @Test
    void nextMailGoesOverTheSameConnection() {
        SmtpPool pool = pool(one());

        accepted(pool);
        accepted(pool);

        assertThat(server.connections()).isEqualTo(1);
        assertThat(verbs()).containsExactly("EHLO", "MAIL", "RCPT", "DATA", "MAIL", "RCPT", "DATA");
    }

    @Test
    void connectionEndsPolitelyAfterItsMails() {
        SmtpPool pool = pool(one().with(1, 2, 0));

        accepted(pool);
        accepted(pool);
        accepted(pool);

        assertThat(server.connections()).isEqualTo(2);
        assertThat(verbs()).containsSubsequence("MAIL", "MAIL", "QUIT", "EHLO", "MAIL");
    }

    @Test
    void refusedMailIsForgottenBeforeTheNext() {
        SmtpPool pool = pool(one());
        server.on(Step.MAIL, "", 1, new Act.Say("554 5.7.1 not this one"));

        assertThat(send(pool)).isInstanceOf(SendOutcome.Refused.class);
        assertThat(pool.submit(mail("<n@pool>", refuses("a"), refuses("b")), SendProgress.NONE))
                .isInstanceOf(SendOutcome.Refused.class);
        accepted(pool);

        assertThat(server.connections()).isEqualTo(1);
        assertThat(verbs())
                .containsExactly(
                        "EHLO", "MAIL", "RCPT", "DATA", "RSET", "MAIL", "RCPT", "RCPT", "RSET", "MAIL", "RCPT", "DATA");
        assertThat(server.delivered())
                .singleElement()
                .satisfies(mail -> assertThat(mail.recipients()).containsExactly(takes("one")));
    }

    @Test
    void connectionThatRestedIsAskedWhetherItLives() {
        SmtpPool pool = pool(new PoolLimits(1, 100, 0, LONG, Duration.ZERO, LONG, BRIEF, BRIEF));

        accepted(pool);
        accepted(pool);
        server.on(Step.NOOP, "", 1, new Act.Say("421 4.4.2 timeout"));
        accepted(pool);

        assertThat(verbs().stream().filter("NOOP"::equals)).hasSize(2);
        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.delivered()).hasSize(3);
    }

    @Test
    void connectionThatTheServerHasClosedIsReplaced() {
        SmtpPool pool = pool(one());
        accepted(pool);
        server.on(Step.MAIL, "", 1, new Act.Drop());

        accepted(pool);

        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.delivered()).hasSize(2);
    }

    @Test
    void connectionThatIsLostAtTheFinalDotIsNotReplaced() {
        SmtpPool pool = pool(one());
        accepted(pool);
        server.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop());

        assertThat(send(pool)).isInstanceOf(SendOutcome.Uncertain.class);
        assertThat(server.connections()).isEqualTo(1);
        assertThat(server.delivered()).hasSize(2);
        accepted(pool);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void noteThatCannotBeMadeEndsTheConnection() {
        SmtpPool pool = pool(one());
        accepted(pool);

        assertThatThrownBy(() -> pool.submit(mail("<n@pool>", takes("one")), () -> {
                    throw new IllegalStateException("no note");
                }))
                .isInstanceOf(IllegalStateException.class);
        accepted(pool);

        assertThat(server.connections()).isEqualTo(2);
        assertThat(server.delivered()).hasSize(2);
    }

    @Test
    void asManyConnectionsAsTheLimitAndNoneMore() throws InterruptedException {
        SmtpPool pool = pool(one().with(3, 100, 0));
        CountDownLatch all = new CountDownLatch(3);
        CountDownLatch go = new CountDownLatch(1);
        List<SendOutcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            threads.add(Thread.ofVirtual()
                    .start(() -> outcomes.add(pool.submit(mail("<m@pool>", takes("one")), () -> {
                        all.countDown();
                        return waited(go);
                    }))));
        }
        all.await();
        assertThat(server.connections()).isEqualTo(3);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(outcomes).hasSize(7).allMatch(SendOutcome.Accepted.class::isInstance);
        assertThat(server.connections()).isEqualTo(3);
        assertThat(server.delivered()).hasSize(7);
    }

    private static boolean waited(CountDownLatch go) {
        try {
            go.await();
            return true;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void mailWhoseTurnDoesNotComeMayBeTriedAgain() {
        SmtpPool pool = pool(new PoolLimits(1, 100, 0, LONG, LONG, BRIEF, BRIEF, BRIEF));
        List<SendOutcome> second = new ArrayList<>();

        SendOutcome first = pool.submit(mail("<1@pool>", takes("one")), () -> {
            second.add(send(pool));
            return true;
        });

        assertThat(first).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(second)
                .singleElement()
                .isInstanceOfSatisfying(
                        SendOutcome.Failed.class,
                        failed -> assertThat(failed.problem().id()).isEqualTo(SendMessage.NO_TURN.id()));
        assertThat(server.delivered()).hasSize(1);
    }

    @Test
    void serverThatTakesFewerConnectionsGetsFewer() throws InterruptedException {
        SmtpPool pool = pool(new PoolLimits(2, 100, 0, LONG, LONG, LONG, BRIEF, LONG));
        List<SendOutcome> second = Collections.synchronizedList(new ArrayList<>());
        List<Thread> waiting = new ArrayList<>();

        SendOutcome first = pool.submit(mail("<1@pool>", takes("one")), () -> {
            server.on(Step.GREETING, "", 1, new Act.SayAndDrop("421 4.7.0 too many connections"));
            Thread thread = Thread.ofVirtual().start(() -> second.add(send(pool)));
            waiting.add(thread);
            Eventually.within(LONG, () -> server.connections() == 2 && waitsForItsTurn(thread));
            return true;
        });
        waiting.getFirst().join();

        assertThat(first).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(second).singleElement().isInstanceOf(SendOutcome.Accepted.class);
        assertThat(server.connections()).isEqualTo(2);
    }

    private static boolean waitsForItsTurn(Thread thread) {
        return Arrays.stream(thread.getStackTrace())
                .anyMatch(frame -> frame.getClassName().equals(Gate.class.getName())
                        && frame.getMethodName().equals("enter"));
    }

    @Test
    void serverThatAsksForLessIsLeftAloneForAWhile() {
        Duration rest = Duration.ofMillis(300);
        SmtpPool pool = pool(new PoolLimits(2, 100, 0, LONG, LONG, LONG, rest, LONG));
        server.on(Step.RCPT, "", 1, new Act.Say("451 4.3.0 too fast"));

        assertThat(send(pool)).isInstanceOf(SendOutcome.Failed.class);
        long begun = clock.nanos();
        accepted(pool);

        assertThat(clock.nanos() - begun).isGreaterThan(rest.dividedBy(2).toNanos());
    }

    @Test
    void mailsOfAMinuteAreSpaced() {
        SmtpPool pool = pool(one().with(1, 100, 600));
        long begun = clock.nanos();

        accepted(pool);
        accepted(pool);
        accepted(pool);

        assertThat(clock.nanos() - begun).isGreaterThan(Duration.ofMillis(199).toNanos());
    }

    @Test
    void connectionWithoutWorkIsClosed() {
        SmtpPool pool = pool(new PoolLimits(1, 100, 0, Duration.ofMillis(20), LONG, LONG, BRIEF, BRIEF));
        accepted(pool);

        Eventually.within(LONG, () -> verbs().getLast().equals("QUIT"));
        accepted(pool);
        assertThat(server.connections()).isEqualTo(2);
    }

    @Test
    void closedPoolKeepsNothingOpen() {
        SmtpPool pool = pool(one());
        accepted(pool);
        pool.close();
        assertThat(verbs()).endsWith("QUIT");

        accepted(pool);

        assertThat(verbs()).endsWith("QUIT");
        assertThat(server.connections()).isEqualTo(2);
    }
}
