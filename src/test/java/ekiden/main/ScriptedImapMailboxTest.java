package ekiden.main;

import ekiden.base.SystemClock;
import ekiden.testing.imap.ScriptedImapServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;

/** The contract at an IMAP server that does what a script says. */
class ScriptedImapMailboxTest extends MailboxContract {
    final ScriptedImapServer server = ScriptedImapServer.start();

    @AfterEach
    void close() {
        server.close();
    }

    private String profile(String password) {
        return "{imap: {host: 127.0.0.1, port: %d, user: taro, password: {file: %s}, max-size: 100KB}}"
                .formatted(server.port(), password);
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
        server.inbox().deliver(mail.getBytes(StandardCharsets.UTF_8), new SystemClock().now());
    }
}
