package ekiden.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanaryMarkTest {
    private static final UUID ID = UUID.fromString("0193a000-0000-7000-8000-0000000000ff");
    private static final CanaryMark MARK = new CanaryMark("key of this home");

    private static byte[] bytes(String header) {
        return header.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void markIsReadWhereItStands() {
        String mark = MARK.of(ID);
        assertThat(MARK.read(bytes("Ekiden-Canary: " + mark + "\r\n\r\n"))).contains(ID);
        assertThat(MARK.read(bytes("Subject: x\r\nEKIDEN-canary:" + mark + " \r\n\r\n")))
                .contains(ID);
        assertThat(MARK.read(bytes("Subject: x\nEkiden-Canary:\r\n " + mark + "\n\n")))
                .contains(ID);
        String other = MARK.of(new UUID(1, 2)).replace('.', '-');
        assertThat(MARK.read(bytes("Ekiden-Canary: " + other + "\r\nEkiden-Canary: " + mark + "\r\n\r\n")))
                .contains(ID);
    }

    @Test
    void codeIsTheHmacOfTheId() throws GeneralSecurityException {
        String key = "k".repeat(144);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String[] parts = new CanaryMark(key).of(ID).split("\\.");
        byte[] code = mac.doFinal(Base64.getUrlDecoder().decode(parts[0]));
        assertThat(Base64.getUrlDecoder().decode(parts[1])).isEqualTo(Arrays.copyOf(code, 16));
    }

    @Test
    void markOfAnotherHomeIsNone() {
        String forged = new CanaryMark("key of another home").of(ID);
        assertThat(MARK.read(bytes("Ekiden-Canary: " + forged + "\r\n\r\n"))).isEmpty();
    }

    @Test
    void markWithAnotherIdIsNone() {
        String mark = MARK.of(ID);
        String other = MARK.of(new UUID(1, 2));
        String mixed = other.substring(0, 22) + mark.substring(22);
        assertThat(MARK.read(bytes("Ekiden-Canary: " + mixed + "\r\n\r\n"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA", "____.____"})
    void otherWordsAreNone(String words) {
        assertThat(MARK.read(bytes("Ekiden-Canary: " + words + "\r\n\r\n"))).isEmpty();
    }

    @Test
    void noFieldIsTooLongToBeRead() {
        String blanks = " ".repeat(50_000);
        String folds = "\r\n ".repeat(50_000);
        String mark = MARK.of(ID);
        assertThat(MARK.read(bytes("Ekiden-Canary:" + blanks + "x\r\n\r\n"))).isEmpty();
        assertThat(MARK.read(bytes("Ekiden-Canary:" + folds + "x\r\n\r\n"))).isEmpty();
        assertThat(MARK.read(bytes("Ekiden-Canary:" + folds + mark + blanks + "\r\n\r\n")))
                .contains(ID);
    }

    @Test
    void markInAnotherFieldIsNone() {
        String mark = MARK.of(ID);
        assertThat(MARK.read(bytes("Subject: Ekiden-Canary: " + mark + "\r\nX-Ekiden-Canary: " + mark + "\r\n\r\n")))
                .isEmpty();
    }
}
