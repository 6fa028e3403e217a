package ekiden.mail.receive.imap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.Security;
import ekiden.mail.receive.MailboxSession;
import ekiden.mail.receive.MailboxSessionContract;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import ekiden.testing.TestTls;
import ekiden.testing.imap.ImapFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ImapLoginTest {
    private static final Trust AUTHORITY = new Trust(true, TestTls.authority());

    private final ImapRig rig = new ImapRig();

    @AfterEach
    void close() {
        rig.close();
    }

    private static Credentials.Key password(String word) {
        return new Credentials.Password(new Secret(word));
    }

    private static Credentials.Key token(String word) {
        return new Credentials.Token(new Secret(word), Instant.parse("2020-01-01T00:00:00Z"));
    }

    /** {@return the mechanism that let us in, or the id of what went wrong} */
    private String enter(ImapSettings settings, Credentials.Key key) {
        return switch (rig.mailbox(settings, key).open()) {
            case Result.Ok<MailboxSession>(MailboxSession session) -> {
                session.close();
                yield session.server().authentication();
            }
            case Result.Failed<MailboxSession>(Problem problem) -> {
                assertThat(problem.toString()).doesNotContain(key.secret().reveal());
                yield problem.id();
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTH=PLAIN                                | PLAIN",
                "AUTH=LOGIN                                | LOGIN",
                "AUTH=LOGIN AUTH=PLAIN                     | PLAIN",
                "AUTH=PLAIN AUTH=SCRAM-SHA-256 AUTH=LOGIN  | SCRAM-SHA-256",
                "X                                         | LOGIN",
                "LOGINDISABLED                             | EKDM0710-E",
                "AUTH=GSSAPI LOGINDISABLED                 | EKDM0710-E",
                "AUTH=XOAUTH2 LOGINDISABLED                | EKDM0710-E"
            })
    void passwordTakesTheBestTheServerOffers(String offered, String used) {
        rig.server.script().without("AUTH=PLAIN").offer(offered.split(" "));
        assertThat(enter(rig.settings(), password("secret"))).isEqualTo(used);
        rig.server.script().without("SASL-IR", "LITERAL+");
        assertThat(enter(rig.settings(), password("secret")))
                .as("without SASL-IR")
                .isEqualTo(used);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUTH=PLAIN AUTH=XOAUTH2                   | XOAUTH2",
                "AUTH=XOAUTH2 AUTH=OAUTHBEARER             | OAUTHBEARER",
                "AUTH=PLAIN                                | EKDM0710-E"
            })
    void tokenGoesOnlyWhereTokensGo(String offered, String used) {
        rig.server.script().without("AUTH=PLAIN").offer(offered.split(" "));
        assertThat(enter(rig.settings(), token("secret"))).isEqualTo(used);
        rig.server.script().without("SASL-IR");
        assertThat(enter(rig.settings(), token("secret"))).as("without SASL-IR").isEqualTo(used);
    }

    @Test
    void refusedTokenIsAnsweredAndItsExpiryNamed() {
        rig.server.script().offer("AUTH=XOAUTH2");
        Result<MailboxSession> result =
                rig.mailbox(rig.settings(), token("ya29.x")).open();
        assertThat(result)
                .isInstanceOfSatisfying(
                        Result.Failed.class,
                        failed -> assertThat(failed.problem().toString())
                                .contains("EKDM0708-E", "invalid_token", "2020-01-01T00:00:00Z"));
        assertThat(rig.server.script().lines()).contains("after refusal: ");
        rig.server.script().offer("AUTH=OAUTHBEARER");
        assertThat(enter(rig.settings(), token("ya29.x"))).isEqualTo(ReceiveMessage.LOGIN_REFUSED.id());
        assertThat(rig.server.script().lines()).contains("after refusal: ^A");
    }

    @Test
    void settingsMayNameTheMechanism() {
        rig.server.script().offer("AUTH=LOGIN", "AUTH=SCRAM-SHA-256");
        assertThat(enter(rig.settings().with(Authentication.LOGIN), password("secret")))
                .isEqualTo("LOGIN");
        assertThat(enter(rig.settings().with(Authentication.SCRAM_SHA_1), password("secret")))
                .isEqualTo(ReceiveMessage.NO_LOGIN.id());
    }

    @ParameterizedTest
    @CsvSource({"AUTH=PLAIN", "AUTH=LOGIN", "X"})
    void passwordThatTheServerQuotesLaterIsNeverShown(String offered) {
        rig.server.script().login("taro", "s3cret-word").without("AUTH=PLAIN").offer(offered);
        ImapMailbox mailbox = rig.mailbox(rig.settings(), password("s3cret-word"));
        try (MailboxSession session = MailboxSessionContract.good(mailbox.open());
                FilingCabinet cabinet = MailboxSessionContract.good(mailbox.filing(false))) {
            rig.server.script().always(ImapFault.QUOTE_LOGIN);
            assertThat(told(session.search(MailboxSession.Wanted.ALL, UidSet.between(1, UidSet.MAX))))
                    .contains("you are …, …=, ");
            assertThat(told(cabinet.removeBefore(Instant.EPOCH))).contains("you are …");
        }
    }

    private static String told(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        String told = result.toString();
        assertThat(told.toLowerCase(Locale.ROOT)).doesNotContain("s3cret", "czNjcmV0".toLowerCase(Locale.ROOT));
        return told;
    }

    @Test
    void passwordWithAnySignsGoesThrough() {
        String odd = "p\"a\\ss 秘密 %{5}";
        rig.server.script().login("taro", odd).without("AUTH=PLAIN");
        assertThat(enter(rig.settings(), password(odd))).isEqualTo("LOGIN");
        rig.server.script().without("LITERAL+");
        assertThat(enter(rig.settings(), password(odd))).isEqualTo("LOGIN");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[AUTHENTICATIONFAILED] no       | EKDM0708-E",
                "[UNAVAILABLE] later             | EKDM0705-E",
                "[EXPIRED] too old               | EKDM0709-E",
                "[ALERT] IMAP access is disabled | EKDM0709-E",
                "you said secret                 | EKDM0708-E"
            })
    void refusalIsToldAsWhatItIs(String refusal, String id) {
        rig.server.script().login("taro", "another").refusal(refusal);
        assertThat(enter(rig.settings(), password("secret"))).isEqualTo(id);
    }

    @Test
    void newPasswordIsAskedForAtEachLogIn() {
        Deque<String> words = new ArrayDeque<>(List.of("old", "secret"));
        Credentials changing = new Credentials() {
            @Override
            public String user() {
                return "taro";
            }

            @Override
            public Result<Key> key() {
                return Result.ok(password(words.remove()));
            }
        };
        ImapMailbox mailbox = new ImapMailbox(rig.settings(), changing, rig.clock, rig.tasks);
        assertThat(MailboxSessionContract.failed(mailbox.open())).isEqualTo(ReceiveMessage.LOGIN_REFUSED.id());
        MailboxSessionContract.good(mailbox.open()).close();
    }

    /** A server ends the sessions of a token that has ended; a token kept for longer than it was good is replaced within the same log-in. */
    @Test
    void sessionWhoseTokenEndedIsFollowedByOneWithANewTokenAtOnce() {
        rig.server.script().offer("AUTH=XOAUTH2").login("taro", "first");
        Deque<String> words = new ArrayDeque<>(List.of("first", "first", "second"));
        List<String> refused = new ArrayList<>();
        Credentials renewed = new Credentials() {
            @Override
            public String user() {
                return "taro";
            }

            @Override
            public Result<Key> key() {
                return Result.ok(token(words.remove()));
            }

            @Override
            public boolean refused(Key key) {
                return refused.add(key.secret().reveal());
            }
        };
        ImapMailbox mailbox = new ImapMailbox(rig.settings(), renewed, rig.clock, rig.tasks);
        try (MailboxSession session = MailboxSessionContract.good(mailbox.open())) {
            rig.server.script().login("taro", "second").once(ImapFault.BYE, "UID SEARCH");
            assertThat(session.search(MailboxSession.Wanted.ALL, UidSet.between(1, UidSet.MAX)))
                    .isInstanceOf(Result.Failed.class);
        }
        MailboxSessionContract.good(mailbox.open()).close();
        assertThat(refused).containsExactly("first");
        assertThat(words).isEmpty();
    }

    @Test
    void refusedKeyIsNotAskedForAThirdTime() {
        rig.server.script().offer("AUTH=XOAUTH2");
        int[] asked = new int[1];
        Credentials wrong = new Credentials() {
            @Override
            public String user() {
                return "taro";
            }

            @Override
            public Result<Key> key() {
                return Result.ok(token("wrong" + ++asked[0]));
            }

            @Override
            public boolean refused(Key key) {
                return true;
            }
        };
        ImapMailbox mailbox = new ImapMailbox(rig.settings(), wrong, rig.clock, rig.tasks);
        assertThat(MailboxSessionContract.failed(mailbox.open())).isEqualTo(ReceiveMessage.LOGIN_REFUSED.id());
        assertThat(asked[0]).isEqualTo(2);
    }

    @Test
    void passwordThatCannotBeHadIsToldAsItsOwnProblem() {
        Problem missing = Problem.of(ReceiveMessage.TOO_LARGE, "why", "stands for any other");
        Credentials none = new Credentials() {
            @Override
            public String user() {
                return "taro";
            }

            @Override
            public Result<Key> key() {
                return Result.failed(missing);
            }
        };
        ImapMailbox mailbox = new ImapMailbox(rig.settings(), none, rig.clock, rig.tasks);
        assertThat(mailbox.open()).isEqualTo(Result.failed(missing));
    }

    @Test
    void serverThatOnlyPretendsToKnowThePasswordIsLeft() {
        rig.server.script().offer("AUTH=SCRAM-SHA-256").pretend();
        assertThat(enter(rig.settings(), password("secret"))).isEqualTo(ReceiveMessage.FALSE_SERVER.id());
        rig.server.script().iterations(1);
        assertThat(enter(rig.settings(), password("secret"))).isEqualTo(ReceiveMessage.FALSE_SERVER.id());
    }

    @Test
    void preauthenticatedConnectionNeedsNoPassword() {
        rig.server.script().always(ImapFault.PREAUTH);
        assertThat(enter(rig.settings(), password("nothing"))).isEqualTo("PREAUTH");
    }

    @Test
    void idIsSentOnlyWhereItIsOffered() {
        assertThat(enter(rig.settings(), password("secret"))).isEqualTo("PLAIN");
        assertThat(rig.server.script().lines()).anyMatch(line -> line.startsWith("ID "));
        rig.server.script().without("ID");
        int before = rig.server.script().lines().size();
        assertThat(enter(rig.settings(), password("secret"))).isEqualTo("PLAIN");
        assertThat(rig.server
                        .script()
                        .lines()
                        .subList(before, rig.server.script().lines().size()))
                .noneMatch(line -> line.startsWith("ID "));
    }

    private ImapSettings tls(Security security, Trust trust, String host) {
        ImapSettings plain = rig.settings();
        return new ImapSettings(
                new HostPort(host, rig.server.port()),
                security,
                trust,
                false,
                Authentication.AUTO,
                "INBOX",
                false,
                plain.timeouts(),
                plain.limits());
    }

    @Test
    void tlsFromTheFirstByteAndAfterStartTls() {
        rig.server.tls(TestTls.server("good"), true);
        assertThat(enter(tls(Security.IMPLICIT, AUTHORITY, "localhost"), password("secret")))
                .isEqualTo("PLAIN");
        rig.server.tls(TestTls.server("good"), false);
        rig.server.script().offer("STARTTLS");
        assertThat(enter(tls(Security.STARTTLS, AUTHORITY, "localhost"), password("secret")))
                .isEqualTo("PLAIN");
        List<String> lines = rig.server.script().lines();
        assertThat(lines.indexOf("STARTTLS")).isLessThan(lines.lastIndexOf("AUTHENTICATE"));
    }

    @ParameterizedTest
    @CsvSource({"expired, CERTIFICATE_EXPIRED", "other, CERTIFICATE_NAME"})
    void wrongCertificatesAreToldApart(String certificate, ReceiveMessage message) {
        rig.server.tls(TestTls.server(certificate), true);
        assertThat(enter(tls(Security.IMPLICIT, AUTHORITY, "localhost"), password("secret")))
                .isEqualTo(message.id());
        assertThat(rig.server.script().lines()).isEmpty();
    }

    @Test
    void unknownAuthorityIsToldAndUnreadableOneToo() {
        rig.server.tls(TestTls.server("good"), true);
        assertThat(enter(tls(Security.IMPLICIT, Trust.SYSTEM, "localhost"), password("secret")))
                .isEqualTo(ReceiveMessage.CERTIFICATE.id());
        assertThat(enter(tls(Security.IMPLICIT, new Trust(true, "no PEM"), "localhost"), password("secret")))
                .isEqualTo(ReceiveMessage.CA_UNREADABLE.id());
    }

    @Test
    void serverWithoutTlsIsToldApartFromOneWithBrokenTls() {
        assertThat(enter(tls(Security.IMPLICIT, AUTHORITY, "localhost"), password("secret")))
                .isEqualTo(ReceiveMessage.NOT_TLS.id());
    }

    @Test
    void noWayOnWithoutStartTls() {
        ImapSettings settings = tls(Security.STARTTLS, AUTHORITY, "localhost");
        assertThat(enter(settings, password("secret"))).isEqualTo(ReceiveMessage.NO_STARTTLS.id());
        rig.server.script().offer("STARTTLS");
        assertThat(enter(settings, password("secret"))).isEqualTo(ReceiveMessage.NO_STARTTLS.id());
        rig.server.tls(TestTls.server("good"), false);
        rig.server.script().once(ImapFault.PREAUTH, "");
        assertThat(enter(settings, password("secret"))).isEqualTo(ReceiveMessage.NO_STARTTLS.id());
        rig.server.script().once(ImapFault.INJECT_BEFORE_TLS, "");
        assertThat(enter(settings, password("secret"))).isEqualTo(ReceiveMessage.NO_STARTTLS.id());
        assertThat(rig.server.script().lines()).doesNotContain("AUTHENTICATE", "LOGIN");
        assertThat(enter(settings, password("secret"))).isEqualTo("PLAIN");
    }

    @Test
    void waitsInsideTlsCanEndWithoutBytesAndGoOn() {
        rig.server.tls(TestTls.server("good"), true);
        try (MailboxSession session = MailboxSessionContract.good(
                rig.mailbox(tls(Security.IMPLICIT, AUTHORITY, "localhost")).open())) {
            for (int i = 0; i < 5; i++) {
                assertThat(MailboxSessionContract.good(session.await(Duration.ofMillis(30))))
                        .isEqualTo(MailboxSession.Woken.TIME);
            }
            rig.deliver(100);
            assertThat(MailboxSessionContract.good(session.await(Duration.ofSeconds(20))))
                    .isEqualTo(MailboxSession.Woken.HINT);
        }
    }
}
