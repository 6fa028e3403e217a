package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.run.Claim;
import ekiden.model.run.JobRun;
import ekiden.model.run.JobStatus;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real process is killed (SIGKILL) again and again while a client that repeats whatever got no 250 sends mails. The seed and what stages the
 * kills met are printed; {@code -Dekiden.kill.seed=N} repeats a seed,
 * {@code -Dekiden.kill.mails=300 -Dekiden.kill.kills=20} is the long form.
 */
class KillIT {
    private static final System.Logger LOG = System.getLogger(KillIT.class.getName());
    private static final int MAILS = Integer.getInteger("ekiden.kill.mails", 45);
    private static final int KILLS = Integer.getInteger("ekiden.kill.kills", 4);
    private static final int MOST_KILLS = 2 * KILLS;
    private static final int MAILS_A_LIFE = 15;
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example], subject: [order]}}
            overlap: allow
            jobs:
              load:
                command: [./job.sh, "${start.attachments}"]
            """;

    /**
     * Notes each start under run and attempt, tells what it was given, works for a while (and as long as {@link KillGround#hold} is there), and ends
     * with a code that its run decides.
     */
    private static final String SCRIPT = """
            #!/bin/sh
            run=${EKIDEN_RUN##*#}
            echo started >>"MARKS/$run-$EKIDEN_ATTEMPT"
            sleep $((run % 2 * 4)).$((run % 4))
            while [ -e MARKS/hold ]; do sleep 0.1; done
            sha256sum "$1"
            exit $((run % CODES))
            """;

    private static final int CODES = 4;
    /** Commands that run when a process is killed and wrappers with it: up to two lose their wrapper, the others are found again. */
    private static final int RUNNING_WHEN_KILLED = 3;

    private static final Duration RUNNING_WITHIN = Duration.ofSeconds(20);
    private static final List<String> ENDED = Arrays.stream(RunStatus.values())
            .filter(RunStatus::ended)
            .map(status -> "\"status\":\"" + status + "\"")
            .toList();

    private final long seed = Long.getLong("ekiden.kill.seed", 20261123);
    private final Random random = new Random(seed);
    private final Map<Stage, Integer> met = new EnumMap<>(Stage.class);

    @TempDir
    private Path folder;

    @Test
    void everyMailHasOneRunHoweverOftenTheProcessIsKilled() throws Exception {
        KillGround ground = new KillGround(folder, DEFINITION, SCRIPT.replace("CODES", Integer.toString(CODES)));
        LeftBehind commands = new LeftBehind(ground);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                sendAndKill(ground, commands, clients);
            } finally {
                // where a process has not come up they would wait for it to their own deadline
                clients.shutdownNow();
            }
        }
        check(ground, commands);
        assertThat(temporary()).as("left behind by killed processes").isEmptyDirectory();
    }

    private void sendAndKill(KillGround ground, LeftBehind commands, ExecutorService clients) throws Exception {
        Semaphore mayBegin = new Semaphore(0);
        List<Future<Integer>> sent = send(ground, mayBegin, clients);
        int kills = killAgainAndAgain(ground, commands, mayBegin);
        mayBegin.release(MAILS);
        try (ChildProcess last = start(ground)) {
            commands.ready();
            ground.hold(false);
            int tries = 0;
            for (Future<Integer> mail : sent) {
                tries += mail.get(5, TimeUnit.MINUTES);
            }
            awaitEnd(ground, commands, last);
            last.kill();
            LOG.log(
                    Level.INFO,
                    "kill test: seed {0}, {1} kills, {2} submissions of {3} mails, stages met {4}; {5}",
                    seed,
                    kills,
                    tries,
                    MAILS,
                    met,
                    commands);
        }
    }

    private Path temporary() {
        return folder.resolve("temporary");
    }

    private List<Future<Integer>> send(KillGround ground, Semaphore mayBegin, ExecutorService clients) {
        RepeatingClient client = new RepeatingClient(ground.port);
        List<Future<Integer>> sent = new ArrayList<>();
        for (int i = 0; i < MAILS; i++) {
            RepeatingClient.Mail mail = RepeatingClient.Mail.of(i, 10_000, i % 10 == 0 ? 4_000_000 : 100_000);
            sent.add(clients.submit(() -> {
                assertThat(mayBegin.tryAcquire(8, TimeUnit.MINUTES)).isTrue();
                return client.send(mail, Duration.ofMinutes(8));
            }));
        }
        return sent;
    }

    private int killAgainAndAgain(KillGround ground, LeftBehind commands, Semaphore mayBegin) throws IOException {
        int kills = 0;
        while (kills < KILLS || (met.size() < Stage.values().length - 1 && kills < MOST_KILLS)) {
            boolean wrappersToo = kills % 2 == 1;
            try (ChildProcess up = start(ground)) {
                commands.ready();
                ground.hold(false);
                mayBegin.release(MAILS_A_LIFE);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(30 + random.nextInt(700)));
                if (wrappersToo) {
                    ground.hold(true);
                    Eventually.becomes(RUNNING_WITHIN, () -> commands.running() >= RUNNING_WHEN_KILLED);
                }
                up.kill();
            }
            commands.killed(wrappersToo);
            kills++;
            Stage.of(ground.home, KillGround.UNIT).forEach((stage, count) -> {
                if (count > 0) {
                    met.merge(stage, count, Integer::sum);
                }
            });
        }
        return kills;
    }

    private ChildProcess start(KillGround ground) throws IOException {
        Files.createDirectories(temporary());
        ChildProcess up = EkidenProcess.of("up")
                .home(ground.home)
                .environment("EKIDEN_JAVA_FLAGS", "-Djava.io.tmpdir=" + temporary())
                .start();
        up.awaitLine("ready", READY_WITHIN);
        return up;
    }

    private void awaitEnd(KillGround ground, LeftBehind commands, ChildProcess last) throws IOException {
        Path attempts = ground.home.resolve("attempts");
        boolean ended = Eventually.becomes(Duration.ofMinutes(2), () -> {
            try {
                List<Path> all = commands.attempts();
                boolean quiet = Stage.names(ground.home.resolve("reports")).isEmpty();
                return quiet
                        && Stage.names(attempts).size() >= MAILS
                        && all.stream().allMatch(one -> settled(commands, one))
                        && ended(ground) == MAILS;
            } catch (UncheckedIOException changing) {
                return false;
            }
        });
        if (!ended) {
            List<String> left = commands.attempts().stream()
                    .filter(attempt -> !settled(commands, attempt))
                    .map(attempt -> attempt + " " + Stage.names(attempt))
                    .toList();
            throw new AssertionError("commands do not end: " + left + ", runs with an attempt: "
                    + Stage.names(attempts).size() + ", reports " + Stage.names(ground.home.resolve("reports"))
                    + ", in quarantine " + Stage.names(ground.home.resolve("spool/quarantine"))
                    + ", where they stand " + Stage.of(ground.home, KillGround.UNIT) + last.told());
        }
    }

    /** How many runs have ended, as the process says: it hears of the end of a command after its folder shows it, on a slow disk long after. */
    private static long ended(KillGround ground) {
        try (ChildProcess list = EkidenProcess.of("run", "list", KillGround.UNIT, "--limit", "1000", "--json")
                .home(ground.home)
                .run(READY_WITHIN)) {
            return list.lines(ChildProcess.Stream.OUT).stream()
                    .filter(line -> ENDED.stream().anyMatch(line::contains))
                    .count();
        }
    }

    private static boolean settled(LeftBehind commands, Path attempt) {
        return commands.isUnknown(LeftBehind.run(attempt))
                || Files.exists(attempt.resolve("exit"))
                || isVoid(attempt.resolve("pid"));
    }

    private static boolean isVoid(Path pid) {
        try {
            return Files.exists(pid) && Files.readString(pid).strip().equals("void");
        } catch (IOException changing) {
            return false;
        }
    }

    private void check(KillGround ground, LeftBehind commands) {
        List<Run> runs = ground.look(store -> store.read(tx -> tx.runs().list(KillGround.UNIT, 10_000)));
        assertThat(runs).as("one run for each mail").hasSize(MAILS);
        Set<String> subjects = new HashSet<>();
        Map<String, Set<String>> unknown = new HashMap<>();
        for (Run run : runs) {
            assertThat(run.status().ended()).as(run.toString()).isTrue();
            Claim claim = ground.look(store -> store.read(tx -> tx.claims().find(Objects.requireNonNull(run.claim())))
                    .orElseThrow());
            String subject = ground.look(store ->
                            store.read(tx -> tx.mails().find(claim.mail())).orElseThrow())
                    .summary()
                    .subject();
            assertThat(subjects.add(subject)).as("second run of " + subject).isTrue();
            String sha256 = checkFile(claim, subject);
            checkStarts(ground, run);
            JobRun job = run.job("load");
            if (job.status() == JobStatus.UNKNOWN) {
                String cause = Objects.requireNonNull(job.problem()).id();
                unknown.computeIfAbsent(cause, id -> new HashSet<>())
                        .add(run.id().toString());
            } else {
                checkResult(ground, run, sha256);
            }
        }
        assertThat(commands.gone()).as("wrappers killed behind their note").isNotEmpty();
        assertThat(commands.unproved()).as("starts that cannot be proved").isNotEmpty();
        assertThat(commands.left()).as("commands left running").isNotEmpty();
        assertThat(commands.metRunning()).as("commands met while they ran").isNotEmpty();
        assertThat(unknown)
                .as("unknown are those whose wrapper was killed too, and no others")
                .isEqualTo(Map.of("EKDA0001-E", commands.gone(), "EKDA0002-E", commands.unproved()));
    }

    private String checkFile(Claim claim, String subject) {
        int number = Integer.parseInt(subject.substring("order ".length()));
        RepeatingClient.Mail mail = RepeatingClient.Mail.of(number, 10_000, number % 10 == 0 ? 4_000_000 : 100_000);
        try {
            Path file = Path.of(Objects.requireNonNull(Objects.requireNonNull(claim.saved())
                    .attachments()
                    .getFirst()
                    .path()));
            byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
            assertThat(HexFormat.of().formatHex(sha256)).as(subject).isEqualTo(mail.sha256());
            return mail.sha256();
        } catch (IOException | java.security.NoSuchAlgorithmException broken) {
            throw new AssertionError(subject, broken);
        }
    }

    private static void checkStarts(KillGround ground, Run run) {
        JobRun job = run.job("load");
        for (int attempt = 1; attempt <= job.attempt(); attempt++) {
            Path mark = ground.marks.resolve(run.number() + "-" + attempt);
            boolean last = attempt == job.attempt();
            boolean began = Files.exists(mark);
            assertThat(began && !last)
                    .as("an attempt that ran was followed by another: " + run)
                    .isFalse();
            if (began) {
                assertThat(mark).as("started once: " + run).hasContent("started");
            }
        }
    }

    /** The code and the output of the command itself, whoever was there when it ended. */
    private static void checkResult(KillGround ground, Run run, String sha256) {
        JobRun job = run.job("load");
        int code = (int) (run.number() % CODES);
        assertThat(job.exitCode()).as(run.toString()).isEqualTo(code);
        assertThat(job.status())
                .as(run.toString())
                .isEqualTo(code == 0 ? JobStatus.ENDED_NORMALLY : JobStatus.ENDED_ABNORMALLY);
        Path attempt = ground.home.resolve("attempts/" + run.id() + "/load/" + job.attempt());
        assertThat(attempt.resolve("stdout")).as(run.toString()).content().startsWith(sha256);
        assertThat(ground.marks.resolve(run.number() + "-" + job.attempt())).exists();
    }
}
