package ekiden.mail.send.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.send.MailSenderContract;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendProgress;
import ekiden.model.definition.IfRefused;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.ScriptedSmtpServer.Act;
import ekiden.testing.ScriptedSmtpServer.Step;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpLoginTest {
    private static final String ALL = "AUTH LOGIN PLAIN SCRAM-SHA-256 XOAUTH2 OAUTHBEARER";

    private final ThreadTasks tasks = new ThreadTasks();
    private final Clock clock = new SystemClock();
    private final ScriptedSmtpServer server =
            ScriptedSmtpServer.start().login("taro", "secret").offers(ALL);

    @AfterEach
    void close() {
        server.close();
        tasks.close();
    }

    /** Gives one key after the other, the last one for ever; an older one may be refused. */
    private static final class Keys implements Credentials {
        private final List<Key> keys;
        private int refused;

        Keys(Key... keys) {
            this.keys = new ArrayList<>(List.of(keys));
        }

        @Override
        public String user() {
            return "taro";
        }

        @Override
        public Result<Key> key() {
            return Result.ok(keys.getFirst());
        }

        @Override
        public boolean refused(Key key) {
            refused++;
            return keys.size() > 1 && keys.remove(key);
        }
    }

    private static Credentials.Key password(String text) {
        return new Credentials.Password(new Secret(text));
    }

    private static Credentials.Key token(String text) {
        return new Credentials.Token(new Secret(text), Instant.parse("2020-01-01T00:00:00Z"));
    }

    private Result<String> enter(Authentication how, Credentials credentials) {
        SmtpSettings settings = SmtpSettings.plain("127.0.0.1", server.port())
                .withLogin("taro", false)
                .with(how);
        try (SmtpPool pool = new SmtpPool(List.of(settings), PoolLimits.DEFAULT, credentials, clock, tasks)) {
            return pool.probe();
        }
    }

    private static String told(Result<String> result) {
        return switch (result) {
            case Result.Ok<String> ok -> "in";
            case Result.Failed<String>(Problem problem) -> problem.toString();
        };
    }

    private List<String> mechanisms() {
        return server.lines().stream()
                .filter(line -> line.startsWith("AUTH "))
                .map(line -> line.split(" ")[1])
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTH LOGIN PLAIN SCRAM-SHA-256 XOAUTH2 | SCRAM-SHA-256",
                "AUTH XOAUTH2 LOGIN PLAIN               | PLAIN",
                "AUTH XOAUTH2 LOGIN                     | LOGIN"
            })
    void passwordGoesTheBestWayThatIsOffered(String offered, String used) {
        server.offers(offered);

        assertThat(told(enter(Authentication.AUTO, new Keys(password("secret")))))
                .isEqualTo("in");
        assertThat(mechanisms()).containsExactly(used);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"AUTH LOGIN PLAIN XOAUTH2 | XOAUTH2", "AUTH PLAIN XOAUTH2 OAUTHBEARER | OAUTHBEARER"})
    void tokenGoesOnlyWhereTokensGo(String offered, String used) {
        server.offers(offered);

        assertThat(told(enter(Authentication.AUTO, new Keys(token("secret"))))).isEqualTo("in");
        assertThat(mechanisms()).containsExactly(used);
        server.offers("AUTH PLAIN LOGIN");
        assertThat(told(enter(Authentication.AUTO, new Keys(token("secret"))))).contains(SendMessage.NO_LOGIN.id());
    }

    @Test
    void lineThatAServerQuotesShowsNoPassword() {
        String quoted = "AHRhcm8Ac2VjcmV0";
        server.on(Step.AUTH, quoted, 1, new Act.Say("535 5.7.8 what is " + quoted + "?"));

        assertThat(told(enter(Authentication.PLAIN, new Keys(password("secret")))))
                .contains("EKDM0513-E", "what is …?")
                .doesNotContain(quoted);
    }

    private static OutgoingMail mail() {
        byte[] bytes = "Subject: s\r\n\r\ntext\r\n".getBytes(StandardCharsets.US_ASCII);
        return new OutgoingMail(
                "sender@localhost",
                List.of("b@example.jp"),
                "<quoted@smtp>",
                OutgoingMail.Form.SEVEN_BIT,
                MailSenderContract.content(bytes),
                IfRefused.EACH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PLAIN | MAIL        | 550 you are s3cret-word czNjcmV0LXdvcmQ= AHRhcm8AczNjcmV0LXdvcmQ=",
                "LOGIN | MAIL        | 421 you are s3cret-word czNjcmV0LXdvcmQ= S3CRET-WORD",
                "PLAIN | RCPT        | 550 you are s3cret-word czNjcmV0LXdvcmQ= AHRhcm8AczNjcmV0LXdvcmQ=",
                "PLAIN | DATA        | 451 you are s3cret-word czNjcmV0LXdvcmQ= AHRhcm8AczNjcmV0LXdvcmQ=",
                "LOGIN | END_OF_DATA | 554 you are s3cret-word czNjcmV0LXdvcmQ= s3cret-word",
                "PLAIN | END_OF_DATA | 250 you are s3cret-word czNjcmV0LXdvcmQ= AHRhcm8AczNjcmV0LXdvcmQ="
            })
    void passwordThatTheServerQuotesLaterIsNeverShown(Authentication how, Step step, String words) {
        server.login("taro", "s3cret-word").on(step, new Act.Say(words));
        SmtpSettings settings = SmtpSettings.plain("127.0.0.1", server.port())
                .withLogin("taro", false)
                .with(how);
        Credentials keys = new Keys(password("s3cret-word"));
        try (SmtpPool pool = new SmtpPool(List.of(settings), PoolLimits.DEFAULT, keys, clock, tasks)) {
            String outcome = pool.submit(mail(), SendProgress.NONE).toString();
            assertThat(outcome).contains("you are … …", "…");
            assertThat(outcome.toLowerCase(Locale.ROOT)).doesNotContain("s3cret", "cznjcmv0", "ahrhcm8");
        }
    }

    @Test
    void settingsMayNameTheMechanism() {
        assertThat(told(enter(Authentication.LOGIN, new Keys(password("secret")))))
                .isEqualTo("in");
        assertThat(mechanisms()).containsExactly("LOGIN");
        assertThat(told(enter(Authentication.SCRAM_SHA_1, new Keys(password("secret")))))
                .contains(SendMessage.NO_LOGIN.id());
    }

    @Test
    void passwordNeverTravelsWithScram() {
        assertThat(told(enter(Authentication.SCRAM_SHA_256, new Keys(password("秘密 =,")))))
                .contains("EKDM0513-E");
        server.login("taro", "秘密 =,");
        assertThat(told(enter(Authentication.SCRAM_SHA_256, new Keys(password("秘密 =,")))))
                .isEqualTo("in");
    }

    @Test
    void serverThatDoesNotProveItselfIsNotBelieved() {
        server.login("taro", "other").falseServer();

        assertThat(told(enter(Authentication.SCRAM_SHA_256, new Keys(password("secret")))))
                .contains(SendMessage.FALSE_SERVER.id());
        server.on(Step.AUTH, "", 1, new Act.Say("235 2.7.0 welcome, whoever you are"));
        assertThat(told(enter(Authentication.SCRAM_SHA_256, new Keys(password("secret")))))
                .contains(SendMessage.FALSE_SERVER.id());
    }

    @ParameterizedTest
    @CsvSource({"XOAUTH2", "OAUTHBEARER"})
    void refusedTokenIsToldWithItsEndAndNeverShown(Authentication how) {
        server.on(Step.AUTH, "", 1, new Act.Say("535 5.7.8 you sent ya29.old"));

        assertThat(told(enter(how, new Keys(token("ya29.old")))))
                .contains(SendMessage.TOKEN_REFUSED.id(), "2020-01-01T00:00:00Z")
                .doesNotContain("ya29.old");
        assertThat(told(enter(how, new Keys(token("ya29.old")))))
                .contains(SendMessage.TOKEN_REFUSED.id(), "invalid_token");
    }

    @ParameterizedTest
    @CsvSource({"XOAUTH2", "OAUTHBEARER"})
    void tokenThatHasExpiredIsRenewedOnce(Authentication how) {
        Keys keys = new Keys(token("old"), token("secret"));

        assertThat(told(enter(how, keys))).isEqualTo("in");
        assertThat(mechanisms()).hasSize(2);
        assertThat(keys.refused).isEqualTo(1);

        Keys worse = new Keys(token("old"), token("old too"), token("secret"));
        assertThat(told(enter(how, worse))).contains(SendMessage.TOKEN_REFUSED.id());
        assertThat(worse.refused).isEqualTo(1);
    }

    @Test
    void longTokenGoesInALineOfItsOwn() {
        String token = "x".repeat(11_000);
        server.login("taro", token);

        assertThat(told(enter(Authentication.XOAUTH2, new Keys(token(token))))).isEqualTo("in");
        assertThat(server.lines()).contains("AUTH XOAUTH2");
    }

    @Test
    void questionsWithoutEndAreAnsweredOnlySoOften() {
        server.on(Step.AUTH, new Act.Say("334 "));

        assertThat(told(enter(Authentication.PLAIN, new Keys(password("secret")))))
                .contains(SendMessage.FALSE_SERVER.id());
    }
}
