package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.connect.Trust;
import ekiden.mail.send.MailContent;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import ekiden.testing.TestTls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each phase × each fault on a real socket: what the table says is what comes out, and nothing is ever delivered twice. */
class SmtpFaultsTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final PoolLimits ONE_EACH = PoolLimits.DEFAULT.with(1, 1, 0);
    private static final SmtpTimeouts TIMEOUTS =
            new SmtpTimeouts(SHORT, SHORT, SHORT, SHORT, Duration.ofSeconds(20), SHORT);
    private static final byte[] LARGE = large();

    private final ThreadTasks tasks = new ThreadTasks();
    private final ScriptedSmtpServer server = ScriptedSmtpServer.start();

    @AfterEach
    void close() {
        server.close();
        tasks.close();
    }

    private static byte[] large() {
        byte[] bytes = new byte[24 << 20];
        Arrays.fill(bytes, (byte) 'x');
        for (int i = 0; i < bytes.length; i += 72) {
            bytes[i] = '\n';
        }
        return bytes;
    }

    private static OutgoingMail mail() {
        return new OutgoingMail(
                "sender@localhost",
                List.of("one@scripted.example"),
                "<fault@smtp>",
                OutgoingMail.Form.SEVEN_BIT,
                new MailContent() {
                    @Override
                    public InputStream open() {
                        return new ByteArrayInputStream(LARGE);
                    }

                    @Override
                    public long size() {
                        return LARGE.length;
                    }
                });
    }

    private static OutgoingMail small() {
        OutgoingMail mail = mail();
        byte[] bytes = "Subject: small\r\n\r\ntext\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        return new OutgoingMail(mail.sender(), mail.recipients(), mail.messageId(), mail.form(), new MailContent() {
            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }

            @Override
            public long size() {
                return bytes.length;
            }
        });
    }

    private SmtpSettings settings() {
        return SmtpSettings.plain("127.0.0.1", server.port()).with(TIMEOUTS);
    }

    private SmtpPool sender(SmtpSettings settings) {
        return new SmtpPool(settings, ONE_EACH, () -> Result.ok("secret"), new SystemClock(), tasks);
    }

    static Stream<Arguments> phasesAndFaults() {
        return Stream.of(SendPhase.values())
                .filter(phase -> !phase.isEnd() && phase != SendPhase.CONNECT)
                .flatMap(phase -> Stream.of(Fault.values()).map(fault -> Arguments.of(phase, fault)));
    }

    @ParameterizedTest
    @MethodSource("phasesAndFaults")
    void phaseMeetsFault(SendPhase phase, Fault fault) {
        server.on(Step.valueOf(phase.name()), act(fault));
        SmtpSettings settings = prepared(phase);
        AtomicInteger asked = new AtomicInteger();

        SendOutcome outcome = sender(settings).submit(phase == SendPhase.BODY ? mail() : small(), () -> {
            asked.incrementAndGet();
            return true;
        });

        assertThat(endOf(outcome)).isEqualTo(expected(phase, fault));
        assertThat(asked.get()).isEqualTo(delivers(phase, fault) ? 1 : 0);
        assertThat(server.delivered()).hasSize(phase == SendPhase.EHLO && fault == Fault.PERMANENT ? 1 : 0);
    }

    static Stream<Arguments> faultsOfAKeptConnection() {
        return phasesAndFaults().filter(row -> SendPhase.MAIL.compareTo((SendPhase) row.get()[0]) <= 0);
    }

    @ParameterizedTest
    @MethodSource("faultsOfAKeptConnection")
    void phaseMeetsFaultOnAConnectionThatCarriedAMailBefore(SendPhase phase, Fault fault) {
        try (SmtpPool pool = pool()) {
            assertThat(endOf(pool.submit(small(), () -> true))).isEqualTo(SendPhase.CONNECT);
            server.on(Step.valueOf(phase.name()), "", 1, act(fault));
            AtomicInteger asked = new AtomicInteger();

            SendOutcome outcome = pool.submit(phase == SendPhase.BODY ? mail() : small(), () -> {
                asked.incrementAndGet();
                return true;
            });

            // A server that is silent or gone at the first command may have closed the connection while it rested: once
            // more, on another.
            boolean again =
                    phase == SendPhase.MAIL && (fault == Fault.DROP || fault == Fault.STALL || fault == Fault.CLOSING);
            assertThat(endOf(outcome)).isEqualTo(again ? SendPhase.CONNECT : expected(phase, fault));
            assertThat(asked.get()).isEqualTo(again || phase == SendPhase.END_OF_DATA ? 1 : 0);
            assertThat(server.delivered()).hasSize(again ? 2 : 1);
            assertThat(endOf(pool.submit(small(), () -> true))).isEqualTo(SendPhase.CONNECT);
            assertThat(server.delivered()).hasSize(again ? 3 : 2);
        }
    }

    private SmtpPool pool() {
        Duration brief = Duration.ofMillis(1);
        Duration minute = Duration.ofMinutes(1);
        PoolLimits limits = new PoolLimits(1, 100, 0, minute, minute, minute, brief, brief);
        return new SmtpPool(settings(), limits, () -> Result.ok("secret"), new SystemClock(), tasks);
    }

    private static boolean delivers(SendPhase phase, Fault fault) {
        return phase == SendPhase.END_OF_DATA || (phase == SendPhase.EHLO && fault == Fault.PERMANENT);
    }

    private SmtpSettings prepared(SendPhase phase) {
        if (phase == SendPhase.HELO) {
            server.on(Step.EHLO, new Act.Say("500 5.5.2 not known"));
        }
        if (phase == SendPhase.AUTH) {
            server.login("taro", "secret");
            return settings().withLogin("taro", false);
        }
        if (phase == SendPhase.STARTTLS) {
            server.tls("good", false);
            return settings().with(SmtpSettings.Tls.STARTTLS, new Trust(true, TestTls.authority()));
        }
        return settings();
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

    /** The table's word, but for the two rows that are no end. */
    private static SendPhase expected(SendPhase phase, Fault fault) {
        SendPhase next = SendPhase.TABLE.next(phase, fault).orElseThrow();
        return switch (next) {
            case RCPT -> fault == Fault.PERMANENT ? SendPhase.REFUSED : SendPhase.FAILED;
            case HELO -> SendPhase.CONNECT;
            default -> next;
        };
    }

    private static SendPhase endOf(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Failed failed -> {
                assertThat(failed.problem().kind()).isEqualTo(MessageId.Kind.RETRYABLE);
                yield SendPhase.FAILED;
            }
            case SendOutcome.Refused refused -> {
                assertThat(refused.problem().kind()).isEqualTo(MessageId.Kind.PERMANENT);
                yield SendPhase.REFUSED;
            }
            case SendOutcome.Uncertain uncertain -> {
                assertThat(uncertain.problem().kind()).isEqualTo(MessageId.Kind.UNKNOWN);
                assertThat(uncertain.recipients()).hasSize(1);
                yield SendPhase.UNCERTAIN;
            }
            case SendOutcome.Queued none -> throw new AssertionError(none);
            case SendOutcome.Accepted accepted -> SendPhase.CONNECT;
            case SendOutcome.PerRecipient some -> SendPhase.RCPT;
        };
    }

    @Test
    void mailIsUncertainWhetherOrNotTheServerTookIt() {
        server.on(Step.END_OF_DATA, "", 1, new Act.TakeAndDrop()).on(Step.END_OF_DATA, new Act.TakeAndStall());

        assertThat(endOf(sender(settings()).submit(small(), () -> true))).isEqualTo(SendPhase.UNCERTAIN);
        assertThat(endOf(sender(settings()).submit(small(), () -> true))).isEqualTo(SendPhase.UNCERTAIN);
        assertThat(server.delivered()).hasSize(2);
    }

    @Test
    void connectThatIsRefusedFails() {
        server.close();

        assertThat(endOf(sender(settings()).submit(small(), () -> true))).isEqualTo(SendPhase.FAILED);
    }

    @Test
    void connectThatIsNotAnsweredFailsInTime() throws IOException {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(full, filling);
            SmtpSettings settings =
                    SmtpSettings.plain("127.0.0.1", full.getLocalPort()).with(TIMEOUTS);

            assertThat(endOf(sender(settings).submit(small(), () -> true))).isEqualTo(SendPhase.FAILED);
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    // A full backlog: the system answers no further connect.
    private static void fill(ServerSocket full, List<Socket> filling) {
        for (int i = 0; i < 8; i++) {
            Socket socket = new Socket();
            try {
                filling.add(socket);
                socket.connect(new InetSocketAddress(full.getInetAddress(), full.getLocalPort()), 100);
            } catch (IOException nowFull) {
                return;
            }
        }
    }

    @Test
    void replyThatIsNeverFinishedIsAStall() {
        server.on(Step.GREETING, new Act.Raw("220-scripted.example\r\n22"));

        assertThat(endOf(sender(settings()).submit(small(), () -> true))).isEqualTo(SendPhase.FAILED);
    }

    @Test
    void wholeSendHasItsOwnEnd() {
        SmtpTimeouts whole = new SmtpTimeouts(
                SHORT, Duration.ofMinutes(10), Duration.ofMinutes(10), Duration.ofMinutes(10), SHORT, SHORT);
        server.on(Step.RCPT, new Act.Stall());

        assertThat(endOf(sender(settings().with(whole)).submit(small(), () -> true)))
                .isEqualTo(SendPhase.FAILED);
    }

    @Test
    void interruptedSubmissionLetsGo() throws InterruptedException {
        server.on(Step.MAIL, new Act.Stall());
        SmtpTimeouts patient = SmtpTimeouts.DEFAULT;
        List<SendOutcome> outcomes = new ArrayList<>();
        Thread submitting = Thread.ofVirtual()
                .unstarted(() -> outcomes.add(sender(settings().with(patient)).submit(small(), () -> true)));
        submitting.start();
        while (server.lines().stream().noneMatch(line -> line.startsWith("MAIL"))) {
            Thread.onSpinWait();
        }

        submitting.interrupt();
        submitting.join();

        assertThat(outcomes)
                .singleElement()
                .satisfies(outcome -> assertThat(endOf(outcome)).isEqualTo(SendPhase.FAILED));
    }
}
