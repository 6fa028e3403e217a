package ekiden.mail.receive.imap;

import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;

/** The contract through the client, on a server that does all well. */
class ScriptedMailboxTest implements MailboxSessionContract {
    private static final Instant RECEIVED = Instant.parse("2026-11-26T09:00:00Z");

    final ImapRig rig = new ImapRig();

    @AfterEach
    void close() {
        rig.close();
    }

    /** What the server is made to do. */
    void prepare() {
        // all well
    }

    @Override
    public World world() {
        prepare();
        rig.server.folders().put("済み", new MemoryFolder(2000));
        return new ScriptedWorld(rig);
    }

    private record ScriptedWorld(ImapRig rig) implements World {
        @Override
        public Mailbox mailbox(String folder, boolean readOnly) {
            return rig.mailbox(rig.settings().withFolder(folder, readOnly));
        }

        @Override
        public void deliver(String mail) {
            rig.server.inbox().deliver(mail.getBytes(StandardCharsets.UTF_8), RECEIVED);
        }

        @Override
        public void expunge(long uid) {
            rig.server.inbox().expunge(UidSet.of(uid));
        }

        @Override
        public void mark(long uid, String flag) {
            rig.server.inbox().addFlags(UidSet.of(uid), Set.of(flag));
        }

        @Override
        public Set<String> flags(long uid) {
            return rig.server.inbox().flags(uid);
        }

        @Override
        public long count(String folder) {
            return Objects.requireNonNull(rig.server.folders().get(folder))
                    .uids()
                    .size();
        }
    }
}
