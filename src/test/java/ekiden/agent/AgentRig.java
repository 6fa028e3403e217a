package ekiden.agent;

import ekiden.base.Clock;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.link.Assignment;
import ekiden.link.ManagerLink;
import ekiden.link.Report;
import ekiden.link.Verdict;
import ekiden.link.WatchList;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.Recipients;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Trial;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.model.definition.MailExtras;
import ekiden.model.mail.Address;
import ekiden.model.mail.Cursor;
import ekiden.model.mail.RawMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import ekiden.testing.MemoryDisk;
import ekiden.testing.MemoryMailSender;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An agent on a disk in memory, with a manager that takes in everything, programs that end when told, and a time that stands until moved. */
final class AgentRig {
    static final Path HOME = Path.of("/home/agent");
    static final Path SAVES = Path.of("/saves/orders");

    final MemoryDisk disk = new MemoryDisk(new Random(1));
    final Programs programs = new Programs();
    final List<AddressBook> books = new ArrayList<>();
    final MemoryMailSender sender = new MemoryMailSender();
    final Listener manager = new Listener();
    final AgentSettings settings;
    private final Time time = new Time();
    private final Ids ids = new Ids(time, new Random(2));
    private Life life;

    private record Life(Moments tasks, Spool spool, Agent agent) {}

    AgentRig(int commands) {
        settings = AgentSettings.defaults(HOME).with(commands, 3, Duration.ofHours(1), 1 << 30);
        life = begin();
    }

    private Life begin() {
        Moments tasks = new Moments();
        Spool spool = ok(Spool.start(disk, HOME.resolve("spool"), SpoolLimits.DEFAULT, time));
        Senders senders = new Senders() {
            @Override
            public Result<Profile> profile(String profile) {
                return Result.ok(new Profile(new Address("", "orders@localhost"), sender));
            }

            @Override
            public Recipients recipients() {
                return new Recipients(() -> Result.ok(books), AddressLimits.DEFAULT, time);
            }
        };
        Trial trial = (name, raw) -> Trial.Verdict.HARMLESS;
        Agent agent = new Agent(
                new AgentPorts(
                        time,
                        tasks,
                        ids,
                        disk,
                        spool,
                        manager,
                        programs,
                        senders,
                        ReaderWaits.blocking(tasks),
                        () -> 0.5,
                        trial,
                        settings),
                MimeLimits.DEFAULT);
        ok(agent.start(List.of("orders")));
        life = new Life(tasks, spool, agent);
        tasks.until(time.now);
        return life;
    }

    /** The process ends and another begins; reports that were taken in stay taken in. */
    void restart() {
        disk.restart();
        programs.gone.clear();
        life = begin();
    }

    /** The wall clock is set; what was asked to happen after a time is forgotten, so restart the agent then. */
    void setBack(Duration by) {
        time.now = time.now.minus(by);
    }

    Instant now() {
        return time.now;
    }

    void give(Assignment assignment) {
        life.agent.assigned(List.of(assignment));
        life.tasks.until(time.now);
    }

    void advance(Duration by) {
        life.tasks.until(time.now.plus(by));
    }

    Agent agent() {
        return life.agent;
    }

    static AttemptId attempt(String job) {
        return new AttemptId(new UUID(0, 1), job, 1);
    }

    static Assignment.ExecuteCommand command(String job) {
        return new Assignment.ExecuteCommand(attempt(job), List.of("work"), Map.of(), "/work");
    }

    static Assignment.KillAttempt kill(String job) {
        return new Assignment.KillAttempt(attempt(job));
    }

    static Assignment.SubmitMail mail(String job) {
        return mail(job, "customer@shop.example");
    }

    static Assignment.SubmitMail mail(String job, String... to) {
        return mail(job, List.of(to), null, MailExtras.NONE);
    }

    /** With the text out of a file, where there is one. */
    static Assignment.SubmitMail mail(String job, List<String> to, @Nullable String textFile, MailExtras extras) {
        return new Assignment.SubmitMail(
                attempt(job),
                "orders",
                to,
                List.of(),
                List.of(),
                "order",
                textFile == null ? "taken" : null,
                textFile,
                List.of(),
                "/work",
                "<" + job + "@localhost>",
                Instant.EPOCH,
                null,
                List.of(),
                extras,
                null,
                List.of());
    }

    Path file(String job, String name) {
        return settings.attempts().resolve(attempt(job).toString()).resolve(name);
    }

    void write(Path file, String text) throws IOException {
        new Facts(disk).write(file, text);
    }

    /** Keeps a mail in the spool. {@return the order to save it} */
    Assignment.SaveMail save(String claim) {
        SpoolHeader header = new SpoolHeader(
                "smtpd",
                "edi@customer.example",
                List.of(new SpoolRecipient("orders@localhost", "orders")),
                Instant.EPOCH,
                Map.of());
        SpoolWriter writer = ok(life.spool.begin("mail" + claim.charAt(0), header));
        writer.write(ByteBuffer.wrap("Subject: order\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII)));
        RawMail raw = ok(writer.finish());
        return new Assignment.SaveMail(
                claim, 1, raw, Instant.EPOCH, SAVES.toString(), claim, null, null, null, true, null, null, null);
    }

    /** What became of an attempt, once it is told. */
    @Nullable
    AttemptOutcome outcome(String job) {
        return manager.reports(Report.AttemptEnded.class).stream()
                .filter(ended -> ended.attempt().equals(attempt(job)))
                .map(Report.AttemptEnded::outcome)
                .findFirst()
                .orElse(null);
    }

    static <T> T ok(Result<T> result) {
        if (result instanceof Result.Ok<T>(T value)) {
            return value;
        }
        throw new AssertionError(result.toString());
    }

    private static final class Time implements Clock {
        Instant now = Instant.parse("2026-11-23T10:00:00Z");

        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return now.toEpochMilli() * 1_000_000L;
        }
    }

    /** Tasks of one life, one after the other. */
    private final class Moments implements Tasks {
        private final List<Moment> waiting = new ArrayList<>();

        private record Moment(Instant at, Runnable task) {}

        @Override
        public void run(String name, Runnable task) {
            after(Duration.ZERO, name, task);
        }

        @Override
        public Cancellable after(Duration delay, String name, Runnable task) {
            Moment moment = new Moment(time.now.plus(delay), task);
            waiting.add(moment);
            return () -> waiting.remove(moment);
        }

        void until(Instant end) {
            Optional<Moment> next = next(end);
            while (next.isPresent()) {
                waiting.remove(next.get());
                time.now = next.get().at;
                next.get().task.run();
                next = next(end);
            }
            time.now = end;
        }

        private Optional<Moment> next(Instant end) {
            return waiting.stream().filter(one -> !one.at.isAfter(end)).min((one, other) -> one.at.compareTo(other.at));
        }
    }

    /** Takes in everything at once, and knows which alarms are open. */
    static class Listener implements ManagerLink {
        final List<Report> reports = new ArrayList<>();
        final Map<String, Problem> alarms = new LinkedHashMap<>();
        final List<Assignment> waiting = new ArrayList<>();
        /** What the store says of claims whose files are to be replaced. */
        final Map<String, FormerFiles> formers = new HashMap<>();

        /** What the manager has not committed yet. */
        final List<Runnable> uncommitted = new ArrayList<>();

        boolean commitsLate;

        @Nullable
        RuntimeException bug;

        void commit() {
            List<Runnable> now = List.copyOf(uncommitted);
            uncommitted.clear();
            now.forEach(Runnable::run);
        }

        <T extends Report> List<T> reports(Class<T> type) {
            return reports.stream().filter(type::isInstance).map(type::cast).toList();
        }

        @Override
        public void found(Report.MailsFound report, Consumer<Verdict> answer) {
            throw new IllegalStateException("nothing is received here");
        }

        @Override
        public void report(Report report, Runnable taken) {
            reports.add(report);
            if (report instanceof Report.AlarmChanged change) {
                if (change.problem() == null) {
                    alarms.remove(change.key());
                } else {
                    alarms.putIfAbsent(change.key(), change.problem());
                }
            }
            if (commitsLate) {
                uncommitted.add(taken);
            } else {
                taken.run();
            }
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
        public void waiting(Consumer<List<Assignment>> answer) {
            if (bug != null) {
                throw bug;
            }
            answer.accept(List.copyOf(waiting));
        }

        @Override
        public void former(String claim, String former, Consumer<FormerFiles> answer) {
            FormerFiles files = formers.get(former);
            answer.accept(files == null ? new FormerFiles(null, null) : files);
        }

        @Override
        public void unknown(List<String> places, Consumer<Set<String>> answer) {
            answer.accept(Set.of());
        }

        @Override
        public void alarms(Consumer<Set<String>> answer) {
            answer.accept(Set.copyOf(alarms.keySet()));
        }
    }

    /** Notes its beginning at once; ends when told. */
    final class Programs implements CommandRunner {
        final List<String> begun = new ArrayList<>();
        final List<String> killed = new ArrayList<>();
        private final Map<String, Runnable> gone = new HashMap<>();

        @Override
        public String bootId() {
            return "boot";
        }

        @Override
        public Optional<Problem> start(Path folder, Assignment.ExecuteCommand command, Note note, Runnable ended)
                throws IOException {
            String job = command.attempt().job();
            disk.makeFolders(folder);
            note.write();
            begun.add(job);
            gone.put(job, ended);
            note(folder.resolve("pid"), job + " 5");
            return Optional.empty();
        }

        @Override
        public boolean find(String note, Runnable ended) {
            return gone.replace(note.split(" ", -1)[0], ended) != null;
        }

        @Override
        public void kill(String note) {
            killed.add(note.split(" ", -1)[0]);
        }

        void end(String job, String word) {
            note(file(job, "exit"), word);
            Runnable told = gone.remove(job);
            if (told != null) {
                life.tasks.run("gone", told);
                life.tasks.until(time.now);
            }
        }

        private void note(Path file, String text) {
            try {
                write(file, text);
            } catch (IOException wrong) {
                throw new AssertionError(wrong);
            }
        }
    }
}
