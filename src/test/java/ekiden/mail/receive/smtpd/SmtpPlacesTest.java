package ekiden.mail.receive.smtpd;

import static ekiden.mail.receive.smtpd.SmtpPlaces.Answer.COME_IN;
import static ekiden.mail.receive.smtpd.SmtpPlaces.Answer.FULL;
import static ekiden.mail.receive.smtpd.SmtpPlaces.Answer.TOO_MANY_OF_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SmtpPlacesTest {
    private final SmtpPlaces places = new SmtpPlaces(SmtpdLimits.DEFAULT);

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException wrong) {
            throw new AssertionError(wrong);
        }
    }

    private void take(int count, String client) {
        for (int one = 0; one < count; one++) {
            assertThat(places.take(address(client))).isEqualTo(COME_IN);
        }
    }

    @Test
    void clientAtItsLimitLeavesRoomForOthers() {
        int each = SmtpdLimits.DEFAULT.connectionsOfClient();
        take(each, "192.0.2.1");
        assertThat(places.take(address("192.0.2.1"))).isEqualTo(TOO_MANY_OF_CLIENT);
        take(SmtpdLimits.DEFAULT.connections() - each, "192.0.2.2");
        assertThat(places.take(address("192.0.2.3"))).isEqualTo(FULL);
        places.give(address("192.0.2.1"));
        take(1, "192.0.2.1");
        assertThat(places.take(address("192.0.2.1"))).isEqualTo(TOO_MANY_OF_CLIENT);
    }

    @Test
    void networkOfIpv6IsOneClient() {
        take(SmtpdLimits.DEFAULT.connectionsOfClient() - 1, "2001:db8:0:1::1");
        take(1, "2001:db8:0:1:ffff::2");
        assertThat(places.take(address("2001:db8:0:1::3"))).isEqualTo(TOO_MANY_OF_CLIENT);
        take(1, "2001:db8:0:2::1");
    }
}
