package ekiden.agent;

import ekiden.base.Ids;
import ekiden.base.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Alarms of work that waits until a disk, or the memory for mails, has room. One alarm for each thing that lacks room, however many
 * wait for it and however often they try: raised by the first who waits, cleared with the last. Alarms of the process before are
 * cleared where nobody waits any more. Safe from any thread.
 */
final class DiskAlarms {
    /** Attempts cannot be noted. */
    static final String ATTEMPTS = "disk/attempts";

    private static final String DISK = "disk/";
    private static final String MEMORY = "memory/mails";

    /** Characters of a folder in the key of its alarm; a longer one is cut, and told apart by a hash of it all. */
    static final int LONGEST_FOLDER = 200;

    /** A wave and a UUID. */
    private static final int HASH = 37;

    private static final Pattern SHOWN_OTHERWISE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\p{Cf}]");

    private final ReportQueue reports;
    private final Ids ids;
    private final Map<String, Set<String>> waiting = new LinkedHashMap<>();

    DiskAlarms(ReportQueue reports, Ids ids) {
        this.reports = reports;
        this.ids = ids;
    }

    /** Work cannot note an attempt. */
    void attempts(String work, Problem problem) {
        raise(ATTEMPTS, work, problem);
    }

    /** Work cannot save files in a folder, or cannot open their mail. */
    void files(String folder, String work, Problem problem) {
        raise(problem.id().equals(AgentMessage.NO_ROOM_TO_READ.id()) ? MEMORY : key(folder), work, problem);
    }

    /** A folder's name may hold what a mail says: its key is one short line, and another one for another folder. */
    private static String key(String folder) {
        String line = SHOWN_OTHERWISE.matcher(folder).replaceAll("_");
        if (line.equals(folder) && folder.length() <= LONGEST_FOLDER) {
            return DISK + folder;
        }
        int end = Math.min(line.length(), LONGEST_FOLDER - HASH);
        int cut = Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end;
        return DISK + line.substring(0, cut) + "~" + UUID.nameUUIDFromBytes(folder.getBytes(StandardCharsets.UTF_8));
    }

    private synchronized void raise(String key, String work, Problem problem) {
        over(work, key);
        if (waiting.computeIfAbsent(key, first -> new HashSet<>()).add(work)
                && waiting.get(key).size() == 1) {
            reports.alarm(ids.next(), key, problem);
        }
    }

    /** Work waits for nothing any more. */
    synchronized void over(String work) {
        over(work, "");
    }

    private void over(String work, String butFor) {
        List<String> ended = waiting.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(butFor)
                        && entry.getValue().remove(work)
                        && entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        ended.forEach(this::clear);
    }

    private void clear(String key) {
        waiting.remove(key);
        reports.alarm(ids.next(), key, null);
    }

    /** Clears those alarms of the process before for which nobody waits in this one. Called when all work has been tried again. */
    synchronized void settle(Set<String> open) {
        open.stream().filter(key -> ours(key) && !waiting.containsKey(key)).forEach(this::clear);
    }

    /** Others raise alarms about disks too, but under a word and not a path. */
    private static boolean ours(String key) {
        return key.equals(ATTEMPTS)
                || key.equals(MEMORY)
                || (key.startsWith(DISK)
                        && Path.of(key.substring(DISK.length())).isAbsolute());
    }
}
