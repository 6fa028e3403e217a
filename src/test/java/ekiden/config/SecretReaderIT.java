package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.json.Json;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretReaderIT {
    private static final SecretLimits LIMITS = new SecretLimits(16, Duration.ofMillis(300), Duration.ofMillis(5));

    @TempDir
    Path home;

    private SecretReader reader() {
        return new SecretReader(new HomePaths(home), Map.of("PASS", "e", "EMPTY", ""), new SystemClock(), LIMITS);
    }

    private String value(SecretSource source) {
        Result<Secret> result = reader().read(source);
        assertThat(result).as(String.valueOf(result)).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Secret>) result).value().reveal();
    }

    private Problem problem(SecretSource source) {
        return ((Result.Failed<Secret>) reader().read(source)).problem();
    }

    private static SecretSource sh(String script) {
        return new SecretSource.FromCommand(List.of("sh", "-c", script));
    }

    @Test
    void fileIsTakenFromTheHomeWithoutItsLineEnd() throws IOException {
        Files.writeString(home.resolve("p"), "pä ss\n");
        assertThat(value(new SecretSource.FromFile("p"))).isEqualTo("pä ss");
        Files.writeString(home.resolve("p"), "x\r\n");
        assertThat(value(new SecretSource.FromFile(home.resolve("p").toString())))
                .isEqualTo("x");
        Files.writeString(home.resolve("p"), "x\n\n");
        assertThat(value(new SecretSource.FromFile("p"))).isEqualTo("x\n");
        Files.writeString(home.resolve("p"), "\n");
        assertThat(problem(new SecretSource.FromFile("p")).id()).isEqualTo("EKDB0065-E");
        assertThat(problem(new SecretSource.FromFile("q")).id()).isEqualTo("EKDB0060-E");
        assertThat(problem(new SecretSource.FromFile(".")).id()).isEqualTo("EKDB0060-E");
    }

    @Test
    void variableIsThatOfTheProcess() {
        assertThat(value(new SecretSource.FromEnvironment("PASS"))).isEqualTo("e");
        assertThat(problem(new SecretSource.FromEnvironment("EMPTY")).id()).isEqualTo("EKDB0065-E");
        assertThat(problem(new SecretSource.FromEnvironment("NONE")).id()).isEqualTo("EKDB0061-E");
    }

    @Test
    void commandRunsInTheHomeAndItsOutputIsTaken() throws IOException {
        Files.writeString(home.resolve("p"), "abc\n");
        assertThat(value(sh("cat p; echo noise >&2"))).isEqualTo("abc");
        assertThat(problem(sh("echo hunter2; exit 3")).toString())
                .contains("EKDB0062-E", "code=3")
                .doesNotContain("hunter2");
        assertThat(problem(new SecretSource.FromCommand(List.of("/no/such/program")))
                        .id())
                .isEqualTo("EKDB0062-E");
        assertThat(problem(sh("true")).id()).isEqualTo("EKDB0065-E");
    }

    @Test
    void commandThatAsksGetsNoAnswer() {
        assertThat(value(sh("read x; echo \"[$x]\""))).isEqualTo("[]");
    }

    @Test
    void commandThatDoesNotEndIsEnded() {
        assertThat(problem(sh("sleep 60")).id()).isEqualTo("EKDB0063-E");
    }

    @Test
    void grandchildThatKeepsThePipeDoesNotHoldTheCaller() {
        assertThat(value(sh("sleep 5 & echo abc"))).isEqualTo("abc");
    }

    @Test
    void sizeIsBounded() throws IOException {
        Files.writeString(home.resolve("p"), "x".repeat(16));
        assertThat(value(new SecretSource.FromFile("p"))).hasSize(16);
        Files.writeString(home.resolve("p"), "x".repeat(17));
        assertThat(problem(new SecretSource.FromFile("p")).id()).isEqualTo("EKDB0064-E");
        assertThat(problem(sh("cat p")).id()).isEqualTo("EKDB0064-E");
        assertThat(problem(sh("yes")).id()).isEqualTo("EKDB0064-E");
    }

    @Test
    void fileThatOthersCanReadIsWarnedAbout() throws IOException {
        Path file = Files.writeString(home.resolve("p"), "x");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(reader().warnings(new SecretSource.FromFile("p"))).isEmpty();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThat(reader().warnings(new SecretSource.FromFile("p")))
                .extracting(Problem::id)
                .containsExactly("EKDB0066-W");
        assertThat(reader().warnings(new SecretSource.FromFile("absent"))).isEmpty();
        assertThat(reader().warnings(new SecretSource.FromEnvironment("PASS"))).isEmpty();
    }

    @Test
    void secretShowsItselfNowhere() {
        Secret secret = new Secret("hunter2");
        assertThat(secret).hasToString("(secret)");
        assertThat(Result.ok(secret).toString()).doesNotContain("hunter2");
        assertThat(Json.write(Map.of("s", secret))).doesNotContain("hunter2");
    }
}
