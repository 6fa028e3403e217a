package ekiden.mail.send.sendmail;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.profile.Send.Tag;
import org.junit.jupiter.api.Test;

class SenderTagTest {
    @Test
    void everyMailHasASenderOfItsOwnAndKeepsIt() {
        String one = SenderTag.tagged("jobs@example.jp", "<1@x>", Tag.PLUS);
        assertThat(one).matches("jobs\\+ek[0-9a-f]{16}@example\\.jp");
        assertThat(SenderTag.tagged("jobs@example.jp", "<1@x>", Tag.PLUS)).isEqualTo(one);
        assertThat(SenderTag.tagged("jobs@example.jp", "<2@x>", Tag.PLUS)).isNotEqualTo(one);
        assertThat(SenderTag.tagged("jobs@example.jp", "<1@x>", Tag.MINUS)).isEqualTo(one.replace('+', '-'));
        assertThat(SenderTag.tagged("jobs@example.jp", "<1@x>", Tag.NONE)).isEqualTo("jobs@example.jp");
    }

    @Test
    void senderThatCannotBearAMarkStaysAsItIs() {
        String longest = "a".repeat(64 - "+ek0123456789abcdef".length());
        assertThat(SenderTag.tagged(longest + "@x.jp", "<1@x>", Tag.PLUS)).startsWith(longest + "+ek");
        for (String sender : new String[] {"", longest + "a@x.jp", "\"a b\"@x.jp", "nobody"}) {
            assertThat(SenderTag.tagged(sender, "<1@x>", Tag.PLUS)).isEqualTo(sender);
        }
    }
}
