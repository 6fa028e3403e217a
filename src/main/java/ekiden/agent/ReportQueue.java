package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Tasks;
import ekiden.disk.Disk;
import ekiden.json.Json;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.model.mail.RawMail;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports that the manager has not yet taken in, oldest first. A report is durable before it is sent, in a file of its own, and removed only after
 * the manager has committed it. One whose assignment brings it again needs no file: that would cost each mail more than its commits. Where one cannot be
 * made durable it is sent all the same: what it says can be found again from spool or attempt folder. Safe from any thread.
 */
final class ReportQueue {
    private static final Logger LOG = LazyLogger.of(ReportQueue.class);

    private static final String JSON = ".json";
    private static final String PART = ".part";

    private final Disk disk;
    private final Facts facts;
    private final Tasks tasks;
    private final ManagerLink manager;
    private final AgentSettings settings;
    private final Map<UUID, Report> waiting = new LinkedHashMap<>();
    /** What follows when the manager has it. */
    private final Map<UUID, Runnable> following = new HashMap<>();

    private final Map<UUID, Tasks.Cancellable> onTheWay = new LinkedHashMap<>();
    /** Those that have a file. */
    private final Set<UUID> kept = ConcurrentHashMap.newKeySet();
    /** Spool entries that reports of the process before point at. Kept for this life: a report may be committed at any time. */
    private final Set<String> brought = ConcurrentHashMap.newKeySet();

    ReportQueue(Disk disk, Tasks tasks, ManagerLink manager, AgentSettings settings) {
        this.disk = disk;
        this.facts = new Facts(disk);
        this.tasks = tasks;
        this.manager = manager;
        this.settings = settings;
    }

    /**
     * Takes up what was left by the process before.
     *
     * @return the names of what lies in the folder and cannot be taken up; it is left alone
     * @throws IOException when the folder cannot be used
     */
    List<String> start() throws IOException {
        disk.makeFolders(settings.reports());
        List<String> strange = new ArrayList<>();
        for (Path file : disk.list(settings.reports())) {
            String name = String.valueOf(file.getFileName());
            if (!takeUp(file, name)) {
                strange.add(name);
            }
        }
        return strange;
    }

    private boolean takeUp(Path file, String name) {
        try {
            if (name.endsWith(PART)) {
                disk.delete(file);
                return true;
            }
            if (!name.endsWith(JSON)) {
                return false;
            }
            Report report = Json.read(facts.read(file), Report.class);
            noteBytes(report);
            kept.add(report.id());
            synchronized (waiting) {
                waiting.put(report.id(), report);
            }
            tasks.run("report", () -> send(report));
            return true;
        } catch (NoSuchFileException taken) {
            LOG.log(Level.DEBUG, "a report of this process, which the manager has by now: {0}", name);
            return true;
        } catch (IOException | Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "a report that cannot be read is left aside: {0} ({1})", name, damaged.getMessage());
            return false;
        }
    }

    private void noteBytes(Report report) {
        if (report instanceof Report.MailsTested tested) {
            tested.matches().forEach(match -> brought.add(match.raw().place()));
        } else if (report instanceof Report.MailProved proved) {
            Report.Match match = proved.match();
            if (match != null) {
                brought.add(match.raw().place());
            }
        } else if (report instanceof Report.QuarantineDone treated) {
            RawMail raw = treated.found().raw();
            if (raw != null) {
                brought.add(raw.place());
            }
        }
    }

    /**
     * Whether a report of the process before points at a spool entry. No catalogue may know it yet, but one will: then the manager says what becomes
     * of it.
     */
    boolean bring(String place) {
        return brought.contains(place);
    }

    void put(Report report) {
        put(report, () -> {});
    }

    /**
     * @param then runs once the manager has committed it; never if the process ends before
     */
    void put(Report report, Runnable then) {
        if (!report.comesAgain()) {
            keep(report);
        }
        synchronized (waiting) {
            waiting.put(report.id(), report);
            following.put(report.id(), then);
        }
        send(report);
    }

    private void keep(Report report) {
        kept.add(report.id());
        try {
            facts.write(file(report), Json.write(report));
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "report {0} is sent without being kept: {1}", report.id(), wrong.getMessage());
        }
    }

    private void send(Report report) {
        synchronized (waiting) {
            boolean room = onTheWay.size() < settings.reportsAtOnce();
            if (!waiting.containsKey(report.id()) || !canGo(report) || !room) {
                return;
            }
            onTheWay.put(report.id(), tasks.after(settings.askAgain(), "report again", () -> again(report)));
        }
        manager.report(report, () -> taken(report));
    }

    /** The end of an alarm must not come before its beginning, on whatever way. */
    private boolean canGo(Report report) {
        if (onTheWay.containsKey(report.id())) {
            return false;
        }
        return !(report instanceof Report.AlarmChanged change)
                || waiting.values().stream()
                        .filter(Report.AlarmChanged.class::isInstance)
                        .map(Report.AlarmChanged.class::cast)
                        .filter(other -> other.key().equals(change.key()))
                        .findFirst()
                        .filter(first -> first.id().equals(change.id()))
                        .isPresent();
    }

    private void again(Report report) {
        synchronized (waiting) {
            onTheWay.remove(report.id());
        }
        send(report);
    }

    private void taken(Report report) {
        Report next;
        @Nullable Runnable then;
        synchronized (waiting) {
            Tasks.Cancellable again = onTheWay.remove(report.id());
            if (again != null) {
                again.cancel();
            }
            if (waiting.remove(report.id()) == null) {
                return;
            }
            then = following.remove(report.id());
            next = waiting.values().stream().filter(this::canGo).findFirst().orElse(null);
        }
        forget(report);
        if (then != null) {
            then.run();
        }
        if (next != null) {
            send(next);
        }
    }

    private void forget(Report report) {
        if (!kept.remove(report.id())) {
            return;
        }
        try {
            disk.delete(file(report));
        } catch (IOException wrong) {
            // it will be sent once more after the next start; the manager knows its id
            LOG.log(Level.WARNING, "report {0} stays in its queue: {1}", report.id(), wrong.getMessage());
        }
    }

    private Path file(Report report) {
        return settings.reports().resolve(report.id() + JSON);
    }

    /** Alarms that were raised and that the manager may not have heard of yet. */
    Set<String> raised() {
        synchronized (waiting) {
            return waiting.values().stream()
                    .filter(Report.AlarmChanged.class::isInstance)
                    .map(Report.AlarmChanged.class::cast)
                    .filter(change -> change.problem() != null)
                    .map(Report.AlarmChanged::key)
                    .collect(Collectors.toSet());
        }
    }

    /** Whether anything waits. */
    boolean isEmpty() {
        synchronized (waiting) {
            return waiting.isEmpty();
        }
    }

    /** A problem, or its end, that a person must see. */
    void alarm(UUID id, String key, @Nullable Problem problem) {
        put(new Report.AlarmChanged(id, key, problem));
    }
}
