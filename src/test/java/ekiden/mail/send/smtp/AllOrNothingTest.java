package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import ekiden.model.definition.IfRefused;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mails that go to everybody or to nobody: each phase × each fault, with what servers offer to make it quicker. */
class AllOrNothingTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final SmtpTimeouts TIMEOUTS =
            new SmtpTimeouts(SHORT, SHORT, SHORT, SHORT, Duration.ofSeconds(20), SHORT);
    private static final List<List<String>> OFFERS =
            List.of(List.of(), List.of("PIPELINING"), List.of("PIPELINING", "CHUNKING", "8BITMIME"));

    private final ThreadTasks tasks = new ThreadTasks();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void close() {
        server.close();
        tasks.close();
    }

    private static OutgoingMail mail(String... recipients) {
        byte[] bytes = "Subject: all\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);
        return new OutgoingMail(
                "sender@localhost",
                List.of(recipients),
                "<all@smtp>",
                OutgoingMail.Form.SEVEN_BIT,
                MailSenderContract.content(bytes),
                IfRefused.ALL_OR_NOTHING);
    }

    private SmtpPool pool() {
        Duration brief = Duration.ofMillis(1);
        Duration minute = Duration.ofMinutes(1);
        return new SmtpPool(
                SmtpSettings.plain("127.0.0.1", server.port()).with(TIMEOUTS),
                new PoolLimits(1, 100, 0, minute, minute, minute, brief, brief),
                () -> Result.ok("secret"),
                new SystemClock(),
                tasks);
    }

    private SendOutcome submit(SmtpPool pool, OutgoingMail mail) {
        return pool.submit(mail, () -> {
            asked.incrementAndGet();
            return true;
        });
    }

    static Stream<Arguments> faultsOfOneRecipient() {
        return OFFERS.stream()
                .flatMap(offers -> Stream.of("<one@", "<two@", "<three@")
                        .flatMap(who -> Stream.of(Fault.values()).map(fault -> Arguments.of(offers, who, fault))));
    }

    @ParameterizedTest
    @MethodSource("faultsOfOneRecipient")
    void nobodyGetsItAndNoContentLeavesWhereOneIsNotTaken(List<String> offers, String who, Fault fault) {
        server.offers(offers.toArray(String[]::new)).on(Step.RCPT, who, 1, act(fault));
        try (SmtpPool pool = pool()) {
            SendOutcome outcome = submit(pool, mail("one@a.example", "two@b.example", "three@c.example"));

            assertThat(problem(outcome).id())
                    .isEqualTo(
                            switch (fault) {
                                case PERMANENT -> "EKDM0670-E";
                                case TRANSIENT -> "EKDM0671-E";
                                case DROP -> "EKDM0502-E";
                                case STALL -> "EKDM0503-E";
                                case GARBAGE -> "EKDM0504-E";
                                case CLOSING -> "EKDM0505-E";
                            });
            assertThat(outcome)
                    .isInstanceOf(fault == Fault.PERMANENT ? SendOutcome.Refused.class : SendOutcome.Failed.class);
            assertThat(asked).hasValue(0);
            assertThat(server.lines()).noneMatch(line -> line.startsWith("DATA") || line.startsWith("BDAT"));
            assertThat(submit(pool, mail("one@a.example", "two@b.example"))).isInstanceOf(SendOutcome.Accepted.class);
            assertThat(server.delivered()).hasSize(1);
        }
    }

    @Test
    void aRefusalCountsMoreThanAnotherThatIsOnlyPutOff() {
        server.on(Step.RCPT, "<one@", 1, act(Fault.TRANSIENT)).on(Step.RCPT, "<three@", 1, act(Fault.PERMANENT));
        try (SmtpPool pool = pool()) {
            SendOutcome outcome = submit(pool, mail("one@a.example", "two@b.example", "three@c.example"));

            assertThat(outcome).isInstanceOfSatisfying(SendOutcome.Refused.class, refused -> {
                assertThat(refused.problem().values())
                        .containsEntry("recipient", "three@c.example")
                        .containsEntry("refused", "2")
                        .containsEntry("count", "3");
                assertThat(refused.refused()).hasSize(2);
            });
        }
    }

    static Stream<Arguments> phasesAndFaults() {
        return OFFERS.stream()
                .flatMap(offers -> Stream.of(SendPhase.MAIL, SendPhase.DATA, SendPhase.END_OF_DATA)
                        .filter(phase -> phase != SendPhase.DATA || !offers.contains("CHUNKING"))
                        .flatMap(phase -> Stream.of(Fault.values()).map(fault -> Arguments.of(offers, phase, fault))));
    }

    @ParameterizedTest
    @MethodSource("phasesAndFaults")
    void whereAllAreTakenItEndsAsEveryMail(List<String> offers, SendPhase phase, Fault fault) {
        server.offers(offers.toArray(String[]::new)).on(Step.valueOf(phase.name()), "", 1, act(fault));
        try (SmtpPool pool = pool()) {
            SendOutcome outcome = submit(pool, mail("one@a.example", "two@b.example"));

            assertThat(outcome)
                    .isInstanceOf(
                            switch (SendPhase.TABLE.next(phase, fault).orElseThrow()) {
                                case REFUSED -> SendOutcome.Refused.class;
                                case UNCERTAIN -> SendOutcome.Uncertain.class;
                                default -> SendOutcome.Failed.class;
                            });
            assertThat(server.delivered()).isEmpty();
        }
    }

    private static Problem problem(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Refused refused -> refused.problem();
            case SendOutcome.Failed failed -> failed.problem();
            default -> throw new AssertionError(outcome);
        };
    }

    private static Act act(Fault fault) {
        return switch (fault) {
            case DROP -> new Act.Drop();
            case STALL -> new Act.Stall();
            case TRANSIENT -> new Act.Say("451 4.3.0 not now");
            case PERMANENT -> new Act.Say("554 5.7.1 never");
            case GARBAGE -> new Act.Say("HTTP/1.1 400 Bad Request");
            case CLOSING -> new Act.SayAndDrop("421 4.3.2 going down");
        };
    }
}
