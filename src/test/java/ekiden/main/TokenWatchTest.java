package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.ThreadTasks;
import ekiden.config.HomePaths;
import ekiden.config.MailSettings;
import ekiden.config.SettingsMessage;
import ekiden.config.SettingsReading;
import ekiden.config.SettingsYaml;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TokenWatchTest {
    private static final SecretSource COMMAND = new SecretSource.FromCommand(List.of("fetch-token"));
    private static final String RECEIVE = "receive: {imap: {host: h, user: u, token: {%1$s}}}";
    private static final String SEND = "send: {smtp: {host: h, user: u, token: {%1$s}}, from: a@b}";
    private static final Duration LIFE = Duration.ofHours(1);
    private static final Duration SOON = LIFE.minus(KeptTokens.AHEAD);

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
    private final ThreadTasks tasks = new ThreadTasks();
    private Result<Secret> next = Result.ok(new Secret("t"));
    private String source = "command: [fetch-token]";
    private String side = RECEIVE;
    private int asked;
    private final KeptTokens tokens = new KeptTokens(
            source -> {
                asked++;
                return next;
            },
            clock);
    private Map<String, Problem> open = Map.of();
    private final TokenWatch watch =
            new TokenWatch(this::settings, tokens, told -> open = told, clock, tasks, () -> false);

    @AfterEach
    void end() {
        tasks.close();
    }

    private MailSettings settings() {
        String text = "version: 1\nmail: {profiles: {p: {" + side.formatted(source) + "}}}\n";
        return switch (SettingsYaml.read(new HomePaths(Path.of("/srv/e")), text)) {
            case SettingsReading.Usable usable -> usable.settings().mail();
            case SettingsReading.Wrong wrong -> throw new AssertionError(wrong);
        };
    }

    private void gives(Duration life) {
        next = Result.ok(new Secret("t" + asked + "\n" + now.plus(life)));
    }

    private void logIn() {
        assertThat(tokens.token(COMMAND)).isInstanceOf(Result.Ok.class);
    }

    @Test
    void tokenThatLastsOrDoesNotSayItsEndOrWasNeverAskedForIsLeftAlone() {
        watch.look();
        logIn();
        watch.look();
        gives(LIFE);
        logIn();
        now = now.plus(SOON).minusMillis(1);
        watch.look();
        assertThat(asked).isEqualTo(2);
        assertThat(open).isEmpty();
    }

    @Test
    void tokenThatEndsSoonIsRenewedWhileAConnectionLasts() {
        gives(LIFE);
        logIn();
        now = now.plus(SOON);
        gives(LIFE);
        watch.look();
        assertThat(asked).isEqualTo(2);
        assertThat(open).isEmpty();
        assertThat(tokens.end(COMMAND)).contains(now.plus(LIFE));
    }

    @Test
    void tokenOfASendingSideIsWatchedAsWell() {
        side = SEND;
        gives(LIFE);
        logIn();
        now = now.plus(SOON);
        next = Result.failed(SettingsMessage.SECRET_ENVIRONMENT, "variable", "X");
        watch.look();
        assertThat(open).containsOnlyKeys("token/p/send");
        assertThat(Objects.requireNonNull(open.get("token/p/send")).id()).isEqualTo("EKDM0672-W");
        side = RECEIVE + ", " + SEND;
        watch.look();
        assertThat(open).as("one token of both sides is told once").containsOnlyKeys("token/p");
        gives(LIFE);
        watch.look();
        assertThat(open).isEmpty();
    }

    @Test
    void tokenThatCannotBeRenewedIsToldOnceAndUntilThereIsAnother() {
        gives(LIFE);
        Instant end = now.plus(LIFE);
        logIn();
        now = now.plus(SOON);
        next = Result.failed(SettingsMessage.SECRET_ENVIRONMENT, "variable", "X");
        watch.look();
        Map<String, Problem> first = open;
        assertThat(first).containsOnlyKeys("token/p");
        assertThat(Objects.requireNonNull(first.get("token/p")).values())
                .containsEntry("until", end.toString())
                .containsEntry("reason", SettingsMessage.SECRET_ENVIRONMENT.id());
        now = now.plus(KeptTokens.AHEAD);
        watch.look();
        assertThat(open).as("the same after its end").isEqualTo(first);
        assertThat(asked).as("after its end log-ins ask").isEqualTo(2);
        gives(LIFE);
        logIn();
        watch.look();
        assertThat(open).isEmpty();
    }

    @Test
    void tokenInAFileThatIsRenewedAfterItsEndIsNoticedWithoutALogIn() {
        source = "file: token";
        SecretSource file = new SecretSource.FromFile("token");
        gives(LIFE);
        assertThat(tokens.token(file)).isInstanceOf(Result.Ok.class);
        now = now.plus(LIFE).plusSeconds(30);
        watch.look();
        assertThat(open).containsOnlyKeys("token/p");
        gives(LIFE);
        watch.look();
        assertThat(open).isEmpty();
    }

    @Test
    void sameTokenAgainIsNoNewerOne() {
        gives(LIFE);
        logIn();
        now = now.plus(SOON);
        watch.look();
        assertThat(open).containsOnlyKeys("token/p");
        assertThat(Objects.requireNonNull(open.get("token/p")).values()).containsEntry("reason", "-");
    }

    @Test
    void wallClockThatJumpsBackMakesATokenLastAndOneThatJumpsFarEndsIt() {
        gives(LIFE);
        logIn();
        now = now.plus(Duration.ofDays(1));
        watch.look();
        assertThat(open).containsOnlyKeys("token/p");
        assertThat(asked).isEqualTo(1);
        now = now.minus(Duration.ofDays(2));
        watch.look();
        assertThat(open).isEmpty();
    }
}
