package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class NfcTest {
    private static String slow(String text) {
        return JisTwins.one(Normalizer.normalize(text, Normalizer.Form.NFC), false);
    }

    @Test
    void eachCharacterAloneAndBehindKanaAndLatinIsAsTheSlowWaySays() {
        for (String before : new String[] {"", "a", "か", "注文書は", "No. 12か", "abc e"}) {
            for (int c = 0; c <= Character.MAX_VALUE; c++) {
                String text = before + (char) c + "文";
                assertThat(Nfc.of(text)).as("U+%04X behind %s", c, before).isEqualTo(slow(text));
            }
        }
    }

    @Test
    void aMarkThatJoinsAtAnyPlaceAroundTheEndOfAPieceIsJoined() {
        for (int length = 0; length < 2 * Fours.PIECE + 9; length++) {
            String text = "注".repeat(length) + "か\u3099";
            assertThat(Nfc.of(text)).as("behind %d", length).isEqualTo("注".repeat(length) + "が");
        }
    }

    @Test
    void aTwinAtAnyPlaceBecomesTheOtherOne() {
        for (int length = 0; length < Fours.PIECE + 9; length++) {
            String text = "注".repeat(length) + "\uff5e" + "文".repeat(5);
            assertThat(Nfc.of(text)).as("behind %d", length).isEqualTo("注".repeat(length) + "\u301c" + "文".repeat(5));
        }
    }

    @Test
    void textThatIsSoAlreadyIsNotCopied() {
        String text = "注文書 No. 12345 ".repeat(100);
        assertThat(Nfc.of(text)).isSameAs(text);
        assertThat(Nfc.of("")).isEmpty();
    }
}
