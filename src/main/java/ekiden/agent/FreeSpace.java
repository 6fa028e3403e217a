package ekiden.agent;

import ekiden.base.Ids;
import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.disk.Disk;
import ekiden.mail.save.SaveMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells when the file system of the home, or of a folder where files of mails are saved, has less room than it should: before it is full, and work
 * waits. It is over when there is a tenth more than that, so that it does not come and go. Safe from any thread.
 */
final class FreeSpace {
    /** Folders outside the home that are looked at; one more is not. */
    static final int MOST_FOLDERS = 20;

    private static final String KEY = "free/";

    private final Disk disk;
    private final ReportQueue reports;
    private final Ids ids;
    private final long least;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final Set<Path> low = new HashSet<>();

    /**
     * @param least bytes that should be free; 0 for no such alarm
     * @param home its files
     */
    FreeSpace(Disk disk, ReportQueue reports, Ids ids, long least, Path home) {
        this.disk = disk;
        this.reports = reports;
        this.ids = ids;
        this.least = least;
        folders.add(home);
    }

    /** Files are saved below a path of patterns: what does not depend on the mail is looked at from now on. */
    synchronized void savedIn(String patterns) {
        Path fixed = Path.of(patterns);
        while (fixed.getParent() != null && fixed.toString().indexOf('{') >= 0) {
            fixed = fixed.getParent();
        }
        Path folder = fixed;
        if (folders.size() <= MOST_FOLDERS && folders.stream().noneMatch(folder::startsWith)) {
            folders.add(folder);
        }
    }

    /** Looks at all of them; what cannot be found out changes nothing. */
    synchronized void look() {
        for (Path folder : least == 0 ? List.<Path>of() : folders) {
            try {
                look(folder, disk.room(folder));
            } catch (IOException unknown) {
                LazyLogger.of(FreeSpace.class).log(System.Logger.Level.DEBUG, "room unknown", unknown);
            }
        }
    }

    private void look(Path folder, long room) {
        if (room < least && low.add(folder)) {
            Problem problem = Problem.of(
                    SaveMessage.SPACE_LOW, "folder", folder, "free", megabytes(room), "limit", megabytes(least));
            reports.alarm(ids.next(), KEY + folder, problem);
        } else if (room >= least + least / 10 && low.remove(folder)) {
            reports.alarm(ids.next(), KEY + folder, null);
        }
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    /** Clears those alarms of the process before that are over. */
    synchronized void settle(Set<String> open) {
        open.stream()
                .filter(key -> key.startsWith(KEY) && low.stream().noneMatch(folder -> key.equals(KEY + folder)))
                .forEach(key -> reports.alarm(ids.next(), key, null));
    }
}
