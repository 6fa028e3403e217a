package ekiden.mail.sasl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SaslTest {
    private static final ScramLimits LIMITS = ScramLimits.DEFAULT;
    private static final String SERVER_NONCE = "rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0";
    private static final String SERVER_FIRST = "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String first(Mechanism mechanism) {
        return text(Objects.requireNonNull(mechanism.first()));
    }

    private static String next(Mechanism mechanism, String challenge) {
        return switch (mechanism.next(bytes(challenge))) {
            case Mechanism.Answer answer -> text(answer.bytes());
            case Mechanism.Wrong(String reason) -> "wrong: " + reason;
        };
    }

    private static Scram sha256() {
        return new Scram(Scram.Hash.SHA_256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO", LIMITS);
    }

    @Test
    void scramSha256IsThatOfRfc7677() {
        Scram scram = sha256();
        assertThat(scram.name()).isEqualTo("SCRAM-SHA-256");
        assertThat(first(scram)).isEqualTo("n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
        assertThat(next(scram, SERVER_FIRST))
                .isEqualTo("c=biws,r=" + SERVER_NONCE + ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
        assertThat(scram.done()).isFalse();
        assertThat(next(scram, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .isEmpty();
        assertThat(scram.done()).isTrue();
        assertThat(next(scram, "v=x")).startsWith("wrong");
    }

    @Test
    void scramSha1IsThatOfRfc5802() {
        Scram scram = new Scram(Scram.Hash.SHA_1, "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL", LIMITS);
        assertThat(first(scram)).isEqualTo("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL");
        String both = "fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j";
        assertThat(next(scram, "r=" + both + ",s=QSXCR+Q6sek8bf92,i=4096"))
                .isEqualTo("c=biws,r=" + both + ",p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
        assertThat(next(scram, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=")).isEmpty();
        assertThat(scram.done()).isTrue();
    }

    /** The other way to the same bytes is the JDK's own PBKDF2. */
    @Test
    void passwordLongerThanABlockOfTheHashIsTheSameForBothSides() throws GeneralSecurityException {
        for (int length : List.of(63, 64, 65, 200)) {
            String password = "p".repeat(length);
            Scram scram = new Scram(Scram.Hash.SHA_256, "user", password, "n", LIMITS);
            String serverFirst = "r=nm,s=c2FsdA==,i=4096";
            assertThat(next(scram, serverFirst)).startsWith("c=biws,r=nm,p=");
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), bytes("salt"), 4096, 256))
                    .getEncoded();
            String all = "n=user,r=n," + serverFirst + ",c=biws,r=nm";
            byte[] signature = mac(mac(salted, "Server Key"), all);
            assertThat(next(scram, "v=" + Base64.getEncoder().encodeToString(signature)))
                    .isEmpty();
            assertThat(scram.done()).isTrue();
        }
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    @Test
    void serverThatDoesNotProveItselfIsNotBelieved() {
        Scram scram = sha256();
        assertThat(next(scram, SERVER_FIRST)).startsWith("c=");
        assertThat(next(scram, "v=AAAATRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="))
                .startsWith("wrong");
        assertThat(scram.done()).isFalse();
    }

    @Test
    void scramTellsWhyItWasRefused() {
        Scram scram = sha256();
        assertThat(next(scram, SERVER_FIRST)).startsWith("c=");
        assertThat(next(scram, "e=invalid-proof")).isEmpty();
        assertThat(scram.refusal()).isEqualTo("invalid-proof");
        assertThat(scram.done()).isFalse();
    }

    @Test
    void iterationsHaveALimitBelowAndAbove() {
        String some = "r=" + SERVER_NONCE + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=";
        assertThat(next(sha256(), some + (LIMITS.leastIterations() - 1))).isEqualTo("wrong: 4095 iterations");
        assertThat(next(sha256(), some + (LIMITS.mostIterations() + 1))).isEqualTo("wrong: 1000001 iterations");
        assertThat(next(sha256(), some + "0")).startsWith("wrong");
        assertThat(next(sha256(), some + "99999999999")).startsWith("wrong");
    }

    @Test
    void messageOfTheServerHasALimit() {
        String padding = ",x=" + "y".repeat(LIMITS.messageBytes() - SERVER_FIRST.length() - 3);
        assertThat(next(sha256(), SERVER_FIRST + padding)).startsWith("c=");
        assertThat(next(sha256(), SERVER_FIRST + padding + "y")).startsWith("wrong");
    }

    @Test
    void messagesThatAreNotScramAreRefused() {
        assertThat(next(sha256(), "r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                .startsWith("wrong");
        assertThat(next(sha256(), "r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"))
                .startsWith("wrong");
        assertThat(next(sha256(), "r=" + SERVER_NONCE + ",s=!!,i=4096")).startsWith("wrong");
        assertThat(next(sha256(), "m=ext," + SERVER_FIRST)).startsWith("wrong");
        assertThat(next(sha256(), "")).startsWith("wrong");
    }

    @Test
    void namesWithCommaAndEqualsSignAreWrittenAsCodes() {
        Scram scram = new Scram(Scram.Hash.SHA_256, "a,b=c", "x", "n", LIMITS);
        assertThat(first(scram)).isEqualTo("n,,n=a=2Cb=3Dc,r=n");
    }

    @Test
    void passwordsThatLookTheSameAreTheSame() {
        assertThat(SaslPrep.prepare("I\u00ADX")).isEqualTo("IX");
        assertThat(SaslPrep.prepare("\u00AA")).isEqualTo("a");
        assertThat(SaslPrep.prepare("\u2168")).isEqualTo("IX");
        assertThat(SaslPrep.prepare("a\u3000b")).isEqualTo("a b");
        assertThat(SaslPrep.prepare("user")).isEqualTo("user");
    }

    @Test
    void plainIsThatOfRfc4616() {
        Plain plain = new Plain("tim", "tanstaaftanstaaf");
        assertThat(first(plain)).isEqualTo("\0tim\0tanstaaftanstaaf");
        assertThat(next(plain, "")).startsWith("wrong");
    }

    @Test
    void loginAnswersTwoQuestions() {
        PromptedLogin login = new PromptedLogin("taro", "秘密");
        assertThat(login.first()).isNull();
        assertThat(next(login, "Username:")).isEqualTo("taro");
        assertThat(login.done()).isFalse();
        assertThat(next(login, "Password:")).isEqualTo("秘密");
        assertThat(login.done()).isTrue();
        assertThat(next(login, "More:")).startsWith("wrong");
    }

    @Test
    void bearerIsThatOfRfc7628AndAnswersARefusal() {
        OAuthBearer bearer = new OAuthBearer(
                "user@example.com", "server.example.com", 143, "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==");
        assertThat(first(bearer))
                .isEqualTo("n,a=user@example.com,\1host=server.example.com\1port=143\1"
                        + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\1\1");
        assertThat(bearer.done()).isTrue();
        assertThat(next(bearer, "{\"status\":\"invalid_token\",\"scope\":\"example_scope\"}"))
                .isEqualTo("\1");
        assertThat(bearer.refusal()).isEqualTo("invalid_token");
        assertThat(bearer.done()).isFalse();
        assertThat(next(bearer, "{}")).startsWith("wrong");
    }

    @Test
    void xoauth2AnswersARefusalWithNothing() {
        XOAuth2 bearer = new XOAuth2("someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
        assertThat(first(bearer))
                .isEqualTo("user=someuser@example.com\1auth=Bearer ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg\1\1");
        assertThat(next(bearer, "{\"status\":\"400\",\"schemes\":\"Bearer\"}")).isEmpty();
        assertThat(bearer.refusal()).isEqualTo("400");
        assertThat(bearer.done()).isFalse();
    }

    @Test
    void nothingShowsASecret() {
        for (Mechanism mechanism : new Mechanism[] {
            new Plain("u", "hunter2"), new PromptedLogin("u", "hunter2"), sha256(), new XOAuth2("u", "hunter2")
        }) {
            assertThat(mechanism.toString()).doesNotContain("hunter2");
        }
    }
}
