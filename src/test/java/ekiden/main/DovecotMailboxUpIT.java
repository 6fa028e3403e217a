package ekiden.main;

import ekiden.testing.DovecotServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** The contract on a real Dovecot, inside TLS from the first byte. */
class DovecotMailboxUpIT extends MailboxContract {
    final DovecotServer dovecot =
            DovecotServer.plan().user("orders", "secret").tls().start();

    @AfterEach
    void close() {
        dovecot.close();
    }

    /** Host, port and protection. */
    String server() {
        return "host: localhost, port: %d, tls: implicit".formatted(dovecot.imapsPort());
    }

    private String profile(String password) {
        return "{imap: {%s, ca: %s, user: orders, password: {file: %s}, max-size: 100KB}}"
                .formatted(server(), dovecot.certificate().certificate(), password);
    }

    @Override
    String good(Path home) throws IOException {
        secret(home, "good", "secret");
        return profile("good");
    }

    @Override
    String bad(Path home) throws IOException {
        secret(home, "bad", "wrong");
        return profile("bad");
    }

    @Override
    String told() {
        return "EKDM0708-E";
    }

    @Override
    void deliver(String mail) {
        // the end of the line before the final dot is the last of the mail
        String stuffed = mail.replace("\r\n.", "\r\n..");
        dovecot.deliver("orders", stuffed.substring(0, stuffed.length() - 2));
    }
}
