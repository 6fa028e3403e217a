package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.disk.Disk;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Trial;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.RawMail;
import ekiden.testing.MemoryDisk;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Lives of an agent on one spool in memory, before a manager that knows the mails it was told of. Time stands until moved. */
final class SpoolRig {
    static final Path HOME = Path.of("/home/agent");
    static final Path SPOOL = HOME.resolve("spool");

    final MemoryDisk disk = new MemoryDisk(new Random(1));
    final AgentSettings settings = AgentSettings.defaults(HOME);
    /** Spool entries that the catalogue points at. */
    final Set<String> known = new HashSet<>();

    final Map<String, Problem> alarms = new TreeMap<>();
    /** Files of the spool that were read. */
    final List<String> read = new ArrayList<>();
    /** How many names each question to the manager had. */
    final List<Integer> asked = new ArrayList<>();
    /** Names that the folder of the spool has beside the files in it. */
    final List<String> furtherNames = new ArrayList<>();
    /** So many of the next questions get no answer. */
    int lost;

    private final List<Report> told = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private final Ids ids = new Ids(new Standing(), new Random(2));
    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private Moments tasks = new Moments();
    private Agent agent = life();

    /** Ends the life before and begins the next. */
    void begin() {
        tasks = new Moments();
        agent = life();
        ok(agent.start(List.of()));
        // until the start is over and what can wait has come
        advance(settings.sweep().multipliedBy(2));
    }

    private Agent life() {
        Spool spool = ok(Spool.start(watched(), SPOOL, SpoolLimits.DEFAULT, new Standing()));
        return new Agent(
                new AgentPorts(
                        new Standing(),
                        tasks,
                        ids,
                        disk,
                        spool,
                        new Manager(),
                        new NoCommands(),
                        profile -> Result.failed(Problem.of(AgentMessage.CANNOT_START)),
                        ReaderWaits.blocking(tasks),
                        () -> 0.5,
                        (name, raw) -> Trial.Verdict.HARMLESS,
                        settings),
                MimeLimits.DEFAULT);
    }

    /** The open alarm about that. */
    Problem alarm(String key) {
        return Objects.requireNonNull(alarms.get(key), key);
    }

    void give(Assignment assignment) {
        agent.assigned(List.of(assignment));
        advance(Duration.ZERO);
    }

    void advance(Duration by) {
        tasks.until(now.plus(by));
    }

    /** Puts mails into the spool, each with the end of the process before its verdict. */
    List<RawMail> put(String... places) {
        Spool spool = ok(Spool.start(disk, SPOOL, SpoolLimits.DEFAULT, new Standing()));
        List<RawMail> mails = new ArrayList<>();
        for (String place : places) {
            SpoolRecipient recipient = new SpoolRecipient("orders@localhost", "orders");
            SpoolHeader header = new SpoolHeader("smtpd", "edi@x.example", List.of(recipient), now, Map.of());
            SpoolWriter writer = ok(spool.begin(place, header));
            byte[] text = ("From: edi@x.example\r\nSubject: " + place + "\r\n\r\ntext\r\n")
                    .getBytes(StandardCharsets.US_ASCII);
            writer.write(ByteBuffer.wrap(text));
            mails.add(ok(writer.finish()));
        }
        return mails;
    }

    void damage(String place) throws IOException {
        for (Path file : disk.list(SPOOL)) {
            if (String.valueOf(file.getFileName()).startsWith(place + ".")) {
                try (Disk.Output output = disk.append(file)) {
                    output.write(ByteBuffer.wrap(new byte[] {1}));
                }
            }
        }
    }

    List<String> names() throws IOException {
        return disk.list(SPOOL).stream()
                .map(file -> String.valueOf(file.getFileName()))
                .filter(name -> !name.equals("quarantine"))
                .toList();
    }

    /** {@return the places of the mails that were reported, in order} */
    List<String> found() {
        return found;
    }

    <T extends Report> List<T> reports(Class<T> type) {
        return told.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static <T> T ok(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(result.toString());
    }

    /** The disk, noting what of the spool is read. */
    private Disk watched() {
        return (Disk) Proxy.newProxyInstance(
                Disk.class.getClassLoader(), new Class<?>[] {Disk.class}, (proxy, method, arguments) -> {
                    boolean reads = method.getName().startsWith("read")
                            || method.getName().equals("size");
                    if (reads && arguments[0] instanceof Path file) {
                        read.add(String.valueOf(file.getFileName()));
                    }
                    Object result = call(method, arguments);
                    return method.getName().equals("list") && SPOOL.equals(arguments[0]) ? withFurther(result) : result;
                });
    }

    private List<Path> withFurther(Object listed) {
        List<Path> all = new ArrayList<>();
        for (Object file : (List<?>) listed) {
            all.add((Path) file);
        }
        furtherNames.forEach(name -> all.add(SPOOL.resolve(name)));
        return all;
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(disk, arguments);
        } catch (InvocationTargetException failed) {
            throw failed.getCause();
        }
    }

    private final class Standing implements Clock {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return now.toEpochMilli() * 1_000_000L;
        }
    }

    /** Tasks of one life, one after another. */
    private final class Moments implements Tasks {
        private final List<Moment> waiting = new ArrayList<>();

        private record Moment(Instant at, Runnable task) {}

        @Override
        public void run(String name, Runnable task) {
            after(Duration.ZERO, name, task);
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            Moment moment = new Moment(now.plus(delay), task);
            waiting.add(moment);
            return () -> waiting.remove(moment);
        }

        void until(Instant end) {
            for (Optional<Moment> next = next(end); next.isPresent(); next = next(end)) {
                waiting.remove(next.get());
                now = next.get().at;
                next.get().task.run();
            }
            now = end;
        }

        private Optional<Moment> next(Instant end) {
            return waiting.stream().filter(one -> !one.at.isAfter(end)).min(Comparator.comparing(Moment::at));
        }
    }

    private final class Manager implements ManagerLink {
        @Override
        public void found(Report.MailsFound report, Consumer<Verdict> answer) {
            List<Verdict.KeptMail> kept = new ArrayList<>();
            for (Report.Found mail : report.mails()) {
                String place = Objects.requireNonNull(mail.raw()).place();
                found.add(place);
                known.add(place);
                kept.add(new Verdict.KeptMail(found.size(), false, true, List.of()));
            }
            answer.accept(new Verdict.Kept(kept));
        }

        @Override
        public void report(Report report, Runnable taken) {
            told.add(report);
            if (report instanceof Report.AlarmChanged change) {
                Problem problem = change.problem();
                if (problem == null) {
                    alarms.remove(change.key());
                } else {
                    alarms.put(change.key(), problem);
                }
            }
            taken.run();
        }

        @Override
        public void watches(String mailbox, Consumer<WatchList> answer) {
            answer.accept(new WatchList(mailbox, 1, List.of()));
        }

        @Override
        public void cursor(String mailbox, String folder, Consumer<Optional<Cursor>> answer) {
            answer.accept(Optional.empty());
        }

        @Override
        public void known(String mailbox, List<String> keys, Consumer<List<Traced>> answer) {
            answer.accept(List.of());
        }

        @Override
        public void traces(
                String mailbox, String folder, long uidValidity, String after, Consumer<List<Traced>> answer) {
            answer.accept(List.of());
        }

        @Override
        public void alarms(Consumer<Set<String>> answer) {
            answer.accept(Set.copyOf(alarms.keySet()));
        }

        @Override
        public void waiting(Consumer<List<Assignment>> answer) {
            answer.accept(List.of());
        }

        @Override
        public void former(String claim, String former, Consumer<FormerFiles> answer) {
            answer.accept(new FormerFiles(null, null));
        }

        @Override
        public void unknown(List<String> places, Consumer<Set<String>> answer) {
            asked.add(places.size());
            if (lost-- > 0) {
                return;
            }
            answer.accept(
                    places.stream().filter(place -> !known.contains(place)).collect(Collectors.toSet()));
        }
    }

    private static final class NoCommands implements CommandRunner {
        @Override
        public String bootId() {
            return "boot";
        }

        @Override
        public Optional<Problem> start(Path folder, Assignment.ExecuteCommand command, Note note, Runnable gone) {
            throw new IllegalStateException("nothing is started here");
        }

        @Override
        public boolean find(String note, Runnable gone) {
            return false;
        }

        @Override
        public void kill(String note) {
            throw new IllegalStateException("nothing is killed here");
        }
    }
}
