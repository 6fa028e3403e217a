package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The launcher of Dovecot. */
class DovecotServerIT {
    private static final String MAIL = "From: a@a.test\r\nSubject: hello\r\n\r\nbody\r\n";

    @Test
    void usersLogInAndFindTheMailThatLmtpDelivered() {
        try (DovecotServer dovecot = DovecotServer.plan()
                .user("taro", "secret")
                .user("hanako", "pass")
                .start()) {
            dovecot.deliver("taro", MAIL);
            assertThat(dovecot.inbox("taro")).hasSize(1);
            assertThat(dovecot.inbox("hanako")).isEmpty();
            try (WireClient imap = WireClient.connect(dovecot.imapPort())) {
                assertThat(imap.line()).startsWith("* OK");
                assertThat(imap.imap("a", "LOGIN taro wrong")).startsWith("a NO");
                assertThat(imap.imap("b", "LOGIN taro secret")).startsWith("b OK");
                imap.say("c SELECT INBOX");
                assertThat(until(imap, "c ")).contains("* 1 EXISTS");
            }
            try (WireClient pop = WireClient.connect(dovecot.pop3Port())) {
                assertThat(pop.line()).startsWith("+OK");
                assertThat(say(pop, "USER taro")).startsWith("+OK");
                assertThat(say(pop, "PASS secret")).startsWith("+OK");
                assertThat(say(pop, "STAT")).startsWith("+OK 1 ");
            }
        }
    }

    @Test
    void theMailStaysWhenItIsStoppedAndStartedAgain() {
        try (DovecotServer dovecot = DovecotServer.plan().user("taro", "secret").start()) {
            dovecot.deliver("taro", MAIL);
            int port = dovecot.imapPort();
            dovecot.stop();
            assertThat(Ports.answers(port)).isFalse();
            dovecot.startAgain();
            assertThat(dovecot.imapPort()).isEqualTo(port);
            assertThat(dovecot.inbox("taro")).hasSize(1);
        }
    }

    @Test
    void itsCertificateIsTheOneToTrust() throws IOException {
        try (DovecotServer dovecot =
                        DovecotServer.plan().user("taro", "secret").tls().start();
                Socket socket = dovecot.certificate()
                        .trusting()
                        .getSocketFactory()
                        .createSocket("localhost", dovecot.imapsPort());
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout(20_000);
            assertThat(in.readLine()).startsWith("* OK");
        }
    }

    private static String say(WireClient client, String line) {
        client.say(line);
        return client.line();
    }

    private static String until(WireClient client, String start) {
        StringBuilder all = new StringBuilder();
        String line = client.line();
        while (!line.startsWith(start)) {
            all.append(line).append('\n');
            line = client.line();
        }
        return all.toString();
    }
}
