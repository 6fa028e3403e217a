package ekiden.main;

import ekiden.testing.EkidenProcess;
import ekiden.testing.ScriptedSmtpServer;
import java.nio.file.Path;

/** {@code ekiden mail send --batch} as its users call it. */
final class BatchProcess {
    static final int CONNECTIONS = 4;

    private BatchProcess() {}

    /** {@return the call that sends a batch to that server, with {@link #CONNECTIONS} connections} */
    static EkidenProcess of(ScriptedSmtpServer server, Path batch) {
        return EkidenProcess.of(
                "mail",
                "send",
                "--url",
                "smtp://127.0.0.1:" + server.port(),
                "--from",
                "a@example.jp",
                "--batch",
                batch.toString(),
                "--connections",
                Integer.toString(CONNECTIONS));
    }
}
