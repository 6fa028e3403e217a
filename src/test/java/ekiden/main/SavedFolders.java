package ekiden.main;

import ekiden.base.SystemClock;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** When the files of each mail were complete: their folder gets its name last, and the system tells of it. Safe from any thread. */
final class SavedFolders implements AutoCloseable {
    private static final Logger LOG = System.getLogger(SavedFolders.class.getName());

    private final SystemClock clock = new SystemClock();
    private final WatchService watches = FileSystems.getDefault().newWatchService();
    private final Map<WatchKey, String> users = new HashMap<>();
    private final Map<String, List<Long>> times = new ConcurrentHashMap<>();

    SavedFolders(MailboxFarm farm) throws IOException {
        for (String user : farm.users()) {
            users.put(farm.saved(user).register(watches, StandardWatchEventKinds.ENTRY_CREATE), user);
        }
        Thread.ofPlatform().daemon().name("saved folders").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = watches.take();
                long now = clock.nanos();
                key.pollEvents().forEach(event -> note(key, event, now));
                key.reset();
            }
        } catch (ClosedWatchServiceException | InterruptedException over) {
            LOG.log(Level.TRACE, "closed", over);
        }
    }

    private void note(WatchKey key, WatchEvent<?> event, long now) {
        if (!(event.context() instanceof Path name) || !name.toString().startsWith(".")) {
            times.compute(Objects.requireNonNull(users.get(key)), (user, before) -> plus(before, now));
        }
    }

    private static List<Long> plus(@org.jspecify.annotations.Nullable List<Long> before, long now) {
        List<Long> after = before == null ? new ArrayList<>() : new ArrayList<>(before);
        after.add(now);
        return List.copyOf(after);
    }

    /** {@return when, for each mail of a mailbox in this order, {@link SystemClock#nanos}} */
    List<Long> times(String user) {
        return times.getOrDefault(user, List.of());
    }

    /** {@return of how many mails the files are complete} */
    int count() {
        return times.values().stream().mapToInt(List::size).sum();
    }

    @Override
    public void close() throws IOException {
        watches.close();
    }
}
