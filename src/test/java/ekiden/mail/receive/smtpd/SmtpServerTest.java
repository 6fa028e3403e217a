package ekiden.mail.receive.smtpd;

import static ekiden.mail.receive.smtpd.SmtpdRig.failed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ekiden.base.Problem;
import ekiden.mail.receive.smtpd.SmtpdSettings.Protocol;
import ekiden.mail.spool.SpoolMessage;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SmtpServerTest {
    private static final String MAIL = "Subject: order\r\n\r\nline\r\n";

    private final SmtpdRig rig = new SmtpdRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void clientThatDropsInTheMiddleOfItsMailLeavesNothing() throws IOException {
        rig.start();
        for (String part : List.of("", "half a line", MAIL, MAIL + ".", MAIL + ".\r")) {
            SmtpClient client = rig.addressed();
            client.say("DATA", 354);
            client.raw(part).drop();
        }
        SmtpClient chunks = rig.addressed();
        chunks.send("BDAT 10").raw("0123456789").expect(250);
        chunks.send("BDAT 10 LAST").raw("012345678").drop();
        assertThat(rig.leftBehind()).isEmpty();
        assertThat(rig.delivered).isEmpty();
    }

    @Test
    void clientThatDropsBeforeTheReplyHasDelivered() throws Exception {
        CompletableFuture<List<RecipientVerdict>> verdict = new CompletableFuture<>();
        rig.receiver(mail -> verdict).start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw(MAIL + ".\r\n");
        SmtpdRig.Delivered delivered = rig.next();
        client.drop();
        verdict.complete(List.of(new RecipientVerdict.Accepted("mail 1")));
        assertThat(rig.leftBehind()).hasSize(1);
        assertThat(rig.text(delivered.mail())).isEqualTo(MAIL);
    }

    @Test
    void receiverThatNeverAnswersIsTryAgainAndTheEntryStays() throws Exception {
        rig.receiver(mail -> new CompletableFuture<>())
                .limit("delivery", Duration.ofMillis(20))
                .start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw(MAIL + ".\r\n");
        assertThat(client.expect(451)).contains(SmtpdMessage.DELIVERY_LATE.id());
        assertThat(rig.problems.take().id()).isEqualTo(SmtpdMessage.DELIVERY_LATE.id());
        client.say("NOOP", 250);
        assertThat(rig.text(rig.next().mail())).isEqualTo(MAIL);
    }

    @Test
    void receiverThatBreaksIsTryAgain() throws IOException {
        RuntimeException bug = new IllegalStateException("planted by the test");
        rig.receiver(mail -> CompletableFuture.failedFuture(bug)).start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw(MAIL + ".\r\n").expect(451);
        rig.receiver(mail -> {
            throw bug;
        });
        client.say("MAIL FROM:<>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        client.say("DATA", 354);
        client.raw(MAIL + ".\r\n").expect(451);
        rig.receiver(mail -> CompletableFuture.completedFuture(List.of()));
        client.say("MAIL FROM:<>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        client.say("DATA", 354);
        assertThat(client.raw(MAIL + ".\r\n").expect(451)).contains(SmtpdMessage.DELIVERY_FAILED.id());
    }

    @Test
    void fullDiskIsTryAgainLaterAndGoesOnWhenThereIsRoom() throws Exception {
        rig.start();
        SmtpClient client = rig.addressed();
        rig.disk.capacity(0);
        // The header is gathered in memory, so the disk is first met when there is more, or at the end.
        client.say("DATA", 354);
        client.raw(MAIL + ".\r\n").expect(452);
        assertThat(rig.problems.take().id()).isEqualTo(SpoolMessage.DISK_FULL.id());
        assertThat(rig.disk.files()).isEmpty();
        rig.disk.capacity(100_000);
        client.say("MAIL FROM:<>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        client.say("DATA", 354);
        client.raw("x".repeat(200_000) + "\r\n.\r\n").expect(452);
        assertThat(rig.disk.files()).isEmpty();
        rig.disk.capacity(Long.MAX_VALUE);
        client.say("MAIL FROM:<>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        client.say("DATA", 354);
        client.raw(MAIL + ".\r\n").expect(250);
    }

    @Test
    void brokenDiskBeforeTheMailIsToldInsteadOf354() throws IOException {
        rig.start();
        SmtpClient client = rig.addressed();
        rig.disk.failAfter(0, () -> new IOException("broken cable"));
        assertThat(client.say("DATA", 451)).contains(SpoolMessage.NOT_WRITABLE.id());
        client.say("MAIL FROM:<>", 250);
        client.say("RCPT TO:<orders@localhost>", 250);
        rig.disk.failAfter(0, () -> new IOException("broken cable"));
        client.send("BDAT 5 LAST").raw("NOOP\n").expect(451);
        client.say("NOOP", 250);
    }

    @Test
    void mailAtTheLimitPassesAndOneByteMoreLeavesNothing() throws Exception {
        rig.set("maxSize", (long) MAIL.length()).start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw("." + MAIL + ".\r\n").expect(250);
        assertThat(rig.next().mail().size()).isEqualTo(MAIL.length());
        for (String mail : List.of(MAIL, "x" + MAIL)) {
            client.say("MAIL FROM:<>", 250);
            client.say("RCPT TO:<orders@localhost>", 250);
            client.say("DATA", 354);
            client.raw(mail + ".\r\n").expect(mail.length() > MAIL.length() ? 552 : 250);
        }
        assertThat(rig.problems.take().id()).isEqualTo(SmtpdMessage.MAIL_TOO_LARGE.id());
        for (int extra = 0; extra < 2; extra++) {
            client.say("MAIL FROM:<>", 250);
            client.say("RCPT TO:<orders@localhost>", 250);
            client.send("BDAT " + (MAIL.length() + extra) + " LAST").raw("x".repeat(extra) + MAIL);
            client.expect(extra > 0 ? 552 : 250);
        }
        client.say("MAIL FROM:<> SIZE=" + (MAIL.length() + 1), 552);
        client.say("MAIL FROM:<> SIZE=" + MAIL.length(), 250);
        assertThat(rig.leftBehind()).hasSize(3);
    }

    @Test
    void mailFarOverTheLimitIsNotReadToItsEnd() throws IOException {
        rig.set("maxSize", 1000L).limit("swallowBytes", 5000L).start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw("x".repeat(200_000));
        client.expect(552);
        client.expectEnd();
        SmtpClient chunk = rig.addressed();
        chunk.say("BDAT 5001", 552);
        chunk.expectEnd();
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void commandLineAtTheLimitPassesAndOneByteMoreDoesNot() throws IOException {
        rig.limit("commandLineBytes", 512).limit("bufferBytes", 512).start();
        try (SmtpClient client = rig.client()) {
            client.say("NOOP " + "x".repeat(505), 250);
            assertThat(client.say("NOOP " + "x".repeat(506), 500)).contains("512");
            client.say("NOOP " + "x".repeat(5000), 500);
            client.say("NOOP " + "x".repeat(505), 250);
        }
    }

    @Test
    void lineWithoutEndIsNotReadForEver() throws IOException {
        rig.limit("commandLineBytes", 512).limit("swallowBytes", 5000L).start();
        SmtpClient client = rig.client();
        client.raw("x".repeat(100_000));
        client.endOutput();
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void linesThatAreNoneAreRefusedAndTheNextIsUnderstood() throws IOException {
        rig.start();
        SmtpClient client = rig.client();
        assertThat(client.raw("EHLO c\n").expect(500)).contains("CR LF");
        client.raw("\n").expect(500);
        client.raw(new byte[] {'E', 'H', 'L', 'O', ' ', (byte) 0xff, '\r', '\n'})
                .expect(500);
        client.raw("NOOP\r\r\n").expect(500);
        client.say("NOOP", 250);
    }

    @Test
    void secondMailInsideAFirstStaysAPartOfIt() throws Exception {
        rig.start();
        for (String close : List.of("\n.\n", "\n.\r\n", "\r.\r\n", "\r\n.\r", "\r\n.\n")) {
            SmtpClient client = rig.addressed();
            client.say("DATA", 354);
            String content = "a" + close + "MAIL FROM:<evil@example>\r\n";
            client.raw(content + ".\r\n").expect(250);
            client.say("NOOP", 250);
            String stored = content.replace("\r\n.", "\r\n");
            assertThat(rig.text(rig.next().mail())).isEqualTo(stored);
        }
        assertThat(rig.delivered).isEmpty();
    }

    @Test
    void connectionAtTheLimitIsServedAndOneMoreIsSentAway() throws Exception {
        rig.limit("connections", 2).start();
        SmtpClient first = rig.client();
        SmtpClient second = rig.client();
        try (SmtpClient third = new SmtpClient(rig.address())) {
            third.expect(421);
            third.expectEnd();
        }
        assertThat(rig.problems.take().id()).isEqualTo(SmtpdMessage.TOO_MANY_CONNECTIONS.id());
        first.say("QUIT", 221);
        first.expectEnd();
        second.say("NOOP", 250);
    }

    @Test
    void oneClientLeavesRoomForOthers() throws Exception {
        rig.limit("connections", 3).limit("connectionsOfClient", 2).start();
        SmtpClient first = rig.client();
        SmtpClient second = rig.client();
        try (SmtpClient third = new SmtpClient(rig.address())) {
            assertThat(third.expect(421)).contains("your address");
            third.expectEnd();
        }
        assertThat(rig.problems.take())
                .isEqualTo(Problem.of(SmtpdMessage.TOO_MANY_OF_CLIENT, "limit", 2, "client", "127.0.0.1"));
        try (SmtpClient other = new SmtpClient(rig.address(), "127.0.0.2")) {
            other.expect(220);
        }
        first.say("QUIT", 221);
        first.expectEnd();
        second.say("NOOP", 250);
        Eventually.within(Duration.ofSeconds(20), "the place is free", this::comesIn);
    }

    private boolean comesIn() {
        try (SmtpClient client = new SmtpClient(rig.address())) {
            return client.line().startsWith("220");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** An error that belongs to nobody, for example of memory, may strike anywhere. */
    @Test
    void errorInAcceptingDoesNotEndTheAccepting() throws Exception {
        AtomicInteger errors = new AtomicInteger(3);
        rig.connected = client -> {
            if (errors.getAndDecrement() > 0) {
                throw new OutOfMemoryError("planted by the test");
            }
        };
        rig.limit("connections", 1).start();
        for (int time = 0; time < 3; time++) {
            try (SmtpClient lost = new SmtpClient(rig.address())) {
                lost.expectEnd();
            }
            assertThat(rig.problems.take().id()).isEqualTo(SmtpdMessage.NOT_ACCEPTED.id());
        }
        rig.client().say("NOOP", 250);
    }

    @Test
    void clientThatSaysNothingIsSentAway() throws IOException {
        rig.limit("command", Duration.ofMillis(50)).start();
        try (SmtpClient silent = rig.client()) {
            silent.expect(421);
            silent.expectEnd();
        }
        try (SmtpClient half = rig.client()) {
            half.raw("NOO");
            half.expect(421);
        }
    }

    @Test
    void clientThatStopsInItsMailIsSentAwayAndLeavesNothing() throws IOException {
        rig.limit("dataBlock", Duration.ofMillis(50)).start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw("half");
        client.expect(421);
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void mailThatTakesTooLongAsAWholeIsGivenUp() throws IOException {
        rig.limit("data", Duration.ofMillis(50)).start();
        SmtpClient client = rig.addressed();
        client.say("DATA", 354);
        client.raw("half");
        client.expect(421);
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void clientThatTakesNoRepliesIsCutOff() throws IOException {
        rig.limit("write", Duration.ofMillis(100))
                .limit("sweep", Duration.ofMillis(20))
                .limit("commandsPerMail", Integer.MAX_VALUE)
                .start();
        SmtpClient client = rig.client();
        byte[] help = "HELP\r\n".repeat(10_000).getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 10_000; i++) {
                        client.raw(help);
                    }
                })
                .isInstanceOf(IOException.class);
    }

    @Test
    void stopLetsAMailEndAndSendsTheIdleAway() throws Exception {
        rig.start();
        SmtpClient idle = rig.client();
        SmtpClient busy = rig.addressed();
        busy.say("DATA", 354);
        busy.raw("Subject: x\r\n");
        Thread stopping = Thread.ofVirtual().start(() -> rig.server().stop(Duration.ofSeconds(30)));
        idle.expect(421);
        idle.expectEnd();
        busy.raw("\r\ntext\r\n.\r\n").expect(250);
        busy.expect(421);
        stopping.join();
        assertThat(rig.next().mail().size()).isEqualTo(20);
    }

    @Test
    void stopDoesNotWaitForEver() throws Exception {
        rig.start();
        SmtpClient busy = rig.addressed();
        busy.say("DATA", 354);
        rig.server().stop(Duration.ofMillis(10));
        busy.expectEnd();
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void settingsThatCannotBeUsedAreTold() {
        rig.start();
        SmtpdSettings taken = SmtpdRig.with(rig.settings, "port", rig.server().port());
        assertThat(start(taken)).isEqualTo(SmtpdMessage.PORT_IN_USE.id());
        SmtpdSettings base = rig.settings;
        assertThat(start(SmtpdRig.with(base, "host", "192.0.2.1"))).isEqualTo(SmtpdMessage.NO_SUCH_ADDRESS.id());
        assertThat(start(SmtpdRig.with(base, "host", "no such host"))).isEqualTo(SmtpdMessage.NO_SUCH_ADDRESS.id());
        assertThat(start(SmtpdRig.with(base, "port", 70_000))).isEqualTo(SmtpdMessage.CANNOT_LISTEN.id());
        assertThat(start(SmtpdRig.with(base, "recipients", Map.of("orders", "x"))))
                .isEqualTo(SmtpdMessage.BAD_RECIPIENT.id());
        assertThat(start(SmtpdRig.with(base, "recipients", Map.of("a@b", "x", "A@B", "y"))))
                .isEqualTo(SmtpdMessage.BAD_RECIPIENT.id());
        SmtpdSettings lmtp = SmtpdRig.with(SmtpdRig.with(base, "protocol", Protocol.LMTP), "port", 25);
        assertThat(start(lmtp)).isEqualTo(SmtpdMessage.LMTP_ON_PORT_25.id());
    }

    private static String start(SmtpdSettings settings) {
        try (SmtpdRig other = new SmtpdRig()) {
            other.settings = settings;
            Problem problem = failed(other.tryStart(other.disk));
            return problem.id();
        }
    }
}
