package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.connect.Trust;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.smtp.SmtpSettings.Tls;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import ekiden.testing.TestTls;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SmtpTlsTest {
    private static final PoolLimits ONE_EACH = PoolLimits.DEFAULT.with(1, 1, 0);
    private static final Trust AUTHORITY = new Trust(true, TestTls.authority());

    private final ThreadTasks tasks = new ThreadTasks();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void close() {
        server.close();
        tasks.close();
    }

    private String probe(String host, Tls tls, Trust trust) {
        SmtpSettings settings = SmtpSettings.plain(host, server.port()).with(tls, trust);
        return probe(settings);
    }

    private String probe(SmtpSettings settings) {
        SmtpPool sender = new SmtpPool(settings, ONE_EACH, () -> Result.ok("secret"), new SystemClock(), tasks);
        return switch (sender.probe()) {
            case Result.Ok<String>(String name) -> "ready";
            case Result.Failed<String>(Problem problem) -> problem.id();
        };
    }

    @Test
    void startTlsComesBeforeTheLogin() {
        server.tls("good", false).login("taro", "secret");
        SmtpSettings settings = SmtpSettings.plain("localhost", server.port())
                .with(Tls.STARTTLS, AUTHORITY)
                .withLogin("taro", false);

        assertThat(probe(settings)).isEqualTo("ready");
        assertThat(server.lines().stream().map(line -> line.split(" ")[0]))
                .containsExactly("EHLO", "STARTTLS", "EHLO", "AUTH", "QUIT");
    }

    @Test
    void implicitTlsBeginsAtOnce() {
        server.tls("good", true);

        assertThat(probe("localhost", Tls.IMPLICIT, AUTHORITY)).isEqualTo("ready");
    }

    @Test
    void certificateMustBeValidForTheNameAndTrusted() {
        server.tls("expired", true);
        assertThat(probe("localhost", Tls.IMPLICIT, AUTHORITY)).isEqualTo(SendMessage.CERTIFICATE.id());
        server.tls("other", true);
        assertThat(probe("localhost", Tls.IMPLICIT, AUTHORITY)).isEqualTo(SendMessage.CERTIFICATE.id());
        server.tls("good", true);
        assertThat(probe("localhost", Tls.IMPLICIT, Trust.SYSTEM)).isEqualTo(SendMessage.CERTIFICATE.id());
        assertThat(probe("localhost", Tls.IMPLICIT, new Trust(false, null))).isEqualTo("ready");
    }

    @Test
    void certificateThatIsItselfBelievedIsSoNoLongerThanItsDates() {
        Trust expired = new Trust(true, TestTls.pem("expired").chain());
        server.tls("expired", true);
        assertThat(probe("localhost", Tls.IMPLICIT, expired)).isEqualTo(SendMessage.CERTIFICATE.id());
        Trust good = new Trust(true, TestTls.pem("good").chain());
        server.tls("good", true);
        assertThat(probe("localhost", Tls.IMPLICIT, good)).isEqualTo("ready");
        Trust other = new Trust(true, TestTls.pem("other").chain());
        server.tls("other", true);
        assertThat(probe("localhost", Tls.IMPLICIT, other)).isEqualTo(SendMessage.CERTIFICATE.id());
    }

    @Test
    void serverWithoutStartTlsGetsNothing() {
        assertThat(probe("localhost", Tls.STARTTLS, AUTHORITY)).isEqualTo(SendMessage.NO_STARTTLS.id());
        assertThat(server.lines()).hasSize(1);
    }

    @Test
    void implicitTlsToAPlainPortIsASetting() {
        SmtpSettings settings = SmtpSettings.plain("localhost", server.port())
                .with(Tls.IMPLICIT, AUTHORITY)
                .with(new SmtpTimeouts(
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(1)));

        assertThat(probe(settings)).isEqualTo(SendMessage.TLS.id());
    }

    @Test
    void wordsBehindStartTlsThatCameTooEarlyAreNotBelieved() {
        server.tls("good", false).on(Step.STARTTLS, new Act.Say("220 go\r\n250-scripted.example\r\n250 AUTH PLAIN"));

        assertThat(probe("localhost", Tls.STARTTLS, AUTHORITY)).isEqualTo(SendMessage.NOT_SMTP.id());
    }

    @Test
    void authorityThatIsNoCertificateIsASetting() {
        server.tls("good", true);
        assertThat(probe("localhost", Tls.IMPLICIT, new Trust(true, "no certificate")))
                .isEqualTo(SendMessage.CA_UNREADABLE.id());
        assertThat(probe("localhost", Tls.IMPLICIT, new Trust(true, ""))).isEqualTo(SendMessage.CA_UNREADABLE.id());
    }
}
