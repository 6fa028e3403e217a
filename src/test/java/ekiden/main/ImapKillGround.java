package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.model.run.RunStatus;
import ekiden.store.Store;
import ekiden.testing.ChildProcess;
import ekiden.testing.DovecotServer;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import ekiden.testing.TcpRelay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/** A mailbox on a Dovecot, a jobnet that takes its orders, and what was delivered, for tests that end one side or the other again and again. */
final class ImapKillGround implements AutoCloseable {
    static final String UNIT = "/test/orders";

    private static final Duration ENDED_WITHIN = Duration.ofMinutes(4);
    private static final Duration SENT_WITHIN = Duration.ofMinutes(8);

    private static final String DEFINITION = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example], subject: [order]}}
            overlap: allow
            jobs:
              load:
                command: [%s, "${start.attachments}"]
            """;

    /** Notes each start under run and attempt, and tells what it was given. */
    private static final String SCRIPT = """
            #!/bin/sh
            echo started >>"%s/${EKIDEN_RUN##*#}-$EKIDEN_ATTEMPT"
            sha256sum "$1"
            """;

    final TcpRelay relay;
    final ImapGround ground;
    /** What the client had asked last when its server went, and how often. */
    final Map<String, Integer> asked = new ConcurrentHashMap<>();

    private volatile String last = "";
    private final DovecotServer dovecot;
    private final Path marks;
    /** SHA-256 of what was delivered, by subject. */
    private final Map<String, String> delivered = new ConcurrentHashMap<>();
    /** Held for reading while a mail is handed over, so that each is delivered once and the server goes only in between. */
    private final ReadWriteLock handingOver = new ReentrantReadWriteLock();

    ImapKillGround(Path folder) throws IOException {
        dovecot = DovecotServer.plan().user(ImapGround.USER, "secret").start();
        relay = new TcpRelay(dovecot.imapPort());
        ground = new ImapGround(folder, dovecot, relay.port(), "");
        relay.hear(line -> last = line);
        marks = Files.createDirectories(folder.resolve("marks"));
        Path job = folder.resolve("job.sh");
        Files.writeString(job, SCRIPT.formatted(marks));
        Files.setPosixFilePermissions(job, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Standalone up = ground.up()) {
            ImapGround.define(up, DEFINITION.formatted(job));
        }
    }

    ChildProcess start() {
        return EkidenProcess.of("up").home(ground.home).start();
    }

    void deliver(RepeatingClient.Mail mail) {
        handingOver.readLock().lock();
        try {
            new RepeatingClient(dovecot.lmtpPort(), "LHLO client", "orders@ekiden.test").send(mail, SENT_WITHIN);
            delivered.put("order " + mail.number(), mail.sha256());
        } catch (java.security.NoSuchAlgorithmException never) {
            throw new IllegalStateException(never);
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** Hands over a mail slowly, while others come in. */
    void deliverSlowly(int number, long attachment, long rate) {
        handingOver.readLock().lock();
        try {
            String sha256 =
                    new BigMail(number, attachment, rate).send(dovecot.lmtpPort(), "LHLO client", "orders@ekiden.test");
            delivered.put("order " + number, sha256);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } finally {
            handingOver.readLock().unlock();
        }
    }

    /** Ends the server, whoever is connected, and starts it again. */
    void restartServer(Runnable meanwhile) {
        handingOver.writeLock().lock();
        try {
            asked.merge(command(last), 1, Integer::sum);
            dovecot.stop();
            // A process of the old server may hold its connection for half a minute; the machine of the server would
            // not.
            relay.cut();
            meanwhile.run();
            dovecot.startAgain();
        } finally {
            handingOver.writeLock().unlock();
        }
    }

    private static String command(String line) {
        return line.replaceFirst("^\\S+ ", "")
                .replaceFirst(" [\\d:,*]+ ?", " ")
                .replaceFirst("^(LOGIN|AUTHENTICATE|UID STORE|UID SEARCH|UID FETCH \\(UID BODY|UID FETCH) ?.*", "$1");
    }

    /** Waits until each mail's command has ended, for the process that is given. */
    void awaitEnds(ChildProcess up, int mails) {
        Path attempts = ground.home.resolve("attempts");
        Eventually.within(
                ENDED_WITHIN,
                () -> mails + " commands to end; ended " + ended(attempts) + ", " + up.told() + dovecot.told(),
                () -> ended(attempts) >= mails);
    }

    private static long ended(Path attempts) {
        if (!Files.isDirectory(attempts)) {
            return 0;
        }
        return Stage.names(attempts).stream()
                .flatMap(run -> attemptsOf(attempts.resolve(run + "/load")))
                .filter(attempt -> Files.exists(attempt.resolve("exit")))
                .count();
    }

    /** One whose process was killed before it had begun is followed by another. */
    private static Stream<Path> attemptsOf(Path job) {
        return Files.isDirectory(job) ? Stage.names(job).stream().map(job::resolve) : Stream.empty();
    }

    /** One run, one start, one set of files for each mail, and each is marked read; no process may run. */
    void check() {
        try (Standalone up = ground.up()) {
            Eventually.within(
                    ENDED_WITHIN,
                    () -> "all runs to end: " + ImapGround.runs(up.store(), UNIT),
                    () -> ImapGround.runs(up.store(), UNIT).stream()
                            .allMatch(run -> run.status() == RunStatus.ENDED_NORMALLY));
            Set<String> subjects = new HashSet<>();
            for (Run run : ImapGround.runs(up.store(), UNIT)) {
                String subject = subject(up.store(), run);
                assertThat(subjects.add(subject)).as("second run of " + subject).isTrue();
                checkRun(up.store(), run, subject);
            }
            assertThat(subjects).isEqualTo(delivered.keySet());
            assertThat(ImapGround.mails(up.store())).hasSize(delivered.size());
            assertThat(Stage.names(marks)).hasSize(delivered.size());
            Eventually.within(
                    ENDED_WITHIN,
                    "all mails to be marked read",
                    () -> ground.asPerson("SELECT INBOX", "SEARCH UNSEEN").contains("* SEARCH"));
        }
    }

    private static Claim claim(Store store, Run run) {
        return store.read(tx -> tx.claims().find(Objects.requireNonNull(run.claim())))
                .orElseThrow();
    }

    private static String subject(Store store, Run run) {
        return store.read(tx -> tx.mails().find(claim(store, run).mail()))
                .orElseThrow()
                .summary()
                .subject();
    }

    private void checkRun(Store store, Run run, String subject) {
        try {
            List<String> files = Objects.requireNonNull(claim(store, run).saved()).attachments().stream()
                    .map(file -> Objects.requireNonNull(file.path()))
                    .toList();
            assertThat(files).as(subject).hasSize(1);
            assertThat(BigMail.sha256(Path.of(files.getFirst()))).as(subject).isEqualTo(delivered.get(subject));
            assertThat(marks.resolve(run.number() + "-" + run.job("load").attempt()))
                    .as(subject)
                    .hasContent("started");
            assertThat(ground.home.resolve(
                            "attempts/" + run.id() + "/load/" + run.job("load").attempt() + "/stdout"))
                    .as(subject)
                    .content()
                    .startsWith(delivered.get(subject));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() {
        relay.close();
        ground.close();
    }
}
