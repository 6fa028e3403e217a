package ekiden.testing.sim;

import ekiden.agent.Agent;
import ekiden.agent.AgentPorts;
import ekiden.agent.AgentSettings;
import ekiden.base.Ids;
import ekiden.base.Result;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Trial;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolLimits;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.manager.Manager;
import ekiden.manager.ManagerEndpoint;
import ekiden.manager.ManagerSettings;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.store.Definitions.Definition;
import ekiden.store.memory.MemoryStore;
import ekiden.testing.MemoryDisk;
import ekiden.timer.running.TimerService;
import ekiden.timer.running.TimerSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One world, from its seed to its end. First everything goes wrong, then nothing does any more and all must finish. */
final class SimWorld {
    static final Path HOME = Path.of("/home");
    static final Path SPOOL = HOME.resolve("spool");
    static final Path FILES = HOME.resolve("files");
    static final Path ATTEMPTS = HOME.resolve("attempts");
    static final String AGENT = "local";

    static final List<String> MAILBOXES = List.of("orders", "support");
    private static final Duration LOOK = Duration.ofSeconds(10);
    /** Steps within which whoever is busy for a moment is idle again. */
    private static final int MOMENT = 20;

    private static final Duration SETTLE = Duration.ofSeconds(90);
    private static final Duration LIMIT = Duration.ofHours(12);
    private static final int MAX_STEPS = 400_000;
    /** What the story leaves out. */
    private static final Set<String> DULL = Set.of("sweep", "timers", "somebody looks at the lamps");
    /** The world that this thread plays. */
    private static final ThreadLocal<SimWorld> PRESENT = new ThreadLocal<>();

    private static final MimeLimits MIME =
            new MimeLimits(1 << 20, 100, 10, SimMail.HEADER_LIMIT, 1 << 20, 100, 100, 1 << 20, 1_000);

    final @Nullable Canary canary;
    private final Kind kind;
    final SimClock clock = new SimClock();
    final Chance chance;
    final Trace trace;
    final Schedule schedule;
    final Ids ids;
    final MemoryDisk disk;
    final MemoryStore store = new MemoryStore();
    final Host agentHost = new Host("agent");
    final Host managerHost = new Host("manager");
    final Machine machine;
    final CommandTruth commandTruth;
    final SendTruth sendTruth;
    final Reruns reruns = new Reruns();
    final Observed observed;
    final DurableCheck durable;
    final FilesCheck files;
    final FinishCheck finish;
    final Operator operator;
    final Fibers fibers;
    final DeedsCheck deeds;
    final AliveCheck alive;
    final Census census = new Census();
    final List<SimClient> clients = new ArrayList<>();
    final Map<String, SimMail> mailsByKey = new LinkedHashMap<>();

    private final @Nullable SimServer server;
    private final @Nullable ServerLife serverLife;
    private final SimLink link;
    private final AgentSettings agentSettings;
    private final ManagerSettings managerSettings;
    private final Duration chaos;
    private Faults faults;
    private @Nullable Agent agent;
    private @Nullable Spool spool;
    private @Nullable Inbox inbox;
    private @Nullable ManagerEndpoint endpoint;
    private @Nullable Violation violation;
    private int steps;
    private boolean full;

    SimWorld(long seed, @Nullable Canary canary, boolean traced) {
        this(seed, Kind.of(seed), canary, traced);
    }

    SimWorld(long seed, Kind kind, @Nullable Canary canary, boolean traced) {
        this.canary = canary;
        this.kind = kind;
        this.chance = new Chance(seed);
        this.trace = new Trace(clock, traced);
        this.schedule = new Schedule(clock, chance);
        this.ids = new Ids(clock, chance.split());
        this.disk = new MemoryDisk(chance.split());
        this.machine = new Machine(this);
        this.commandTruth = new CommandTruth(this);
        this.sendTruth = new SendTruth(this);
        this.observed = new Observed(this);
        this.durable = new DurableCheck(this);
        this.files = new FilesCheck(this);
        this.finish = new FinishCheck(this);
        this.operator = new Operator(this);
        this.fibers = new Fibers(this);
        this.deeds = new DeedsCheck(this);
        this.alive = new AliveCheck(this);
        this.link = new SimLink(this);
        this.agentSettings = WorldSettings.ofAgent(chance);
        this.managerSettings = WorldSettings.ofManager(chance);
        this.chaos = Duration.ofSeconds(chance.between(60, 400));
        this.faults = Faults.drawn(chance);
        this.server = kind == Kind.SERVERS ? new SimServer(this) : null;
        this.serverLife = server == null ? null : new ServerLife(this, server);
    }

    /** {@return the world that this thread plays, or null} */
    static @Nullable SimWorld present() {
        return PRESENT.get();
    }

    Faults faults() {
        return faults;
    }

    void violate(Violation.Checker checker, String what) {
        trace.say(() -> "VIOLATION " + checker + ": " + what);
        if (violation == null) {
            violation = new Violation(checker, what);
        }
    }

    /** {@return what went wrong, or null} */
    @Nullable
    Violation run() {
        PRESENT.set(this);
        try {
            return live();
        } finally {
            fibers.endAll();
            PRESENT.remove();
        }
    }

    /** Runs something of this world on a thread of its own. */
    void here(Runnable task) {
        PRESENT.set(this);
        try {
            task.run();
        } finally {
            PRESENT.remove();
        }
    }

    boolean hasServers() {
        return kind == Kind.SERVERS;
    }

    SimServer server() {
        return Objects.requireNonNull(server);
    }

    /** Whether mails of this world have still to arrive at servers. */
    boolean mailsToCome() {
        return serverLife != null && !serverLife.done();
    }

    List<String> mailboxes() {
        List<String> all = new ArrayList<>(MAILBOXES);
        all.addAll(server == null ? List.of() : SimServer.PROFILES);
        return all;
    }

    boolean diskIsFull() {
        return full;
    }

    private @Nullable Violation live() {
        begin();
        long calm = chaos.toNanos();
        boolean more = true;
        while (more && clock.nanos() < calm) {
            more = step();
        }
        if (violation == null) {
            calmDown();
            untilFinished();
        }
        if (violation == null) {
            census.ends(this);
            files.atTheEnd();
            durable.atTheEnd();
            new WorkCheck(this).check();
            if (hasServers()) {
                new ReconcileCheck(this).check();
                new LettersCheck(this).check();
                deeds.atTheEnd();
            }
            new MailsCheck(this).check();
        }
        return violation;
    }

    private void begin() {
        trace.say(() -> "weather: " + faults);
        schedule.outside(Duration.ZERO, "the manager is started", this::startManager);
        schedule.outside(Duration.ZERO, "the agent is started", this::startAgent);
        operator.plan(chaos);
        for (int number = hasServers() ? chance.between(2, 15) : chance.between(6, 40); number > 0; number--) {
            SimMail mail = SimMail.drawn(number, chance);
            for (int copies = chance.one(8) ? 2 : 1; copies > 0; copies--) {
                comes(mail, chance.upTo(chaos));
            }
        }
        if (serverLife != null) {
            serverLife.plan(chaos);
            alive.look();
        }
        weather();
    }

    /** A client will send that mail. */
    void comes(SimMail mail, Duration delay) {
        mail.keys().forEach(key -> mailsByKey.put(key, mail));
        SimClient client = new SimClient(this, mail);
        clients.add(client);
        client.begin(delay);
    }

    /** What happens to the machine as a whole. */
    private void weather() {
        for (int jumps = chance.below(3); jumps > 0; jumps--) {
            Duration jump = Duration.ofHours(chance.one(2) ? 1 : -1);
            schedule.outside(chance.upTo(chaos), "the clock jumps", () -> clock.jump(jump));
        }
        for (int times = chance.below(3); times > 0; times--) {
            schedule.outside(chance.upTo(chaos), "the disk is full", () -> {
                disk.capacity(0);
                full = true;
                Duration lasts = Duration.ofSeconds(chance.between(1, 60));
                schedule.outside(lasts, "there is room again", this::makeRoom);
            });
        }
        for (int reboots = chance.one(2) ? 0 : chance.below(3); reboots > 0; reboots--) {
            schedule.outside(chance.upTo(chaos), "power is lost", this::losePower);
        }
    }

    private void makeRoom() {
        disk.capacity(Long.MAX_VALUE);
        full = false;
    }

    private boolean step() {
        Schedule.Event event = schedule.next();
        if (event == null || violation != null) {
            return false;
        }
        if (++steps > MAX_STEPS) {
            violate(Violation.Checker.FINISH, "it never comes to rest; last: " + event.name);
            return false;
        }
        if (trace.on && !DULL.contains(event.name)) {
            trace.say(() -> "· " + event.name);
        }
        try {
            event.action.run();
        } catch (SimCrash ended) {
            trace.say(() -> "  ended in " + event.name);
        } catch (RuntimeException | StackOverflowError bug) {
            violate(Violation.Checker.BUG, event.name + " ended by " + bug + " at " + Violation.place(bug));
        }
        clock.advanceTo(clock.nanos() + chance.upTo(Duration.ofMillis(1)).toNanos());
        return violation == null;
    }

    private void calmDown() {
        trace.say(() -> "from now on nothing goes wrong");
        faults = Faults.NONE;
        makeRoom();
        if (serverLife != null) {
            server().calmDown();
            serverLife.lastMails();
        }
        while (store.faultsLeft() > 0) {
            store.write(tx -> tx.reports().takeIn(ids.next(), clock.now()));
        }
    }

    private void untilFinished() {
        long end = clock.nanos() + LIMIT.toNanos();
        long quietSince = -1;
        long look = clock.nanos();
        boolean released = false;
        int busy = 0;
        List<String> left = List.of();
        while (violation == null && clock.nanos() < end) {
            if (clock.nanos() >= look) {
                left = finish.left();
                // a reader that just looks; where nothing else happens one always has just begun to
                boolean again = left.equals(FinishCheck.BUSY) && busy < MOMENT;
                busy = again ? busy + 1 : 0;
                look = clock.nanos() + (again ? 0 : LOOK.toNanos());
                quietSince = again ? quietSince : !left.isEmpty() ? -1 : quietSince < 0 ? clock.nanos() : quietSince;
            }
            if (quietSince >= 0 && !released) {
                released = true;
                quietSince = -1;
                operator.releaseAll();
            } else if (quietSince >= 0
                    && clock.nanos() - quietSince > SETTLE.toNanos()
                    && finish.left().isEmpty()) {
                return;
            }
            if (!step()) {
                break;
            }
        }
        if (violation == null) {
            violate(Violation.Checker.FINISH, "left after " + LIMIT.toHours() + " hours of calm: " + left);
        }
    }

    /** A process ends here and now, alone, with the other, or with the whole machine. Does not return. */
    void crash(Host host, String where) {
        census.count("crash of the " + host.name);
        trace.say(() -> "CRASH of the " + host.name + ": " + where);
        switch (chance.below(5)) {
            case 0 -> losePower();
            case 1, 2 -> {
                end(agentHost);
                end(managerHost);
            }
            default -> end(host);
        }
        throw new SimCrash();
    }

    private void losePower() {
        census.count("power lost");
        trace.say(() -> "POWER is lost");
        end(agentHost);
        end(managerHost);
        machine.reboot();
        disk.crash();
        files.now();
    }

    private void end(Host host) {
        if (!host.up()) {
            return;
        }
        host.end();
        alive.disturbed();
        if (host == agentHost) {
            fibers.endAll();
            if (server != null) {
                server.sessions.clear();
            }
            agent = null;
            spool = null;
            disk.restart();
            clients.forEach(SimClient::connectionLost);
            files.now();
            schedule.outside(downTime(), "the agent is started", this::startAgent);
        } else {
            inbox = null;
            endpoint = null;
            schedule.outside(downTime(), "the manager is started", this::startManager);
        }
    }

    private Duration downTime() {
        return chance.upTo(Duration.ofSeconds(chance.one(5) ? 90 : 8));
    }

    private void startManager() {
        if (managerHost.up()) {
            return;
        }
        int life = managerHost.begin();
        trace.say(() -> "the manager lives for the time " + life);
        SimTasks tasks = new SimTasks(this, managerHost, life);
        SimStore durableState = new SimStore(this, life);
        Manager manager = new Manager(durableState, clock, ids, managerSettings, link.toAgent(life), this::profileSays);
        inbox = new Inbox(manager, tasks);
        inbox.put(new Command.Begin(), reply -> {});
        endpoint = new ManagerEndpoint(manager, inbox, tasks);
        new TimerService(durableState, clock, tasks, TimerSettings.DEFAULT, manager::fire).start();
    }

    private Optional<AfterReceive> profileSays(String profile) {
        return server != null && server.boxes.containsKey(profile)
                ? Optional.ofNullable(server.box(profile).after)
                : Optional.empty();
    }

    private void startAgent() {
        if (agentHost.up()) {
            return;
        }
        int life = agentHost.begin();
        trace.say(() -> "the agent lives for the time " + life);
        SimDisk own = new SimDisk(this, life);
        SimTasks tasks = new SimTasks(this, agentHost, life);
        boolean started = Spool.start(own, SPOOL, SpoolLimits.DEFAULT, clock)
                .then(opened -> startAgent(opened, own, tasks, life))
                .equals(Result.ok(true));
        if (!started) {
            end(agentHost);
        }
    }

    private Result<Boolean> startAgent(Spool opened, SimDisk own, SimTasks tasks, int life) {
        spool = opened;
        AgentPorts ports = new AgentPorts(
                clock,
                tasks,
                ids,
                own,
                opened,
                link.toManager(life),
                machine.runner(life),
                new SimSender(this, life),
                (session, wait, later, ended) -> ((SimSession) session).await(wait, ended),
                () -> 0.5,
                (name, raw) -> Trial.Verdict.HARMLESS,
                agentSettings);
        Agent present = new Agent(ports, MIME);
        agent = present;
        if (server != null) {
            present.read(server.watched(life));
        }
        return present.start(MAILBOXES);
    }

    boolean listening() {
        return agentHost.up() && agent != null;
    }

    Agent agent() {
        return Objects.requireNonNull(agent);
    }

    Spool spool() {
        return Objects.requireNonNull(spool);
    }

    Inbox inbox() {
        return Objects.requireNonNull(inbox);
    }

    ManagerEndpoint endpoint() {
        return Objects.requireNonNull(endpoint);
    }

    List<Run> runs() {
        return store.read(tx -> tx.runs().list(null, 100_000));
    }

    List<CatalogueMail> mails() {
        return store.read(tx -> tx.mails().list(null, null, 100_000));
    }

    List<Claim> claims() {
        return store.read(tx -> tx.mails().list(null, null, 100_000).stream()
                .flatMap(mail -> tx.claims().of(mail.id()).stream())
                .toList());
    }

    Definition definition(Run run) {
        return store.read(tx -> tx.definitions().find(run.definition())).orElseThrow();
    }

    /** {@return how long it lived, and what happened in it} */
    String size() {
        return steps + " steps, " + store.commits() + " commits, " + disk.operations() + " disk operations, "
                + agentHost.life() + "+" + managerHost.life() + " lives";
    }
}
