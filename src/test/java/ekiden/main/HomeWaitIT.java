package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.json.Json;
import ekiden.store.Definitions.Definition;
import ekiden.testing.ChildProcess;
import ekiden.testing.EkidenProcess;
import ekiden.testing.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code mail wait} on a profile of a home whose process runs: real processes, mails through the listener, either side killed. */
class HomeWaitIT {
    private static final Duration WITHIN = UpGround.WITHIN;
    private static final String TEMPORARY = "/mail-wait/orders/";

    @TempDir
    private Path folder;

    private @Nullable UpGround running;

    @BeforeEach
    void up() {
        running = new UpGround(folder).start();
    }

    @AfterEach
    void down() {
        ground().close();
    }

    private UpGround ground() {
        return Objects.requireNonNull(running);
    }

    private ChildProcess waiting(String... more) {
        List<String> words =
                new ArrayList<>(List.of("mail", "wait", "--home", ground().home.toString()));
        words.addAll(List.of(
                "--profile", "orders", "--state", folder.resolve("state").toString()));
        words.addAll(List.of(more));
        return EkidenProcess.of(words.toArray(String[]::new)).start();
    }

    private void send(String... subjects) {
        for (String subject : subjects) {
            assertThat(ground().deliver(UpGround.mail(subject, "\r\ntext of " + subject + "\r\n")))
                    .startsWith("250");
        }
    }

    private static List<String> subjects(ChildProcess process) {
        return process.lines(ChildProcess.Stream.OUT).stream()
                .filter(line -> line.startsWith("{"))
                .map(line -> String.valueOf(Json.readMap(line).get("subject")))
                .toList();
    }

    private String units() {
        return ground().cli("unit", "list").done().text();
    }

    private void nothingIsLeft() {
        assertThat(units()).doesNotContain(TEMPORARY);
        assertThat(ground().home.resolve("files/mail-wait"))
                .satisfiesAnyOf(
                        none -> assertThat(none).doesNotExist(),
                        empty -> assertThat(empty).isEmptyDirectory());
        assertThat(folder.resolve("state/home-unit")).doesNotExist();
    }

    @Test
    void mailsAreToldThroughTheHomeAndTheRestStaysUnread() {
        Path out = folder.resolve("flat");
        try (ChildProcess wait =
                waiting("--count", "2", "--save", out.toString(), "--body-name", "{n}-{subject}.txt")) {
            wait.awaitLine("READY", WITHIN);
            assertThat(units()).containsPattern(TEMPORARY + "[0-9a-f]+ .*temporary");
            send("one", "two", "three");
            assertThat(wait.awaitExit(WITHIN)).as(wait.told()).isZero();
            assertThat(subjects(wait)).containsExactly("one", "two");
        }
        assertThat(Stage.names(out)).containsExactlyInAnyOrder("1-one.txt", "2-two.txt");
        assertThat(ground().cli("mail", "list").text())
                .containsPattern("1 .* read .* one")
                .containsPattern("3 .* unread .* three");
        nothingIsLeft();
    }

    @Test
    void killedAndCalledAgainNoMailIsMissedAndNoneIsToldTwice() {
        List<String> told = new ArrayList<>();
        try (ChildProcess wait = waiting("--count", "4")) {
            wait.awaitLine("READY", WITHIN);
            send("one");
            wait.awaitLine("\"identity\"", WITHIN);
            ground().eventually("read", "mail", "list");
            // its receipt is durable when the home has let it go
            Eventually.within(
                    WITHIN,
                    "the mail is let go",
                    () -> Stage.names(ground().home.resolve("files/mail-wait")).isEmpty());
            told.addAll(subjects(wait));
            wait.kill();
        }
        send("two", "three");
        assertThat(units()).contains(TEMPORARY);
        try (ChildProcess wait = waiting("--count", "3", "--timeout", "30s")) {
            wait.awaitLine("READY", WITHIN);
            send("four");
            assertThat(wait.awaitExit(WITHIN)).as(wait.told()).isZero();
            told.addAll(subjects(wait));
        }
        assertThat(told).containsExactly("one", "two", "three", "four");
        nothingIsLeft();
    }

    @Test
    void unitOfACallThatNeverComesBackIsDeletedWithTheMailsThatItTook() {
        Path mails = ground().home.resolve("files/mail-wait");
        String unit;
        try (ChildProcess wait = waiting("--count", "2")) {
            wait.awaitLine("READY", WITHIN);
            unit = TEMPORARY + units().split(TEMPORARY, 2)[1].split(" ", 2)[0];
            wait.kill();
        }
        send("one");
        Eventually.within(
                WITHIN,
                "the mail is saved",
                () -> Files.exists(mails) && !Stage.names(mails).isEmpty());
        ground().eventually("Ended normally", "run", "list", unit);
        ground().cli("unit", "delete", unit).done();
        assertThat(mails).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void askedToEndItDeletesItsUnit(String signal) {
        try (ChildProcess wait = waiting("--count", "5")) {
            wait.awaitLine("READY", WITHIN);
            send("one");
            wait.awaitLine("\"identity\"", WITHIN);
            wait.signal(signal);
            assertThat(wait.awaitExit(WITHIN)).isIn(130, 143);
        }
        nothingIsLeft();
    }

    @Test
    void homeThatIsKilledAndStartedAgainIsWaitedFor() {
        try (ChildProcess wait = waiting("--count", "2", "--timeout", "60s")) {
            wait.awaitLine("READY", WITHIN);
            send("one");
            wait.awaitLine("\"identity\"", WITHIN);
            ground().kill();
            wait.awaitLine("EKDC0174-W", WITHIN);
            ground().start();
            send("two");
            assertThat(wait.awaitExit(WITHIN)).as(wait.told()).isZero();
            assertThat(subjects(wait)).containsExactly("one", "two");
        }
        nothingIsLeft();
    }

    @Test
    void timeRunsOutThoughTheHomeIsAwayAndWhatIsLeftIsNamedAndCanBeDeleted() {
        try (ChildProcess wait = waiting("--timeout", "4s")) {
            wait.awaitLine("READY", WITHIN);
            ground().kill();
            assertThat(wait.awaitExit(WITHIN)).isEqualTo(3);
            assertThat(wait.told()).contains("EKDC0177-W", TEMPORARY);
        }
        ground().start();
        String unit = units().lines()
                .filter(line -> line.startsWith(TEMPORARY))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow();
        ground().cli("unit", "delete", unit).done();
        assertThat(units()).doesNotContain(TEMPORARY);
        send("later");
        assertThat(ground().cli("mail", "list").text()).contains("unread");
    }

    @Test
    void callThatNeverComesBackHoldsNothingElseUp() {
        ground().program("load.sh", "#!/bin/sh\nexit 0\n").define("intake", """
                version: 1
                jobnet: /intake
                start: {receive-mail: {profile: orders, subject: [order]}}
                jobs: {load: {command: [./load.sh]}}
                """);
        try (ChildProcess wait = waiting("--count", "5", "--subject", "order")) {
            wait.awaitLine("READY", WITHIN);
            wait.kill();
        }
        send("order 1");
        ground().ended("/intake#1", "Ended normally");
        ground().eventually(" read ", "mail", "list");
        assertThat(units()).contains(TEMPORARY);
    }

    @Test
    void profileThatNobodyKnowsAndAnActionThatIsNotPossibleAreRefusedAsWithoutAProcess() {
        ground().cli("mail", "wait", "--profile", "nix").refused(7, "EKDB0026-E");
        ground().cli("mail", "wait", "--profile", "orders", "--after", "move:Done")
                .refused(7, "EKDC0163-E");
        assertThat(units()).doesNotContain(TEMPORARY);
    }

    @Test
    void withoutAStateThatOfTheProfileIsUsed() {
        try (ChildProcess wait = EkidenProcess.of(
                        "mail", "wait", "--home", ground().home.toString(), "--profile", "orders", "--count", "2")
                .start()) {
            wait.awaitLine("READY", WITHIN);
            assertThat(Files.exists(ground().home.resolve("wait/orders/home-unit")))
                    .isTrue();
            send("one");
            wait.awaitLine("\"identity\"", WITHIN);
            wait.kill();
        }
        ground().cli("mail", "wait", "--profile", "orders", "--timeout", "1s");
        assertThat(units()).doesNotContain(TEMPORARY);
    }

    @Test
    void mailboxAtAServerIsReadThroughTheHomeAndOneStateServesBothWays() throws IOException {
        Path place = Files.createDirectory(folder.resolve("imap"));
        String state = folder.resolve("both").toString();
        try (ImapGround imap = new ImapGround(place, "")) {
            String[] words = {"mail", "wait", "--home", imap.home.toString(), "--profile", "orders", "--state", state};
            imap.deliver("before");
            try (ChildProcess direct = EkidenProcess.of(words).run(WITHIN)) {
                assertThat(subjects(direct)).as(direct.told()).containsExactly("before");
            }
            try (Standalone up = imap.up();
                    ChildProcess through = EkidenProcess.of(words).start()) {
                through.awaitLine("READY", WITHIN);
                imap.deliver("during");
                imap.deliver("beyond the count");
                assertThat(through.awaitExit(WITHIN)).as(through.told()).isZero();
                assertThat(subjects(through)).containsExactly("during");
                assertThat(through.lines(ChildProcess.Stream.OUT).getLast()).containsPattern("orders/INBOX/[0-9]+/2\"");
                Eventually.within(
                        WITHIN,
                        "read and unread at the server",
                        () -> imap.asPerson("SELECT INBOX", "SEARCH UNSEEN").contains("* SEARCH 3"));
                List<Definition> left = up.store().read(tx -> tx.definitions().list());
                assertThat(left).isEmpty();
            }
        }
    }
}
