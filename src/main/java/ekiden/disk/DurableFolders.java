package ekiden.disk;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Folders whose way from the root was forced, the ones used last. Knowing one too few costs a force. Safe from any thread. */
final class DurableFolders {
    private final int most;
    private final Map<Path, Boolean> known = new LinkedHashMap<>(16, 0.75f, true);

    DurableFolders(int most) {
        this.most = most;
    }

    synchronized boolean contains(Path folder) {
        return known.get(folder) != null;
    }

    synchronized void add(Path folder) {
        known.put(folder, true);
        if (known.size() > most) {
            known.remove(known.keySet().iterator().next());
        }
    }

    synchronized void remove(Path folder) {
        known.remove(folder);
    }
}
