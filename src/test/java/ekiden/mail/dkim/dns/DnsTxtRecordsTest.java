package ekiden.mail.dkim.dns;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.dkim.TxtRecords.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a name server of a few lines on loopback. */
@Timeout(30)
class DnsTxtRecordsTest {
    private static final int NO_ERROR = 0;
    private static final int SERVER_FAILURE = 2;
    private static final int NO_SUCH_NAME = 3;

    @Test
    void stringsOfOneRecordAreJoined() throws Exception {
        try (NameServer server = new NameServer(NO_ERROR, List.of("v=DKIM1; p=AB", "CD"))) {
            assertThat(server.records(Duration.ofSeconds(5)).of("s._domainkey.example.jp"))
                    .isEqualTo(new Answer.Found(List.of("v=DKIM1; p=ABCD")));
        }
    }

    @Test
    void answerThatIsKeptIsNotAskedForAgain() throws Exception {
        try (NameServer server = new NameServer(NO_ERROR, List.of("p=AB"))) {
            DnsTxtRecords records = server.records(Duration.ofSeconds(5));
            records.of("s._domainkey.example.jp");
            records.of("s._domainkey.example.jp");
            assertThat(server.asked).isEqualTo(1);
        }
    }

    @Test
    void nameThatIsNotThereIsAbsentForGood() throws Exception {
        try (NameServer server = new NameServer(NO_SUCH_NAME, List.of())) {
            assertThat(server.records(Duration.ofSeconds(5)).of("s._domainkey.example.jp"))
                    .isEqualTo(new Answer.Absent());
        }
    }

    @Test
    void serverInTroubleIsAskedAgainLater() throws Exception {
        try (NameServer server = new NameServer(SERVER_FAILURE, List.of())) {
            assertThat(server.records(Duration.ofSeconds(2)).of("s._domainkey.example.jp"))
                    .isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void silentServerEndsAtTheDeadline() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            DnsTxtRecords records = new DnsTxtRecords(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), silent.getLocalPort())),
                    Duration.ofMillis(300));
            assertThat(records.of("s._domainkey.example.jp")).isInstanceOf(Answer.Unavailable.class);
        }
    }

    @Test
    void whatIsNoNameIsAbsent() {
        DnsTxtRecords records = new DnsTxtRecords(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 9)), Duration.ofMillis(100));
        assertThat(records.of("x".repeat(64) + ".example.jp")).isEqualTo(new Answer.Absent());
    }

    /** Answers every question in the same way. */
    private static final class NameServer implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        private final int code;
        private final List<String> strings;
        private volatile int asked;

        NameServer(int code, List<String> strings) throws SocketException {
            this.code = code;
            this.strings = strings;
            Thread.ofVirtual().start(this::serve);
        }

        DnsTxtRecords records(Duration timeout) {
            return new DnsTxtRecords(
                    List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort())), timeout);
        }

        private void serve() {
            byte[] bytes = new byte[4096];
            while (!socket.isClosed()) {
                DatagramPacket question = new DatagramPacket(bytes, bytes.length);
                try {
                    socket.receive(question);
                    byte[] answer = answer(Arrays.copyOf(bytes, question.getLength()));
                    asked = asked + 1;
                    socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
                } catch (SocketException closed) {
                    return;
                } catch (IOException broken) {
                    throw new UncheckedIOException(broken);
                }
            }
        }

        /** The question again, and where there are strings, one record about it. */
        private byte[] answer(byte[] question) {
            int end = 12;
            while (question[end] != 0) {
                end += question[end] + 1;
            }
            end += 5;
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.write(question, 0, 2);
            out.writeBytes(new byte[] {
                (byte) 0x81, (byte) (0x80 | code), 0, 1, 0, (byte) (strings.isEmpty() ? 0 : 1), 0, 0, 0, 0
            });
            out.write(question, 12, end - 12);
            if (!strings.isEmpty()) {
                ByteArrayOutputStream data = new ByteArrayOutputStream();
                for (String string : strings) {
                    data.write(string.length());
                    data.writeBytes(string.getBytes(StandardCharsets.US_ASCII));
                }
                out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 16, 0, 1, 0, 0, 1, 0, 0, (byte) data.size()});
                out.writeBytes(data.toByteArray());
            }
            return out.toByteArray();
        }

        @Override
        public void close() {
            socket.close();
        }
    }
}
