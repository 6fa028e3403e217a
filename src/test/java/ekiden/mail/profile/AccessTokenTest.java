package ekiden.mail.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessTokenTest {
    private static final Instant NOW = Instant.parse("2026-11-26T09:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "ya29.abc                                                                  | -",
                "ya29.abc~2026-11-26T10:00:00Z                                             | 2026-11-26T10:00:00Z",
                "ya29.abc~2026-11-26T19:00:00+09:00                                        | 2026-11-26T10:00:00Z",
                "ya29.abc~1795687200                                                       | 2026-11-26T10:00:00Z",
                "ya29.abc~soon                                                             | -",
                "{\"access_token\":\"ya29.abc\",\"expires_in\":3600,\"token_type\":\"B\"}  | 2026-11-26T10:00:00Z",
                "{\"access_token\": \"ya29.abc\", \"expires_on\": \"1795687200\"}          | 2026-11-26T10:00:00Z",
                "{\"accessToken\": \"ya29.abc\", \"expiresOn\": \"2026-11-26T10:00:00Z\"}  | 2026-11-26T10:00:00Z",
                "{\"access_token\": \"ya29.abc\", \"expires_at\": \"2026-11-26 10:00\"}    | -",
                "{\"token_type\":\"B\",\"access_token\":\"ya29.abc\"}                      | -"
            })
    void tokenAndItsEndAreFound(String text, String expires) {
        AccessToken token = AccessToken.of(new Secret(text.replace('~', '\n')), NOW);
        assertThat(token.secret().reveal()).isEqualTo("ya29.abc");
        assertThat(token.expires()).isEqualTo(expires == null ? null : Instant.parse(expires));
        assertThat(token.toString()).doesNotContain("ya29");
    }
}
