package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.SystemClock;
import ekiden.config.HomePaths;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalTest {
    @TempDir
    private Path home;

    private Path folder() {
        return home.resolve("rehearsal");
    }

    @Test
    void rehearsalThatIsOverLeavesNothing() {
        Rehearsal rehearsal = Rehearsal.begin(new HomePaths(home), new SystemClock());
        assertThat(folder()).isDirectory();
        rehearsal.goOn(false);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void mailsOfAServerAreRehearsedWhereTheProcessReadsSome() {
        Rehearsal rehearsal = Rehearsal.begin(new HomePaths(home), new SystemClock());
        rehearsal.goOn(true);
        assertThat(rehearsal.ended()).isEqualTo(2 * Rehearsal.MAILS);
        assertThat(folder()).doesNotExist();
    }

    @Test
    void processThatEndsInTheMiddleOfItWaitsForTheMailOnItsWay() {
        Rehearsal rehearsal = Rehearsal.begin(new HomePaths(home), new SystemClock());
        CompletableFuture<Void> goesOn = new CompletableFuture<>();
        // not in the common pool, whose only thread on two processors hears of the end of the commands
        Thread.ofPlatform().start(() -> {
            rehearsal.goOn(true);
            goesOn.complete(null);
        });
        rehearsal.close();
        assertThat(folder()).doesNotExist();
        goesOn.orTimeout(20, TimeUnit.SECONDS).join();
        assertThat(folder()).doesNotExist();
    }

    @Test
    void whatAFormerOneLeftIsNotInItsWay() throws Exception {
        Files.createDirectories(folder().resolve("spool"));
        Files.writeString(folder().resolve("spool/left"), "x");
        Rehearsal rehearsal = Rehearsal.begin(new HomePaths(home), new SystemClock());
        assertThat(folder().resolve("spool/left")).doesNotExist();
        rehearsal.close();
        assertThat(folder()).doesNotExist();
    }
}
