package ekiden.main;

import ekiden.testing.Eventually;
import ekiden.testing.Ports;
import ekiden.testing.WireClient;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/** The contract where mail is delivered straight into the process. */
class SmtpdMailboxTest extends MailboxContract {
    private final int port = Ports.free();
    private final int otherPort = Ports.free();

    @Override
    String good(Path home) {
        return "{smtpd: {listen: \"127.0.0.1:%d\", recipients: [orders@localhost], max-size: 100KB}}".formatted(port);
    }

    @Override
    String bad(Path home) {
        return "{smtpd: {listen: \"127.0.0.1:%d\", recipients: [o@localhost], tls: {certificate: no.crt, key: no.key}}}"
                .formatted(otherPort);
    }

    @Override
    String told() {
        return "EKDM0104-E";
    }

    @Override
    void deliver(String mail) {
        // the end of the line before the final dot is the last of the mail
        String stuffed = mail.substring(0, mail.length() - 2).replace("\r\n.", "\r\n..");
        Eventually.within(Duration.ofSeconds(60), () -> attempt(stuffed).matches("(250|552).*"));
    }

    private String attempt(String mail) {
        try (WireClient client = WireClient.connect(port)) {
            return client.deliver("EHLO test", "edi@customer.example", "orders@localhost", mail);
        } catch (UncheckedIOException nobodyThere) {
            return nobodyThere.toString();
        }
    }
}
