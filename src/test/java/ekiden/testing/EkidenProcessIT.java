package ekiden.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

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
