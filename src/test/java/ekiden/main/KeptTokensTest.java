package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.config.SettingsMessage;
import ekiden.mail.profile.AccessToken;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Row of the peers: a token asked for at every poll, until its issuer revoked it. */
class KeptTokensTest {
    private static final SecretSource COMMAND = new SecretSource.FromCommand(List.of("fetch-token"));
    private static final SecretSource FILE = new SecretSource.FromFile("token");
    private static final Duration LIFE = Duration.ofHours(1);

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Clock clock = new Clock() {
        @Override
        public Instant now() {
            return now;
        }

        @Override
        public long nanos() {
            return 0;
        }
    };
    private int asked;
    private String end = "";
    private final KeptTokens tokens =
            new KeptTokens(source -> Result.ok(new Secret("t" + ++asked + "\n" + end)), clock);

    private String token(SecretSource source) {
        return given(source).secret().reveal();
    }

    private AccessToken given(SecretSource source) {
        return ((Result.Ok<AccessToken>) tokens.token(source)).value();
    }

    private void ends(Duration in) {
        end = now.plus(in).toString();
    }

    @Test
    void tokenOfACommandIsNotAskedForAtEachLogInButBeforeItEnds() {
        ends(LIFE);
        assertThat(token(COMMAND)).isEqualTo("t1");
        now = now.plus(LIFE).minus(KeptTokens.AHEAD).minusMillis(1);
        assertThat(token(COMMAND)).isEqualTo("t1");
        now = now.plusMillis(1);
        ends(LIFE);
        assertThat(token(COMMAND)).isEqualTo("t2");
        assertThat(token(COMMAND)).isEqualTo("t2");
    }

    @Test
    void tokenWithoutAnEndIsAskedForAtEachLogIn() {
        assertThat(token(COMMAND)).isEqualTo("t1");
        assertThat(token(COMMAND)).isEqualTo("t2");
    }

    @Test
    void tokenInAFileIsReadAtEachLogInForItMayBeRenewedThere() {
        ends(LIFE);
        assertThat(token(FILE)).isEqualTo("t1");
        assertThat(token(FILE)).isEqualTo("t2");
    }

    @Test
    void tokenThatWasRevokedBeforeItsEndIsAskedForAnewAtOnceButNotForEver() {
        ends(LIFE);
        Secret first = given(COMMAND).secret();
        assertThat(tokens.refused(COMMAND, first)).as("new, and no good").isFalse();
        Secret second = given(COMMAND).secret();
        assertThat(given(COMMAND).secret()).isSameAs(second);
        assertThat(tokens.refused(COMMAND, first))
                .as("another than the kept one")
                .isFalse();
        assertThat(tokens.refused(COMMAND, second)).as("an older one").isTrue();
        assertThat(token(COMMAND)).isEqualTo("t3");
    }

    @Test
    void commandThatGivesNoTokenIsToldAndAskedAgain() {
        Problem problem = Problem.of(SettingsMessage.SECRET_ENVIRONMENT, "variable", "X");
        KeptTokens none = new KeptTokens(source -> Result.failed(problem), clock);
        assertThat(none.token(COMMAND)).isEqualTo(Result.failed(problem));
    }
}
