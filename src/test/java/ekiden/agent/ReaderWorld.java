package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.Trial;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.receive.Mailbox;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.Wait;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Manager;
import ekiden.manager.ManagerEndpoint;
import ekiden.manager.ManagerSettings;
import ekiden.manager.Reply;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.UnitName;
import ekiden.model.mail.Address;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Cursor;
import ekiden.model.run.Alarm;
import ekiden.model.run.Run;
import ekiden.store.memory.MemoryStore;
import ekiden.testing.MemoryDisk;
import ekiden.testing.MemoryFolder;
import ekiden.testing.MemoryMailSender;
import ekiden.testing.MemoryMailbox;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A manager and an agent that watches folders of a mail server in memory; time passes when the test says so. */
final class ReaderWorld {
    static final String BOX = "orders";
    static final Path HOME = Path.of("/home");

    final SteppedTasks time = new SteppedTasks();
    final MemoryStore store = new MemoryStore();
    final MemoryDisk disk = new MemoryDisk(new SplittableRandom(1));
    final Map<String, MemoryFolder> folders = new LinkedHashMap<>();
    final MemoryMailbox.Faults faults = new MemoryMailbox.Faults();
    final MemoryFolder inbox = folder("INBOX", 7);
    final Ids ids = new Ids(time);
    ReaderSettings settings = ReaderSettings.DEFAULT;
    boolean opens = true;
    /** The mail server that takes canaries; what arrives in the inbox is for the test to say. */
    final MemoryMailSender sender = new MemoryMailSender();

    List<CanaryOrder> canaries = List.of();
    boolean sends;
    boolean silent;
    /** By what mails are opened and verified. */
    MailTrust trust = MailTrust.only(Opening.USUAL);
    /** The server hints at nothing. */
    boolean mute;

    /** How the agent works. */
    AgentSettings agentSettings = AgentSettings.defaults(HOME);

    private @Nullable Spool spool;
    private final List<Runnable> hints = new ArrayList<>();
    private int version;
    private @Nullable Agent agent;
    private @Nullable HeldLink reports;
    private @Nullable Inbox manager;
    private int mails;

    MemoryFolder folder(String name, long uidValidity) {
        MemoryFolder folder = new MemoryFolder(uidValidity);
        folders.put(name, folder);
        folder.onChange(() -> {
            if (mute) {
                return;
            }
            List<Runnable> now = List.copyOf(hints);
            hints.clear();
            now.forEach(Runnable::run);
        });
        return folder;
    }

    /** Starts both processes anew on what is durable. */
    void start() {
        Slot slot = new Slot();
        ManagerSettings managing = ManagerSettings.defaults("agent", HOME.resolve("files"), HOME.resolve("attempts"));
        Manager deciding = new Manager(store, time, ids, managing, slot);
        Inbox commands = new Inbox(deciding, time);
        manager = commands;
        ManagerEndpoint endpoint = new ManagerEndpoint(deciding, commands, time);
        HeldLink link = reports == null ? new HeldLink(endpoint) : reports.to(endpoint);
        reports = link;
        Spool spool = ((Result.Ok<Spool>) Spool.start(disk, HOME.resolve("spool"), SpoolLimits.DEFAULT, time)).value();
        this.spool = spool;
        AgentPorts ports = new AgentPorts(
                time,
                time,
                ids,
                disk,
                spool,
                link,
                new NoCommands(),
                name -> sends
                        ? Result.ok(new Senders.Profile(new Address(null, "orders@here.example"), sender))
                        : Result.failed(AgentMessage.CANNOT_START),
                this::await,
                () -> 0.5,
                (name, raw) -> Trial.Verdict.HARMLESS,
                agentSettings);
        Agent present = new Agent(ports, MimeLimits.DEFAULT, trust);
        agent = present;
        slot.agent = present;
        follow();
        assertThat(present.start(List.of())).isEqualTo(Result.ok(true));
    }

    /** How large a mail may be. */
    void mailsUpTo(long size) {
        ReaderSettings usual = settings;
        settings = new ReaderSettings(
                usual.firstLook(),
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                size,
                usual.sameContent(),
                usual.renumbered(),
                usual.limits());
    }

    /** What is made of copies and of new UIDs. */
    void with(ReaderSettings.SameContent same, ReaderSettings.Renumbered renumbered) {
        ReaderSettings usual = settings;
        settings = new ReaderSettings(
                usual.firstLook(),
                usual.attention(),
                usual.deadline(),
                usual.grace(),
                usual.maxSize(),
                same,
                renumbered,
                usual.limits());
    }

    /** The folders that are there are watched as the settings say. */
    void follow() {
        List<WatchedFolder> watched = new ArrayList<>();
        for (String name : folders.keySet()) {
            if (!name.equals("Done")) {
                watched.add(new WatchedFolder(BOX, name, settings, version, mailbox(name)));
            }
        }
        agent().read(watched);
        agent().canaries(canaries);
    }

    private Mailbox mailbox(String folder) {
        MemoryMailbox server = new MemoryMailbox(folders, folder, false, (atMost, news) -> {}, faults);
        return () -> opens
                ? server.open()
                : Result.failed(ekiden.mail.receive.ReceiveMessage.LOGIN_REFUSED, "host", "memory");
    }

    private void await(
            MailboxSession session,
            Wait wait,
            java.util.function.BooleanSupplier later,
            java.util.function.Consumer<Result<MailboxSession.Woken>> ended) {
        boolean[] over = new boolean[1];
        if (silent) {
            return;
        }
        Runnable end = () -> {
            if (!over[0]) {
                over[0] = true;
                time.run("wait ended", () -> ended.accept(session.await(Duration.ZERO)));
            }
        };
        hints.add(end);
        time.after(wait.noLongerThan(wait.ask()).atMost(), "wait", end);
    }

    /** The processes end at once; the disk keeps what was forced. */
    void kill() {
        time.forget();
        hints.clear();
        disk.restart();
    }

    Spool spool() {
        return Objects.requireNonNull(spool);
    }

    HeldLink reports() {
        return Objects.requireNonNull(reports);
    }

    Agent agent() {
        return Objects.requireNonNull(agent);
    }

    void step(Duration duration) {
        time.step(duration);
    }

    /** Long enough for everything but alarms. */
    void settle() {
        step(Duration.ofSeconds(90));
    }

    Reply give(Command command) {
        List<Reply> replies = new ArrayList<>();
        Objects.requireNonNull(manager).put(command, replies::add);
        step(Duration.ofMillis(1));
        assertThat(replies).hasSize(1);
        return replies.getFirst();
    }

    /** A jobnet that each mail with these words in its subject starts. */
    String define(String unit, String words, AfterReceive after) {
        return define(unit, new Conditions(List.of(), List.of(words), List.of()), after);
    }

    String define(String unit, Conditions conditions, AfterReceive after) {
        ReceiveMail start = new ReceiveMail(BOX, conditions, SaveRule.DEFAULT, after, ReceiveMail.ClaimRule.ALL, 5);
        Job job = new Job(
                "wait",
                List.of(),
                new ReceiveMail(
                        "nowhere", conditions, SaveRule.DEFAULT, AfterReceive.NONE, ReceiveMail.ClaimRule.ALL, 5),
                null,
                Job.OnTimeout.KILL);
        return define(new Jobnet(new UnitName(unit), start, null, Jobnet.Overlap.ALLOW, List.of(job)));
    }

    String define(Jobnet jobnet) {
        Reply reply = give(new Command.Define(ids.next(), jobnet, "/defs"));
        return "start/" + ((Reply.Defined) reply).definition().id();
    }

    byte[] mail(String subject, String text) {
        String mail = "From: edi@x.example\r\nTo: orders@here.example\r\nSubject: " + subject + "\r\nMessage-ID: <"
                + ++mails + "@x.example>\r\nDate: Mon, 23 Nov 2026 10:00:00 +0000\r\n\r\n" + text + "\r\n";
        return mail.getBytes(StandardCharsets.US_ASCII);
    }

    long deliver(String subject) {
        return inbox.deliver(mail(subject, "text"), time.now());
    }

    List<CatalogueMail> catalogue() {
        return store.read(tx -> tx.mails().list(null, null, 100_000)).stream()
                .sorted(Comparator.comparingLong(CatalogueMail::id))
                .toList();
    }

    CatalogueMail row(long uid) {
        return catalogue().stream()
                .filter(mail -> mail.identity().key().equals("INBOX/" + inbox.uidValidity() + "/" + uid))
                .findFirst()
                .orElseThrow();
    }

    Optional<Cursor> cursor() {
        return store.read(tx -> tx.cursors().find(BOX, "INBOX"));
    }

    List<Run> runs(String unit) {
        return store.read(tx -> tx.runs().list(unit, 100_000));
    }

    List<Run> runsOf(String unit) {
        return runs("/" + unit);
    }

    boolean isDefined(String unit) {
        return store.read(tx -> tx.definitions().current("/" + unit)).isPresent();
    }

    List<String> alarms() {
        return store.read(tx -> tx.alarms().list(true, 1_000)).stream()
                .map(Alarm::key)
                .toList();
    }

    Problem alarm(String key) {
        return store.read(tx -> tx.alarms().list(true, 1_000)).stream()
                .filter(alarm -> alarm.key().equals(key))
                .findFirst()
                .orElseThrow()
                .problem();
    }

    List<String> outbox() {
        return store.read(tx -> tx.outbox().waiting("agent", 0, 10_000)).stream()
                .map(row -> row.assignment().key())
                .toList();
    }

    /** Files of the spool. */
    List<String> spooled() {
        return disk.files().keySet().stream()
                .filter(file -> file.startsWith(HOME.resolve("spool")))
                .map(file -> String.valueOf(file.getFileName()))
                .toList();
    }

    private static final class Slot implements AgentLink {
        private @Nullable Agent agent;

        @Override
        public void assigned(List<Assignment> assignments) {
            Objects.requireNonNull(agent).assigned(assignments);
        }

        @Override
        public void watchesChanged(String mailbox) {
            Objects.requireNonNull(agent).watchesChanged(mailbox);
        }
    }

    private static final class NoCommands implements CommandRunner {
        @Override
        public String bootId() {
            return "boot";
        }

        @Override
        public Optional<Problem> start(Path folder, Assignment.ExecuteCommand command, Note note, Runnable gone) {
            throw new AssertionError("no command in this world");
        }

        @Override
        public boolean find(String note, Runnable gone) {
            return false;
        }

        @Override
        public void kill(String note) {
            throw new AssertionError("no command in this world");
        }
    }
}
