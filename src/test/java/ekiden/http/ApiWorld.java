package ekiden.http;

import ekiden.base.HostPort;
import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.DefinitionReading;
import ekiden.definition.KnownProfiles;
import ekiden.definition.yaml.DefinitionYaml;
import ekiden.engine.EngineMessage;
import ekiden.http.client.ClientMessage;
import ekiden.link.Report;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Manager;
import ekiden.manager.ManagerMessage;
import ekiden.manager.ManagerSettings;
import ekiden.manager.Reply;
import ekiden.message.Messages;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Receipt;
import ekiden.model.mail.Sameness;
import ekiden.model.mail.SavedMail;
import ekiden.model.mail.UidSet;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Run;
import ekiden.store.StoreMessage;
import ekiden.store.memory.MemoryStore;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A server with everything behind it that it needs. */
public final class ApiWorld implements AutoCloseable {
    /** A unit with one command. */
    public static final String COMMAND = """
            version: 1
            jobnet: /sales/count
            jobs:
              count:
                command: [./count.sh]
            """;

    /** A unit that a mail starts. */
    public static final String INTAKE = """
            version: 1
            jobnet: /sales/order-intake
            start: {receive-mail: {profile: orders, subject: [注文書]}}
            jobs:
              load:
                command: [./load.sh, "${start.attachments}"]
            """;

    public final MemoryStore store = new MemoryStore();
    public final SystemClock clock = new SystemClock();
    public final Ids ids = new Ids(clock);
    public final ThreadTasks tasks = new ThreadTasks();
    public final ObedientAgent agent = new ObedientAgent(ids);
    public final Inbox inbox;
    public final Map<String, byte[]> bytes = new ConcurrentHashMap<>();
    public final Path home;
    public volatile boolean ready = true;
    /** How the next mails come. */
    public volatile @Nullable Receipt receipt;

    private final ApiServer server;

    public ApiWorld(Path home) {
        this(home, ApiLimits.DEFAULT);
    }

    public ApiWorld(Path home, ApiLimits limits) {
        this.home = home;
        ManagerSettings settings = ManagerSettings.defaults("local", home.resolve("files"), home.resolve("attempts"));
        Manager manager = new Manager(store, clock, ids, settings, agent);
        this.inbox = new Inbox(manager, tasks);
        agent.serve(inbox);
        this.server = started(ApiServer.start(backend(), settings(limits)));
    }

    public ApiSettings settings(ApiLimits limits) {
        return new ApiSettings(new HostPort("127.0.0.1", 0), home.resolve("token"), home.resolve("address"), limits);
    }

    public ApiBackend backend() {
        return new ApiBackend(inbox, store, new TwoProfiles(), new Kept(), ids, clock, messages(), () -> ready);
    }

    /** The catalogue with the exit codes of what this world can say. */
    public static Messages messages() {
        return new Messages(List.of(
                ApiMessage::values,
                ClientMessage::values,
                ManagerMessage::values,
                EngineMessage::values,
                StoreMessage::values,
                DefinitionMessage::values));
    }

    private static ApiServer started(Result<ApiServer> result) {
        return switch (result) {
            case Result.Ok<ApiServer>(ApiServer server) -> server;
            case Result.Failed<ApiServer>(Problem problem) -> throw new IllegalStateException(problem.toString());
        };
    }

    public ApiServer server() {
        return server;
    }

    public HostPort address() {
        return server.address();
    }

    /** Carries a command out. */
    public Reply carryOut(Command command) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        inbox.put(command, reply::complete);
        return reply.orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Defines a unit. */
    public void define(String yaml) {
        if (DefinitionYaml.read("test", yaml) instanceof DefinitionReading.Read(var jobnet)) {
            carryOut(new Command.Define(ids.next(), jobnet, "/srv/units"));
        } else {
            throw new IllegalArgumentException(yaml);
        }
    }

    /** Starts a run by hand. */
    public Run start(String unit) {
        if (carryOut(new Command.StartRun(ids.next(), unit)) instanceof Reply.Started(Run run)) {
            return run;
        }
        throw new IllegalStateException("not started");
    }

    /** A mail comes; with a problem it goes to quarantine. */
    public void mail(String key, @Nullable Problem problem, List<String> watches) {
        MailSummary summary = new MailSummary(
                List.of(new Address("お客様", "edi@customer.example")),
                List.of(new Address(null, "orders@localhost")),
                List.of(),
                "注文書 " + key,
                Instant.parse("2026-11-23T01:02:03Z"),
                "<" + key + "@customer.example>",
                List.of(new AttachmentSummary("注文書.csv", "text/csv", 12)),
                List.of(),
                receipt,
                null,
                List.of());
        byte[] raw = ("Subject: " + key + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        bytes.put("mail " + key, raw);
        Report.Found found = new Report.Found(
                new MailIdentity("orders", key),
                new RawMail(key, raw.length, "ab".repeat(32)),
                clock.now(),
                "edi@customer.example",
                "orders@localhost",
                Sameness.DATED,
                null,
                false,
                problem == null ? summary : MailSummary.UNREADABLE,
                problem,
                store.read(tx -> tx.watches().version("orders")),
                watches);
        carryOut(new Command.TakeMails(new Report.MailsFound(ids.next(), List.of(found), null)));
    }

    /** The files of a claim are complete, the whole mail among them. */
    public void saved(String claim, String mail) {
        bytes.put(mail, ("whole " + claim).getBytes(StandardCharsets.UTF_8));
        SavedMail saved = new SavedMail("/files", null, null, mail, List.of());
        carryOut(new Command.TakeReport(new Report.MailSaved(ids.next(), claim, saved, null)));
    }

    /** The files of a claim cannot be saved. */
    public void notSaved(String claim) {
        Problem problem = Problem.of(ManagerMessage.MAIL_QUARANTINED, "mail", 1);
        carryOut(new Command.TakeReport(new Report.MailSaved(ids.next(), claim, null, problem)));
    }

    /** What the watches of the mailbox are called. */
    public List<String> watches() {
        return store.read(tx ->
                tx.watches().on("orders").stream().map(watch -> watch.id()).toList());
    }

    @Override
    public void close() {
        server.close();
        inbox.close();
        tasks.close();
        store.close();
    }

    private final class Kept implements StoredBytes {
        @Override
        public Optional<Piece> mail(RawMail mail) {
            return piece("mail " + mail.place());
        }

        @Override
        public boolean isThere(SavedMail saved) {
            return bytes.containsKey(String.valueOf(saved.mail()));
        }

        @Override
        public Optional<Piece> saved(SavedMail saved) {
            return piece(String.valueOf(saved.mail()));
        }

        @Override
        public void remove(SavedMail saved) {
            bytes.remove(String.valueOf(saved.mail()));
        }

        @Override
        public Use use() {
            return new Use(5_000, 400, 30, 2, true);
        }

        @Override
        public Optional<Piece> output(AttemptId attempt, Output output) {
            return piece(attempt + " " + output);
        }

        private Optional<Piece> piece(String name) {
            byte[] all = bytes.get(name);
            return all == null ? Optional.empty() : Optional.of(new Bytes(all));
        }
    }

    private static final class Bytes implements StoredBytes.Piece {
        private final byte[] all;

        Bytes(byte[] all) {
            this.all = all;
        }

        @Override
        public long size() {
            return all.length;
        }

        @Override
        public int readAt(long offset, ByteBuffer into) {
            if (offset >= all.length) {
                return -1;
            }
            int length = Math.min(into.remaining(), all.length - (int) offset);
            into.put(all, (int) offset, length);
            return length;
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static final class TwoProfiles implements Profiles {
        private static final Reader READER = new Reader(
                "INBOX",
                "WAITING",
                Instant.parse("2026-11-23T10:00:00Z"),
                3,
                1,
                1000,
                new Receiving(29_999_999, 30_000_000),
                true,
                new Budget(2_000_000_000, 3_600, 30_000_000, 2),
                null);
        private static final Canary CANARY = new Canary(
                "UNDER_WAY",
                true,
                Instant.parse("2026-11-23T10:00:00Z"),
                Instant.parse("2026-11-23T09:45:02Z"),
                1_234L);
        private static final TokenEnd TOKEN = new TokenEnd(Instant.parse("2026-11-23T11:00:00Z"), 3_599);
        private static final Problem BROKEN = Problem.of(StoreMessage.NOT_REACHABLE, "place", "mail", "reason", "test");

        @Override
        public List<Profile> list() {
            return List.of(
                    new Profile(
                            "orders",
                            new Side("smtpd", "127.0.0.1:2525", null),
                            null,
                            null,
                            TOKEN,
                            null,
                            List.of(READER),
                            CANARY),
                    new Profile(
                            "out",
                            null,
                            new Side("smtp", "smtp.example.jp:587", "me"),
                            "me@example.jp",
                            null,
                            BROKEN,
                            List.of(),
                            null));
        }

        @Override
        public Use use() {
            return new Use(1, 12, 200);
        }

        @Override
        public Result<List<FolderContent>> content(String name) {
            return name.equals("orders")
                    ? Result.ok(List.of(new FolderContent("INBOX", 7, UidSet.between(1, 3), UidSet.of(2))))
                    : Result.failed(ManagerMessage.NO_UNIT, "unit", name);
        }

        @Override
        public Result<Boolean> resume(String name) {
            return Result.ok(true);
        }

        @Override
        public KnownProfiles known() {
            return new KnownProfiles(Set.of("orders"), Set.of("out"), Map.of());
        }

        @Override
        public Result<List<Step>> test(String name) {
            return switch (name) {
                case "orders" -> Result.ok(List.of(new Step("receive", "220 ready", null)));
                case "out" -> Result.ok(List.of(new Step("send", "", BROKEN)));
                default -> Result.failed(ManagerMessage.NO_UNIT, "unit", name);
            };
        }
    }
}
