package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.disk.FileDisk;
import ekiden.mail.spool.Spool;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolLimits;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.mail.spool.SpoolWriter;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes, disks, databases and settings in which a process cannot, or must, start. Mounts need root. */
class BadHomeIT {
    /** Where the whole disk is smaller than what should be free, an alarm would tell so all the time. */
    private static final String SMALL_DISK = "limits: {free-space: 0}";

    private static final String JOBNET = """
            version: 1
            jobnet: /test/orders
            start: {receive-mail: {profile: orders, from: [edi@customer.example]}}
            overlap: allow
            jobs:
              load: {command: [wc, -c, "${start.attachments}", "${start.body}"]}
            """;

    @TempDir
    private Path folder;

    private UpGround ground;

    @BeforeEach
    void home() {
        ground = new UpGround(folder);
    }

    /** A file system of its own under the home; only root may have one. */
    private final class Mount implements AutoCloseable {
        Mount(String options) {
            system("mount", "-t", "tmpfs", "-o", "mode=700," + options, "tmpfs", ground.home.toString());
        }

        void system(String... words) {
            ChildProcess.run(
                    String.join(" ", words) + " (mounting is for root)",
                    new ProcessBuilder(words),
                    Duration.ofSeconds(20));
        }

        @Override
        public void close() {
            system("umount", "-l", ground.home.toString());
        }
    }

    @Test
    void fullDiskMeansNo250AndAnAlarmAndItGoesOnWhenThereIsRoom() throws IOException {
        try (Mount _ = new Mount("size=12m")) {
            ground.settings("", SMALL_DISK).start().define("orders", JOBNET);
            assertThat(ground.deliver(UpGround.mail("first", "\r\nthere is room\r\n")))
                    .startsWith("250");
            String large = UpGround.mail("large", "\r\n" + ("x".repeat(76) + "\r\n").repeat(200_000));
            assertThat(ground.deliver(large)).startsWith("452 4.3.1");
            assertThat(ground.eventually("EKDM0400-E", "alarm", "list")).contains("Next step: Make room");
            ground.up().awaitLine("EKDM0400-E", UpGround.WITHIN);
            ground.ended("test/orders#1", "Ended normally");
            awaitEndOfRehearsal();
            Path filler = ground.home.resolve("filler");
            fill(filler);
            String refused = ground.deliver(UpGround.mail("second", "\r\nthere is none\r\n"));
            assertThat(refused).matches("4[0-9][0-9] .*");
            Files.delete(filler);
            assertThat(ground.deliver(UpGround.mail("second", "\r\nthere is none\r\n")))
                    .startsWith("250");
            ground.ended("test/orders#2", "Ended normally");
            ground.eventually("No alarms", "alarm", "list");
            assertThat(ground.cli("alarm", "list", "--all").text()).contains("EKDM0400-E");
            assertThat(ground.cli("mail", "list", "--json").out()).hasSize(2);
        } finally {
            ground.close();
        }
        UpGround.explained("EKDM0400-E");
        UpGround.explained("EKDD0001-E");
    }

    /** It makes room when it ends, just where a test wants none. */
    private void awaitEndOfRehearsal() {
        Path rehearsal = ground.home.resolve("rehearsal");
        Eventually.within(UpGround.WITHIN, () -> rehearsal + " to go", () -> !Files.exists(rehearsal));
    }

    private static void fill(Path filler) throws IOException {
        byte[] zeros = new byte[1 << 12];
        try (var out = Files.newOutputStream(filler, StandardOpenOption.CREATE)) {
            while (true) {
                out.write(zeros);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    @Test
    void homeInWhichNothingCanBeWrittenIsRefused() {
        try (Mount _ = new Mount("ro")) {
            UpGround.Said said = ground.refuses().refused(7, "EKDB0042-E");
            assertThat(said.err()).contains(ground.home.toString(), "Read-only", "Cause: ", "Next step: ");
            assertThat(ground.refuses("--lang", "ja").err()).contains("原因: ", "対処: ");
        }
        ground.write("file", "");
        assertThat(EkidenProcess.of("up", "--home", folder.resolve("file").toString())
                        .run(UpGround.WITHIN)
                        .exit())
                .hasValue(7);
    }

    /** The process sees a table of mounts in which its home is on NFS; the mount point itself is real. */
    @Test
    void homeOnANetworkFileSystemIsRefused() {
        try (Mount _ = new Mount("size=4m")) {
            ground.write("mounts", "server:/export " + ground.home + " nfs4 rw 0 0\n");
            String script = "mount --bind \"$1\" /proc/$$/mounts && shift && exec \"$@\"";
            ProcessBuilder inside = new ProcessBuilder(
                    "unshare",
                    "--mount",
                    "sh",
                    "-c",
                    script,
                    "sh",
                    folder.resolve("mounts").toString(),
                    Path.of("ekiden").toAbsolutePath().toString(),
                    "up",
                    "--home",
                    ground.home.toString());
            try (ChildProcess up = ChildProcess.start("ekiden up on nfs", inside)) {
                assertThat(up.awaitExit(UpGround.WITHIN)).isEqualTo(7);
                assertThat(up.told()).contains("EKDB0044-E", "nfs4", "Cause: ", "Next step: ");
            }
            assertThat(ground.home).isEmptyDirectory();
        }
        UpGround.explained("EKDB0044-E");
    }

    @Test
    void damagedDatabaseIsLeftAloneAndTheMessageSaysHowToRestoreIt() throws IOException {
        ground.start().define("orders", JOBNET);
        assertThat(ground.deliver(UpGround.mail("kept", "\r\nkept\r\n"))).startsWith("250");
        ground.close();
        Path database = ground.home.resolve("ekiden.db");
        try (RandomAccessFile file = new RandomAccessFile(database.toFile(), "rw")) {
            file.seek(4096);
            file.write(new byte[16_384]);
        }
        byte[] damaged = Files.readAllBytes(database);
        UpGround.Said said = ground.refuses().refused(7, "EKDD0006-E");
        assertThat(said.err()).contains("Cause: ", "last backup", ".recover");
        assertThat(Arrays.equals(Files.readAllBytes(database), damaged)).isTrue();
        assertThat(ground.refuses("--lang", "ja").err()).contains("EKDD0006-E", "対処: ");
    }

    @Test
    void storeOfAHomeThatDoesNotRunIsRefusedToAnotherUntilAPersonGivesItToThatOne() throws IOException {
        String store = "store: sqlite:" + folder.resolve("shared.db");
        ground.settings("", store).start().close();
        String id = Files.readString(ground.home.resolve("id")).strip();
        Files.createDirectory(folder.resolve("second"));
        try (UpGround other = new UpGround(folder.resolve("second")).settings("", store)) {
            UpGround.Said said = other.refuses().refused(7, "EKDD0014-E");
            assertThat(said.err()).contains(id, other.home.resolve("id").toString(), "Cause: ", "Next step: ");
            assertThat(other.home.resolve("id")).doesNotExist();
            other.write("home/id", id + "\n");
            other.start();
        }
    }

    @Test
    void wrongSettingsOutsideTheMailSectionAreToldAllAtOnceAndStopTheProcess() {
        ground.write("home/ekiden.yaml", "versoin: 1\nlisten: 8.8.8.8:99999\nstore: mysql:x\n");
        UpGround.Said said = ground.refuses().refused(7, "EKDB0007-E", "EKDB0009-E", "EKDB0010-E");
        assertThat(said.err())
                .contains(
                        "ekiden.yaml:1:1",
                        "ekiden.yaml:2:9",
                        "ekiden.yaml:3:8",
                        "version: the key version is missing",
                        "Next step: ");
    }

    @Test
    void wrongMailSectionStopsNothingAndHealsWithoutARestart() {
        String right = ground.read(ground.home.resolve("ekiden.yaml"));
        ground.write("home/ekiden.yaml", right + """
                    wrong: {receive: {smtpd: {recipients: nobody}}}
                    secured:
                      receive:
                        smtpd:
                          listen: 127.0.0.1:0
                          recipients: [secured@localhost]
                          tls: {certificate: no.pem, key: no.pem}
                """);
        ground.start().define("orders", JOBNET);
        String alarms = ground.eventually("EKDM0104-E", "alarm", "list");
        assertThat(alarms).contains("EKDB0010-E", "ekiden.yaml:", "Next step: ");
        ground.up().awaitLine("EKDM0104-E", UpGround.WITHIN);
        assertThat(ground.deliver(UpGround.mail("right profile", "\r\nworks\r\n")))
                .startsWith("250");
        ground.ended("test/orders#1", "Ended normally");
        ground.write("home/ekiden.yaml", right);
        ground.eventually("No alarms", "alarm", "list");
        ground.up().awaitLine("has ended: EKDM0104-E", UpGround.WITHIN);
        List.of("EKDM0104-E", "EKDB0010-E").forEach(UpGround::explained);
        ground.close();
    }

    @Test
    void mailSectionThatIsNoYamlStopsNothing() {
        String right = ground.read(ground.home.resolve("ekiden.yaml"));
        ground.write("home/ekiden.yaml", "version: 1\nlisten: 127.0.0.1:0\nmail: {profiles: {a: [\n");
        ground.start();
        assertThat(ground.eventually("EKDB0001-E", "alarm", "list")).contains("ekiden.yaml:4:1");
        ground.write("home/ekiden.yaml", right);
        ground.eventually("No alarms", "alarm", "list");
        assertThat(ground.deliver(UpGround.mail("healed", "\r\nworks\r\n"))).startsWith("250");
        ground.close();
    }

    @Test
    void mailOverWhichTheProcessEndedTwiceIsTriedApartAndOneThatEndedItOftenGoesToQuarantine() {
        ground.settings("").start().define("orders", JOBNET);
        ground.close();
        left("01a00000-0000-7000-8000-000000000001", "innocent", SpoolLimits.DEFAULT.openings());
        left("01a00000-0000-7000-8000-000000000002", "harmful", SpoolLimits.DEFAULT.openingsAtMost());
        ground.start();
        ground.eventually("/test/orders#1", "run", "list");
        ground.ended("test/orders#1", "Ended normally");
        assertThat(ground.eventually("EKDA0008-E", "mail", "quarantine", "list").lines())
                .hasSize(2);
        assertThat(ground.cli("alarm", "list").text()).contains("EKDS0112-W", "EKDA0008-E");
        String listed = ground.cli("mail", "quarantine", "list").out().getLast();
        String number = listed.substring(0, listed.indexOf(' '));
        assertThat(ground.cli("mail", "show", number, "--raw").text()).contains("Subject: harmful");
        ground.cli("mail", "quarantine", "release", number).done();
        ground.eventually("/test/orders#2", "run", "list");
        ground.ended("test/orders#2", "Ended normally");
        ground.eventually("No alarms", "alarm", "list");
        UpGround.explained("EKDA0008-E");
        ground.close();
    }

    /** What a process leaves that ended so many times while it read a mail. */
    private void left(String place, String subject, int openings) {
        Path spool = ground.home.resolve("spool");
        SpoolHeader header = new SpoolHeader(
                "smtpd",
                "edi@customer.example",
                List.of(new SpoolRecipient("orders@localhost", "orders")),
                new SystemClock().now(),
                Map.of());
        Spool first = spool(spool);
        SpoolWriter writer = ok(first.begin(place, header));
        writer.write(ByteBuffer.wrap(UpGround.mail(subject, "\r\nbody\r\n").getBytes(StandardCharsets.US_ASCII)));
        ok(writer.finish());
        // a new entry has its first mark
        for (int opening = 1; opening < openings; opening++) {
            assertThat(spool(spool).markOpening(place)).isEmpty();
        }
    }

    private static Spool spool(Path folder) {
        return ok(Spool.start(new FileDisk(), folder, SpoolLimits.DEFAULT, new SystemClock()));
    }

    private static <T> T ok(Result<T> result) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T>(Problem problem) -> throw new AssertionError(problem.toString());
        };
    }

    /** The wrapper is alone with the command: nobody else could hold the output within its bound. */
    @Test
    void outputOfACommandStaysWithinItsBoundAlsoWhileEkidenIsDead() throws IOException {
        ground.program("load.sh", """
                #!/bin/sh
                echo begun
                until [ -e "FOLDER/go" ]; do sleep 0.05; done
                head -c 60000000 /dev/zero | tr '\\0' x
                echo
                echo the end
                echo warned >&2
                """.replace("FOLDER", folder.toString()));
        ground.settings("")
                .start()
                .define("orders", "version: 1\njobnet: /test/much\njobs:\n  load: {command: [./load.sh]}\n");
        ground.cli("run", "start", "/test/much").done();
        ground.eventually("begun", "run", "log", "test/much#1");
        ground.kill();
        ground.write("go", "");
        Path attempt = ground.home
                .resolve("attempts")
                .resolve(Stage.names(ground.home.resolve("attempts")).getFirst())
                .resolve("load/1");
        long[] most = new long[1];
        Eventually.within(UpGround.WITHIN, () -> {
            most[0] = Math.max(most[0], bytes(attempt));
            return Files.exists(attempt.resolve("exit"));
        });
        assertThat(most[0]).isLessThan(21_000_000L);
        ground.start();
        ground.ended("test/much#1", "Ended normally");
        UpGround.Said log = ground.cli("run", "log", "test/much#1").done();
        assertThat(log.out())
                .startsWith("begun")
                .endsWith("the end")
                .anyMatch(line -> line.matches("\\[EKDA0014-W \\d+ bytes left out\\]"));
        assertThat(log.err()).contains("EKDA0014-W", String.valueOf(60_000_015 - (10 << 20)), "Cause: ");
        assertThat(ground.cli("run", "log", "test/much#1", "--stderr").done().text())
                .isEqualTo("warned");
        UpGround.explained("EKDA0014-W");
        ground.close();
    }

    /** The command fills the disk itself, writes more than a page, and makes room again. */
    @Test
    void outputThatAFullDiskDidNotTakeIsToldInTheLog() {
        ground.program("load.sh", """
                #!/bin/sh
                echo begun
                head -c 100000000 /dev/zero >"HOME/filler"
                head -c 20000 /dev/zero | tr '\\0' x
                sleep 1
                rm "HOME/filler"
                """.replace("HOME", ground.home.toString()));
        try (Mount _ = new Mount("size=20m")) {
            ground.settings("")
                    .start()
                    .define("full", "version: 1\njobnet: /test/full\njobs:\n  load: {command: [./load.sh]}\n");
            awaitEndOfRehearsal();
            ground.cli("run", "start", "/test/full").done();
            ground.ended("test/full#1", "Ended normally");
            assertThat(ground.cli("run", "log", "test/full#1").done().out())
                    .startsWith("begun")
                    .endsWith("[EKDA0023-W output is lost: no room]");
        } finally {
            ground.close();
        }
        UpGround.explained("EKDA0023-W");
    }

    private static long bytes(Path folder) {
        return Stage.names(folder).stream()
                .mapToLong(name -> folder.resolve(name).toFile().length())
                .sum();
    }
}
