package ekiden.mail.address.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.protocol.LDAPMessage;
import com.unboundid.ldap.protocol.SearchResultEntryProtocolOp;
import com.unboundid.ldap.sdk.Attribute;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.address.AddressMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A directory that goes on and on with one answer. */
class EndlessAnswerTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Answers each request with one entry after the other; ends with its client, or after 10 s. */
    private static void drip(ServerSocket listening) {
        try (Socket client = listening.accept()) {
            client.setSoTimeout(50);
            byte[] request = new byte[4096];
            int read = client.getInputStream().read(request);
            for (int i = 0; read >= 0 && i < 200; i++) {
                SearchResultEntryProtocolOp one = new SearchResultEntryProtocolOp(
                        "uid=" + i + "," + Directory.PEOPLE, List.of(new Attribute("cn", "山田 " + i)));
                client.getOutputStream().write(new LDAPMessage(1, one).encode().encode());
                read = more(client, request);
            }
        } catch (IOException over) {
            System.getLogger("drip").log(System.Logger.Level.DEBUG, "the client has gone", over);
        }
    }

    private static int more(Socket client, byte[] request) throws IOException {
        try {
            return client.getInputStream().read(request);
        } catch (SocketTimeoutException nothing) {
            return 0;
        }
    }

    @Test
    void answerThatNeverEndsIsNotWaitedForLongerThanTold() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                LdapBook book = Directory.book(Directory.Way.plain(listening.getLocalPort()))) {
            Thread server = Thread.ofVirtual().start(() -> drip(listening));
            SystemClock clock = new SystemClock();
            long begun = clock.nanos();
            assertThat(book.find("山田", Duration.ofMillis(500)))
                    .isInstanceOfSatisfying(
                            Result.Failed.class,
                            failed -> assertThat(failed.problem().id()).isEqualTo(AddressMessage.NOT_REACHABLE.id()));
            assertThat(Duration.ofNanos(clock.nanos() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(server.join(SOON)).isTrue();
        }
    }
}
