package ekiden.mail.receive;

import ekiden.model.mail.UidSet;
import ekiden.testing.MemoryFolder;
import ekiden.testing.MemoryMailbox;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

class MemoryMailboxTest implements MailboxSessionContract {
    private static final Instant RECEIVED = Instant.parse("2026-11-26T09:00:00Z");

    @Override
    public World world() {
        Map<String, MemoryFolder> folders = new HashMap<>();
        folders.put("INBOX", new MemoryFolder(7));
        folders.put("済み", new MemoryFolder(8));
        return new MemoryWorld(folders);
    }

    private record MemoryWorld(Map<String, MemoryFolder> folders) implements World {
        private MemoryFolder inbox() {
            return Objects.requireNonNull(folders.get("INBOX"));
        }

        @Override
        public Mailbox mailbox(String folder, boolean readOnly) {
            return new MemoryMailbox(folders, folder, readOnly, MemoryWorld::await, new MemoryMailbox.Faults());
        }

        private static void await(Duration atMost, BooleanSupplier news) {
            for (long left = atMost.toMillis(); left > 0 && !news.getAsBoolean(); left--) {
                LockSupport.parkNanos(1_000_000);
            }
        }

        @Override
        public void deliver(String mail) {
            inbox().deliver(mail.getBytes(StandardCharsets.UTF_8), RECEIVED);
        }

        @Override
        public void expunge(long uid) {
            inbox().expunge(UidSet.of(uid));
        }

        @Override
        public void mark(long uid, String flag) {
            inbox().addFlags(UidSet.of(uid), Set.of(flag));
        }

        @Override
        public Set<String> flags(long uid) {
            return inbox().flags(uid);
        }

        @Override
        public long count(String folder) {
            return Objects.requireNonNull(folders.get(folder)).uids().size();
        }
    }
}
