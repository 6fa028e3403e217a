package ekiden.mail.dkim.dns;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.dkim.TxtRecords.Answer;
import ekiden.testing.NameServer;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a name server of a few lines on loopback. */
@Timeout(30)
class DnsTxtRecordsTest {
    @Test
    void stringsOfOneRecordAreJoined() throws Exception {
        try (NameServer server = new NameServer(NameServer.NO_ERROR, List.of("v=DKIM1; p=AB", "CD"))) {
            assertThat(records(server, Duration.ofSeconds(5)).of("s._domainkey.example.jp"))
                    .isEqualTo(new Answer.Found(List.of("v=DKIM1; p=ABCD")));
        }
    }

    @Test
    void answerThatIsKeptIsNotAskedForAgain() throws Exception {
        try (NameServer server = new NameServer(NameServer.NO_ERROR, List.of("p=AB"))) {
            DnsTxtRecords records = records(server, Duration.ofSeconds(5));
            records.of("s._domainkey.example.jp");
            records.of("s._domainkey.example.jp");
            assertThat(server.asked()).isEqualTo(1);
        }
    }

    @Test
    void whatWasAnsweredIsKnownWithoutAQuestion() throws Exception {
        try (NameServer server = new NameServer(NameServer.NO_ERROR, List.of("p=AB"))) {
            DnsTxtRecords records = records(server, Duration.ofSeconds(5));
            assertThat(records.known("s._domainkey.example.jp")).isNull();
            Answer answer = records.of("s._domainkey.example.jp");
            assertThat(records.known("s._domainkey.example.jp")).isEqualTo(answer);
            assertThat(records.known("other.example.jp")).isNull();
            assertThat(server.asked()).isEqualTo(1);
        }
    }

    @Test
    void nameThatIsNotThereIsAbsentForGood() throws Exception {
        try (NameServer server = new NameServer(NameServer.NO_SUCH_NAME, List.of())) {
            assertThat(records(server, Duration.ofSeconds(5)).of("s._domainkey.example.jp"))
                    .isEqualTo(new Answer.Absent());
        }
    }

    @Test
    void serverInTroubleIsAskedAgainLater() throws Exception {
        try (NameServer server = new NameServer(NameServer.SERVER_FAILURE, List.of())) {
            assertThat(records(server, Duration.ofSeconds(2)).of("s._domainkey.example.jp"))
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

    private static DnsTxtRecords records(NameServer server, Duration timeout) {
        return new DnsTxtRecords(List.of(server.address()), timeout);
    }
}
