package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are told of a mail that some may have, or have. */
class UncertainWordsTest {
    private static String words(String id, Locale language) {
        return String.join(
                "\n", Catalogue.messages().lines(new Problem(id, MessageId.Kind.UNKNOWN, Map.of()), language));
    }

    @Test
    void whoseMailIsUncertainAfterARestartLearnsWhatToDoWithItsJob() {
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.JAPANESE}) {
            assertThat(words("EKDA0006-E", language)).contains("run rerun", "--assume-sent", "--resend");
        }
    }

    @Test
    void whileSomeAreStillOpenOthersMayHaveTheMail() {
        assertThat(words("EKDA0036-W", Locale.ENGLISH))
                .contains("not been sent to everybody yet", "others may have it")
                .doesNotContain("Nothing was delivered");
        assertThat(words("EKDS0006-W", Locale.ENGLISH))
                .doesNotContain("was refused")
                .contains("given up");
    }
}
