package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting the built product. */
class EkidenProcessIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void helpEndsWithZeroAndSaysSomething() {
        try (ChildProcess help = EkidenProcess.of("--help").run(SOON)) {
            assertThat(help.exit()).hasValue(0);
            assertThat(help.lines(ChildProcess.Stream.OUT)).isNotEmpty();
        }
    }

    /** As under cron and systemd, and where the locale that is named is not installed. */
    @Test
    void japaneseFileNamesNeedNoLocale() {
        for (String locale : List.of("C", "POSIX", "xx_XX.UTF-8")) {
            try (ChildProcess relay = EkidenProcess.of("quickstart", "--exit")
                    .environment("LC_ALL", locale)
                    .run(SOON)) {
                assertThat(relay.exit()).as(relay.told()).hasValue(0);
                assertThat(relay.lines()).anySatisfy(line -> assertThat(line).contains("注文書.csv"));
                assertThat(home(relay)).doesNotExist();
            }
        }
    }

    private static Path home(ChildProcess quickstart) {
        String line = quickstart.awaitLine("(temporary)", SOON);
        return Path.of(line.replaceAll("^.*home: | \\(temporary\\).*$", ""));
    }

    @Test
    void quickstartThatIsEndedByCtrlCRemovesItsHome() {
        try (ChildProcess quickstart =
                EkidenProcess.of("quickstart").environment("LC_ALL", "C").start()) {
            quickstart.awaitLine("try: ekiden run list", SOON);
            Path home = home(quickstart);
            assertThat(home).isDirectory();
            quickstart.signal("INT");
            quickstart.awaitExit(SOON);
            assertThat(home).doesNotExist();
            quickstart.awaitLine("home removed: " + home, SOON);
        }
    }

    @Test
    void quickstartKeepsAHomeInWhichSomethingElseHasRun() throws IOException {
        try (ChildProcess quickstart =
                EkidenProcess.of("quickstart").environment("LC_ALL", "C").start()) {
            quickstart.awaitLine("try: ekiden run list", SOON);
            Path home = home(quickstart);
            try (ChildProcess start = EkidenProcess.of("run", "start", "/quickstart/order-intake")
                    .home(home)
                    .run(SOON)) {
                assertThat(start.exit()).as(start.told()).hasValue(0);
            }
            quickstart.signal("INT");
            quickstart.awaitExit(SOON);
            quickstart.awaitLine("the home stays", SOON);
            assertThat(home).isDirectory();
            delete(home);
        }
    }

    /** The job fails, because the program that its script calls first ends it. */
    @Test
    void quickstartThatFailsKeepsItsHomeAndSaysWhere(@TempDir Path bin) throws IOException {
        Path date = bin.resolve("date");
        Files.writeString(date, "#!/bin/sh\nkill -9 $PPID\n");
        Files.setPosixFilePermissions(date, PosixFilePermissions.fromString("rwx------"));
        try (ChildProcess relay = EkidenProcess.of("quickstart", "--exit")
                .environment("LC_ALL", "C")
                .environment("PATH", bin + ":" + System.getenv("PATH"))
                .run(SOON)) {
            assertThat(relay.exit().orElseThrow()).as(relay.told()).isNotZero();
            Path home = home(relay);
            assertThat(home).isDirectory();
            assertThat(relay.lines())
                    .anyMatch(line -> line.contains("the home stays") && line.endsWith(home.toString()));
            delete(home);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Test
    void languageIsStillTheOneOfTheEnvironment() {
        try (ChildProcess japanese = EkidenProcess.of("--help")
                        .environment("LC_ALL", "ja_JP.UTF-8")
                        .run(SOON);
                ChildProcess english =
                        EkidenProcess.of("--help").environment("LC_ALL", "C").run(SOON)) {
            assertThat(String.join("\n", japanese.lines())).contains("メール");
            assertThat(String.join("\n", english.lines())).contains("mail").doesNotContain("メール");
        }
    }
}
