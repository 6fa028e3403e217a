package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModifiedUtf7Test {
    @ParameterizedTest
    @CsvSource({
        "INBOX, INBOX",
        "A&B, A&-B",
        "~peter/mail/台北/日本語, '~peter/mail/&U,BTFw-/&ZeVnLIqe-'",
        "受信トレイ, &U9dP4TDIMOwwpA-",
        "😀, &2D3eAA-"
    })
    void namesAreThoseOfTheRfcAndOfServers(String name, String wire) {
        assertThat(ModifiedUtf7.encode(name)).isEqualTo(wire);
        assertThat(ModifiedUtf7.decode(wire)).isEqualTo(name);
    }

    @Test
    void whatIsNotWellFormedStaysAsItCame() {
        assertThat(ModifiedUtf7.decode("&a")).isEqualTo("&a");
        assertThat(ModifiedUtf7.decode("&!!-x")).isEqualTo("&!!-x");
        assertThat(ModifiedUtf7.decode("&2D0-")).isEqualTo("&2D0-");
        assertThat(ModifiedUtf7.decode("日本語")).isEqualTo("日本語");
    }

    @Property
    void everyNameComesBack(@ForAll @StringLength(max = 30) String name) {
        // half a surrogate pair is no character and no name
        String whole = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        String wire = ModifiedUtf7.encode(whole);
        assertThat(wire.chars().allMatch(c -> c >= 0x20 && c < 0x7F)).isTrue();
        assertThat(ModifiedUtf7.decode(wire)).isEqualTo(whole);
    }
}
