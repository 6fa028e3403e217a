package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Credentials;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several servers: the next one is tried only where the former cannot have the mail. */
class SmtpServersTest {
    private final ThreadTasks tasks = new ThreadTasks();
    private final Clock clock = new SystemClock();
    private final AtomicInteger asked = new AtomicInteger();
    private final ScriptedSmtpServer first = ScriptedSmtpServer.start();
    private final ScriptedSmtpServer second = ScriptedSmtpServer.start();
    private final SmtpPool pool = new SmtpPool(
            List.of(settings(first), settings(second)),
            new PoolLimits(
                    1,
                    100,
                    0,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(1),
                    Duration.ofMillis(1),
                    Duration.ofMinutes(1)),
            nobody(),
            clock,
            tasks);

    @AfterEach
    void close() {
        pool.close();
        first.close();
        second.close();
        tasks.close();
    }

    private static SmtpSettings settings(ScriptedSmtpServer server) {
        return SmtpSettings.plain("127.0.0.1", server.port());
    }

    private static Credentials nobody() {
        return new Credentials() {
            @Override
            public String user() {
                return "";
            }

            @Override
            public Result<Key> key() {
                throw new IllegalStateException("nobody logs in");
            }
        };
    }

    private SendOutcome send() {
        return pool.submit(mail(), () -> {
            asked.incrementAndGet();
            return true;
        });
    }

    private static OutgoingMail mail() {
        byte[] bytes = "Subject: two\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);
        return new OutgoingMail(
                "a@x.example",
                List.of("b@x.example"),
                "<two@servers>",
                OutgoingMail.Form.SEVEN_BIT,
                MailSenderContract.content(bytes));
    }

    @ParameterizedTest
    @EnumSource(names = {"GREETING", "EHLO", "MAIL", "RCPT", "DATA"})
    void nextServerTakesWhatTheFirstPutOff(Step step) {
        first.on(step, new Act.Say("451 4.3.0 not now"));

        assertThat(send()).isInstanceOf(SendOutcome.Accepted.class);

        assertThat(first.delivered()).isEmpty();
        assertThat(second.delivered()).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void serverThatIsNotThereComesLastForAWhile() {
        first.close();

        assertThat(send()).isInstanceOf(SendOutcome.Accepted.class);
        assertThat(send()).isInstanceOf(SendOutcome.Accepted.class);

        assertThat(second.delivered()).hasSize(2);
        assertThat(second.connections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"MAIL", "RCPT", "DATA"})
    void whatTheFirstRefusesIsNotOfferedToTheNext(Step step) {
        first.on(step, new Act.Say("554 5.7.1 never"));

        assertThat(send()).isInstanceOf(SendOutcome.Refused.class);
        assertThat(second.connections()).isZero();
    }

    @Test
    void mailWhoseEndWasAnnouncedIsNotOfferedToTheNext() {
        first.on(Step.END_OF_DATA, "", 1, new Act.Say("451 4.3.0 not now"));
        assertThat(send()).isInstanceOf(SendOutcome.Failed.class);
        first.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop());
        SendOutcome lost = send();
        while (lost instanceof SendOutcome.Accepted) {
            // The second one is used as long as the first rests.
            lost = send();
        }
        assertThat(lost).isInstanceOf(SendOutcome.Uncertain.class);

        assertThat(first.delivered()).hasSize(1);
        assertThat(second.delivered()).hasSize(asked.get() - 2);
    }

    @Test
    void noServerAtAllMayBeTriedAgain() {
        first.close();
        second.close();

        assertThat(send()).isInstanceOf(SendOutcome.Failed.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void probeLooksAtAll() {
        assertThat(pool.probe()).isEqualTo(Result.ok("127.0.0.1:" + first.port() + ", 127.0.0.1:" + second.port()));
        second.close();
        assertThat(pool.probe()).isInstanceOf(Result.Failed.class);
    }
}
