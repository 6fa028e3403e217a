package ekiden.mail.scan;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.json.Json;
import ekiden.mail.save.PartCheck;
import ekiden.model.definition.PartChecks.Filter;
import ekiden.model.definition.PartChecks.Filter.OnFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program looks at an attachment. */
class FilterCheckIT {
    private static final PartCheck.Facts FACTS =
            new PartCheck.Facts("$(touch x).txt", "a.txt", "text/plain", 3, "00ff");

    @TempDir
    private Path folder;

    private Path file() throws IOException {
        return Files.writeString(folder.resolve("a '$(touch x).txt"), "abc");
    }

    private static Result<PartCheck.Verdict> check(Path file, OnFailure failure, Duration timeout, String script) {
        Filter filter = new Filter(List.of("sh", "-c", script, "filter"), timeout, failure);
        Map<String, String> facts = Map.of("subject", "件名\n\"x\"");
        return new FilterCheck(filter, facts, Map.of("EKIDEN_JOB", "start"), new SystemClock()).check(file, FACTS);
    }

    private static String how(Result<PartCheck.Verdict> result) {
        return ((Result.Failed<PartCheck.Verdict>) result).problem().values().getOrDefault("reason", "");
    }

    private static Result<PartCheck.Verdict> check(Path file, String script) {
        return check(file, OnFailure.FAIL, Duration.ofSeconds(30), script);
    }

    @Test
    void programIsGivenThePathAsOneArgumentAndTheRestAsJson() throws IOException {
        Path file = file();
        assertThat(check(file, "cat >\"$1.json\"; printf %s \"$EKIDEN_JOB\" >\"$1\""))
                .isEqualTo(Result.ok(new PartCheck.Fine()));
        assertThat(file).hasContent("start");
        assertThat(Json.readMap(Files.readString(Path.of(file + ".json"))))
                .containsEntry("name", "$(touch x).txt")
                .containsEntry("savedName", "a.txt")
                .containsEntry("size", 3)
                .containsEntry("sha256", "00ff")
                .containsEntry("subject", "件名\n\"x\"");
        assertThat(folder.resolve("x")).doesNotExist();
        assertThat(Path.of("x")).doesNotExist();
    }

    @Test
    void programThatDoesNotReadWhatItIsToldIsFine() throws IOException {
        assertThat(check(file(), "exec <&-; exit 0")).isEqualTo(Result.ok(new PartCheck.Fine()));
    }

    @Test
    void eachWayToFailIsTold() throws IOException {
        assertThat(how(check(file(), "exit 3"))).isEqualTo("exit code 3");
        assertThat(how(check(file(), "kill -9 $$"))).isEqualTo("exit code 137");
        assertThat(how(check(file(), OnFailure.FAIL, Duration.ofSeconds(1), "sleep 60")))
                .isEqualTo("it took longer than 1 s");
        assertThat(how(check(file(), "yes"))).startsWith("it wrote more than");
        Filter none = new Filter(List.of(folder + "/none"), null, OnFailure.FAIL);
        assertThat(how(new FilterCheck(none, Map.of(), Map.of(), new SystemClock()).check(file(), FACTS)))
                .isEqualTo("No such file or directory");
    }

    @Test
    void failureThatIsToBeKeptKeepsTheAttachment() throws IOException {
        Result<PartCheck.Verdict> kept = check(file(), OnFailure.KEEP, Duration.ofSeconds(30), "exit 3");
        assertThat(kept)
                .isInstanceOfSatisfying(
                        Result.Ok.class, ok -> assertThat(ok.value()).isInstanceOf(PartCheck.AsItCame.class));
    }

    @Test
    void whatAProgramLeftBehindDoesNotHoldTheMailUp() throws IOException {
        assertThat(check(file(), OnFailure.FAIL, Duration.ofSeconds(20), "sleep 600 & exit 0"))
                .isEqualTo(Result.ok(new PartCheck.Fine()));
    }
}
