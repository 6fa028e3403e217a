package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.mail.spool.SpoolRecipient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mails that come through, over real sockets. */
@Timeout(60)
class SmtpServerMailTest {
    private static final String MAIL = "Subject: order\r\n\r\n.line\r\n..\r\n";
    private static final String STUFFED = "Subject: order\r\n\r\n..line\r\n...\r\n.\r\n";

    private final SmtpdRig rig = new SmtpdRig();

    @AfterEach
    void stop() {
        rig.close();
    }

    @Test
    void envelopeAndBytesArriveAsTheyWereGiven() throws Exception {
        rig.start();
        try (SmtpClient client = rig.greeted()) {
            client.say("MAIL FROM:<Edi@Customer.example> SIZE=100 BODY=8BITMIME", 250);
            client.say("RCPT TO:<orders@localhost>", 250);
            client.say("RCPT TO:<Who@Any.example>", 250);
            client.say("DATA", 354);
            assertThat(client.raw(STUFFED).expect(250)).isEqualTo("250 2.0.0 mail for orders");
            client.say("QUIT", 221);
            client.expectEnd();
        }
        SmtpdRig.Delivered delivered = rig.next();
        assertThat(rig.text(delivered.mail())).isEqualTo(MAIL);
        Envelope envelope = delivered.envelope();
        assertThat(envelope.sender()).isEqualTo("Edi@Customer.example");
        assertThat(envelope.recipients())
                .containsExactly(
                        new SpoolRecipient("orders@localhost", "orders"), new SpoolRecipient("Who@Any.example", "all"));
        assertThat(envelope.together()).isTrue();
        assertThat(envelope.client()).isEqualTo("127.0.0.1");
        assertThat(envelope.helo()).isEqualTo("client.example");
        assertThat(envelope.protocol()).isEqualTo("ESMTP");
        assertThat(Envelope.of(envelope.toHeader())).isEqualTo(envelope);
        assertThat(rig.ends.take()).isEqualTo(delivered.mail().place());
    }

    @Test
    void pipelinedCommandsAreAnsweredInOrder() throws Exception {
        rig.start();
        try (SmtpClient client = rig.client()) {
            String mail = "MAIL FROM:<a@b>\r\nRCPT TO:<orders@localhost>\r\nRCPT TO:<nobody@localhost>\r\nDATA\r\n";
            client.raw("EHLO c\r\n" + mail + STUFFED + mail + STUFFED + "QUIT\r\n");
            client.expect(250);
            for (int i = 0; i < 2; i++) {
                client.expect(250);
                client.expect(250);
                client.expect(550);
                client.expect(354);
                client.expect(250);
            }
            client.expect(221);
        }
        assertThat(rig.text(rig.next().mail())).isEqualTo(MAIL);
        assertThat(rig.text(rig.next().mail())).isEqualTo(MAIL);
    }

    @Test
    void clientThatSendsByteByByteIsUnderstood() throws Exception {
        rig.start();
        try (SmtpClient client = rig.client()) {
            String all = "EHLO c\r\nMAIL FROM:<a@b>\r\nRCPT TO:<orders@localhost>\r\nDATA\r\n" + STUFFED + "QUIT\r\n";
            for (byte one : all.getBytes(StandardCharsets.US_ASCII)) {
                client.raw(new byte[] {one});
            }
            for (int code : List.of(250, 250, 250, 354, 250, 221)) {
                client.expect(code);
            }
        }
        assertThat(rig.text(rig.next().mail())).isEqualTo(MAIL);
    }

    @Test
    void chunksAreOneMailAndNothingInThemIsAnEnd() throws Exception {
        rig.start();
        try (SmtpClient client = rig.addressed()) {
            client.send("BDAT 9").raw("a\r\n.\r\nbc\n").expect(250);
            client.send("BDAT 0").expect(250);
            client.send("BDAT 6").raw("QUIT\r\n").expect(250);
            client.send("BDAT 0 LAST").expect(250);
            client.say("NOOP", 250);
            client.say("MAIL FROM:<a@b>", 250);
            client.say("RCPT TO:<orders@localhost>", 250);
            client.raw("BDAT 3\r\nabcBDAT 3 LAST\r\ndefNOOP\r\n");
            client.expect(250);
            client.expect(250);
            client.expect(250);
        }
        assertThat(rig.text(rig.next().mail())).isEqualTo("a\r\n.\r\nbc\nQUIT\r\n");
        assertThat(rig.text(rig.next().mail())).isEqualTo("abcdef");
    }

    @Test
    void chunkThatNobodyWantsIsNotTakenForCommands() throws Exception {
        rig.start();
        try (SmtpClient client = rig.greeted()) {
            client.raw("BDAT 16 LAST\r\nMAIL FROM:<a@b>\nNOOP\r\n");
            client.expect(503);
            client.expect(250);
        }
    }

    @Test
    void resetBetweenChunksLeavesNothing() throws Exception {
        rig.start();
        SmtpClient client = rig.addressed();
        client.send("BDAT 9").raw("123456789").expect(250);
        client.say("RSET", 250);
        client.say("QUIT", 221);
        assertThat(rig.leftBehind()).isEmpty();
    }

    @Test
    void lmtpAnswersForEachRecipient() throws Exception {
        rig.lmtp()
                .receiver(mail -> CompletableFuture.completedFuture(List.of(
                        new RecipientVerdict.Accepted("mail 1"),
                        new RecipientVerdict.Refused(Problem.of(SmtpdMessage.BAD_RECIPIENT)))))
                .start();
        try (SmtpClient client = rig.greeted()) {
            client.say("MAIL FROM:<>", 250);
            client.say("RCPT TO:<orders@localhost>", 250);
            client.say("RCPT TO:<nobody@localhost>", 550);
            client.say("RCPT TO:<a@any.example>", 250);
            client.say("DATA", 354);
            client.raw(STUFFED).expect(250);
            client.expect(550);
            client.say("NOOP", 250);
        }
        assertThat(rig.next().envelope().together()).isFalse();
    }

    @Test
    void bytesOfEveryValueInBlocksOfEverySizeComeThrough() throws Exception {
        rig.limit("bufferBytes", 4096).start();
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            byte[] content = content(random, 1 + random.nextInt(20_000));
            try (SmtpClient client = rig.addressed()) {
                client.say("DATA", 354);
                byte[] wire = stuffed(content);
                int at = 0;
                while (at < wire.length) {
                    int piece = Math.min(wire.length - at, 1 + random.nextInt(3000));
                    client.raw(Arrays.copyOfRange(wire, at, at + piece));
                    at += piece;
                }
                client.expect(250);
            }
            assertThat(rig.bytes(rig.next().mail())).isEqualTo(content);
        }
    }

    /** Full of dots and line ends, ending with CRLF. */
    private static byte[] content(Random random, int length) {
        byte[] content = new byte[length + 2];
        for (int i = 0; i < length; i++) {
            content[i] = switch (random.nextInt(6)) {
                case 0 -> (byte) '.';
                case 1 -> (byte) '\r';
                case 2, 3 -> (byte) '\n';
                default -> (byte) random.nextInt(256);
            };
        }
        content[length] = '\r';
        content[length + 1] = '\n';
        return content;
    }

    private static byte[] stuffed(byte[] content) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (int i = 0; i < content.length; i++) {
            boolean line = i == 0 || (i > 1 && content[i - 1] == '\n' && content[i - 2] == '\r');
            if (line && content[i] == '.') {
                wire.write('.');
            }
            wire.write(content[i]);
        }
        wire.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        return wire.toByteArray();
    }
}
