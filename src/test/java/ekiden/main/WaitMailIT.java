package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaitMailIT {
    private static final Duration WITHIN = Duration.ofSeconds(60);

    private final int port = Ports.free();

    @TempDir
    private Path folder;

    private Path home = Path.of("");

    @BeforeEach
    void settings() throws IOException {
        home = Files.createDirectory(
                folder.resolve("home"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(home.resolve("ekiden.yaml"), """
                version: 1
                listen: 127.0.0.1:0
                mail:
                  profiles:
                    orders:
                      receive: {smtpd: {listen: "127.0.0.1:%d", recipients: [orders@localhost]}}
                """.formatted(port));
    }

    private ChildProcess waiting(String... more) {
        List<String> words = new ArrayList<>(List.of("mail", "wait", "--home", home.toString()));
        words.addAll(List.of(
                "--profile", "orders", "--state", folder.resolve("state").toString()));
        words.addAll(List.of(more));
        return EkidenProcess.of(words.toArray(new String[0])).start();
    }

    private void send(int number) {
        new RepeatingClient(port).send(RepeatingClient.Mail.of(number, 100, 1_000), WITHIN);
    }

    private static List<String> lines(ChildProcess process) {
        return process.lines(ChildProcess.Stream.OUT).stream()
                .filter(line -> line.startsWith("{"))
                .toList();
    }

    @Test
    void threeMailsAreThreeLinesAndThreeFolders() {
        try (ChildProcess wait =
                waiting("--count", "3", "--save", folder.resolve("out").toString())) {
            wait.awaitLine("READY", WITHIN);
            for (int i = 0; i < 3; i++) {
                send(i);
            }
            assertThat(wait.awaitExit(WITHIN)).isZero();
            Set<Object> identities = new HashSet<>();
            for (String line : lines(wait)) {
                identities.add(Json.readMap(line).get("identity"));
            }
            assertThat(identities).hasSize(3);
            assertThat(Stage.names(folder.resolve("out"))).hasSize(3);
        }
    }

    @Test
    void timeThatRunsOutIsExitThree() {
        try (ChildProcess wait = waiting("--timeout", "1s")) {
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(3);
            assertThat(wait.told()).contains("EKDC0161-W");
        }
    }

    @Test
    void killedAtItsLineTheMailComesAgainOrHasItsReceipt() {
        String first;
        try (ChildProcess wait = waiting("--count", "2")) {
            wait.awaitLine("READY", WITHIN);
            send(1);
            wait.awaitLine("\"identity\"", WITHIN);
            first = lines(wait).getFirst();
            wait.kill();
        }
        try (ChildProcess wait = waiting("--count", "1", "--timeout", "2s")) {
            int exit = wait.awaitExit(WITHIN);
            assertThat(exit).isIn(0, 3);
            assertThat(lines(wait)).isEqualTo(exit == 0 ? List.of(first) : List.of());
        }
        try (ChildProcess wait = waiting("--count", "1", "--timeout", "1s")) {
            assertThat(wait.awaitExit(WITHIN))
                    .as("what has a receipt does not come again")
                    .isEqualTo(3);
        }
    }

    @Test
    void mailThatMatchesNoCallWaitsForOneThatItMatches() {
        try (ChildProcess wait = waiting("--subject", "no such thing", "--timeout", "3s")) {
            wait.awaitLine("READY", WITHIN);
            send(1);
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(3);
            assertThat(lines(wait)).isEmpty();
        }
        try (ChildProcess wait = waiting("--count", "1")) {
            assertThat(wait.awaitExit(WITHIN)).isZero();
            assertThat(lines(wait)).hasSize(1);
        }
    }

    @Test
    void filesLieSideBySideUnderTheNamesOfTheTemplates() {
        Path out = folder.resolve("flat");
        try (ChildProcess wait = waiting(
                "--count",
                "2",
                "--save",
                out.toString(),
                "--body-name",
                "{n}.txt",
                "--attachment-name",
                "{n}.{i}.att")) {
            wait.awaitLine("READY", WITHIN);
            send(1);
            send(2);
            assertThat(wait.awaitExit(WITHIN)).isZero();
        }
        assertThat(Stage.names(out))
                .contains("1.txt", "2.txt")
                .allMatch(name -> name.matches("[12](\\.1)?\\.(txt|att)"));
    }

    @Test
    void templateThatLeavesTheFolderIsExitTwoBeforeAnythingIsDone() {
        try (ChildProcess wait = waiting("--save", folder.toString(), "--body-name", "../{n}.txt")) {
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(2);
            assertThat(wait.told()).contains("EKDM0303-E");
        }
    }

    @Test
    void mailThatNoCallWantedStartsAJobnetOnceUpRunsAndACallWithoutUpIsRefusedFromThenOn() {
        try (ChildProcess wait = waiting("--subject", "no such thing", "--timeout", "5s")) {
            wait.awaitLine("READY", WITHIN);
            send(1);
            send(2);
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(3);
        }
        try (ChildProcess up = EkidenProcess.of("up", "--home", home.toString()).start()) {
            up.awaitLine("ready", WITHIN);
            assertThat(up.told()).containsOnlyOnce("EKDC0180-I").contains("handed out were taken over: 2");
            try (ChildProcess wait = waiting("--count", "2", "--timeout", "30s")) {
                assertThat(wait.awaitExit(WITHIN)).as(wait.told()).isZero();
                assertThat(lines(wait)).hasSize(2);
            }
            up.signal("TERM");
            assertThat(up.awaitExit(WITHIN)).isZero();
        }
        try (ChildProcess up = EkidenProcess.of("up", "--home", home.toString()).start()) {
            up.awaitLine("ready", WITHIN);
            assertThat(up.told()).doesNotContain("EKDC0180");
        }
        try (ChildProcess wait = waiting("--count", "1")) {
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(7);
            assertThat(wait.told()).contains("EKDC0178-E");
        }
    }

    @Test
    void profileThatNobodyKnowsIsExitSeven() {
        try (ChildProcess wait = EkidenProcess.of("mail", "wait", "--home", home.toString(), "--profile", "nix")
                .start()) {
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(7);
            assertThat(wait.told()).contains("EKDB0026-E");
        }
    }
}
