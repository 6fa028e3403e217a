package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.model.definition.AfterReceive;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImapProfileTest {
    private static MailSettings mail(String imap) {
        String text = "version: 1\nmail: {profiles: {p: {receive: {imap: " + imap
                + "}}, out: {send: {smtp: {host: 127.0.0.1}, from: a@x.jp}}}}\n";
        return read(text);
    }

    private static MailSettings read(String text) {
        return switch (SettingsYaml.read(new HomePaths(Path.of("/srv/e")), text)) {
            case SettingsReading.Usable usable -> usable.settings().mail();
            case SettingsReading.Wrong wrong -> throw new AssertionError(wrong);
        };
    }

    private static Receive.Imap imap(String text) {
        return switch (mail(text).profile("p")) {
            case Result.Ok<MailProfile>(MailProfile profile) ->
                (Receive.Imap) Objects.requireNonNull(profile.receive());
            case Result.Failed<MailProfile>(Problem problem) -> throw new AssertionError(problem);
        };
    }

    @Test
    void inboxHasOneNameHoweverItIsWritten() {
        assertThat(imap("{host: h, user: u, password: {file: p}, folder: inbox}")
                        .folders())
                .containsExactly("INBOX");
        assertThat(imap("{host: h, user: u, password: {file: p}, folders: [Inbox, inbox/a]}")
                        .folders())
                .containsExactly("INBOX", "inbox/a");
        assertThat(mail("{host: h, user: u, password: {file: p}, folders: [INBOX, inbox]}")
                        .profile("p"))
                .isInstanceOf(Result.Failed.class);
    }

    @Test
    void everyKeyIsRead() {
        assertThat(imap("""
                {host: mx.example.jp, port: 1143, tls: starttls, ca: ca.pem, user: u, token: {command: [token]},
                authentication: xoauth2, folders: [INBOX, 注文], first-look: all, after-receive: [read, "move:Done"],
                attention: close, max-size: 50MB, deadline: 5m, idle-renewal: 4m, answer-timeout: 30s, receive-timeout: 10m,
                slowest-rate: 1MB, grace: 1h, same-content: join, uidvalidity-change: ask,
                progress-from: 10MB, budget: {bytes: 2GB, per: 30m},
                canary: {every: 30m, within: 2m, to: u@example.jp, send: out}}""".replace("\n", " ")))
                .isEqualTo(new Receive.Imap(
                        new HostPort("mx.example.jp", 1143),
                        Security.STARTTLS,
                        false,
                        "ca.pem",
                        "u",
                        new Receive.Token(new SecretSource.FromCommand(List.of("token"))),
                        Authentication.XOAUTH2,
                        List.of("INBOX", "注文"),
                        Receive.FirstLook.ALL,
                        new AfterReceive(true, null, "Done", false),
                        Receive.Attention.CLOSE,
                        50L * 1024 * 1024,
                        new Receive.Patience(
                                Duration.ofMinutes(5),
                                Duration.ofMinutes(4),
                                Duration.ofSeconds(30),
                                Duration.ofMinutes(10),
                                1024 * 1024),
                        new Receive.Policy(
                                Duration.ofHours(1),
                                Receive.SameContent.JOIN,
                                Receive.UidValidityChange.ASK,
                                10L * 1024 * 1024,
                                new Receive.Budget(2L << 30, Duration.ofMinutes(30))),
                        new Receive.Canary(Duration.ofMinutes(30), Duration.ofMinutes(2), "u@example.jp", "out")));
    }

    @Test
    void progressThatIsSwitchedOffIsShownOfNoMail() {
        assertThat(imap("{host: h, user: u, password: {env: P}, progress: false, progress-from: 1KB}")
                        .policy()
                        .progressFrom())
                .isEqualTo(Long.MAX_VALUE);
        assertThat(imap("{host: h, user: u, password: {env: P}}").policy().progressFrom())
                .isEqualTo(1024 * 1024);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{host: h, user: u, password: {env: P}}                                | IMPLICIT | 993",
                "{host: h, tls: starttls, user: u, password: {env: P}}                 | STARTTLS | 143",
                "{host: 127.0.0.1, user: u, password: {env: P}}                        | NONE     | 143",
                "{host: h, tls: none, insecure: true, user: u, password: {env: P}}     | NONE     | 143",
                "{host: localhost, tls: implicit, user: u, password: {env: P}}         | IMPLICIT | 993"
            })
    void portFollowsTheProtection(String text, Security security, int port) {
        Receive.Imap imap = imap(text);
        assertThat(imap.security()).isEqualTo(security);
        assertThat(imap.server().port()).isEqualTo(port);
        assertThat(imap.folders()).containsExactly("INBOX");
        assertThat(imap.after()).isNull();
        assertThat(imap.patience()).isEqualTo(Receive.Patience.DEFAULT);
    }

    @Test
    void folderIsOneOrSeveral() {
        assertThat(imap("{host: h, user: u, password: {env: P}, folder: 注文}").folders())
                .containsExactly("注文");
        assertThat(imap("{host: h, user: u, password: {env: P}, folders: A}").folders())
                .containsExactly("A");
    }

    @Test
    void canaryHasDefaultsAndIsSentByItsOwnProfileWhereThatSends() {
        String text = "version: 1\nmail: {profiles: {p: {receive: {imap: {host: h, user: u, password: {env: P},"
                + " canary: {to: u@example.jp%s}}}, send: {smtp: {host: 127.0.0.1}, from: a@x.jp}}}}\n";
        assertThat(canary(text.formatted("")))
                .isEqualTo(new Receive.Canary(Duration.ofMinutes(15), Duration.ofMinutes(5), "u@example.jp", null));
        assertThat(canary(text.formatted(", every: 3m")))
                .isEqualTo(new Receive.Canary(Duration.ofMinutes(3), Duration.ofMinutes(3), "u@example.jp", null));
    }

    private static Receive.@Nullable Canary canary(String text) {
        return ((Receive.Imap) Objects.requireNonNull(
                        read(text).profiles().values().iterator().next().receive()))
                .canary();
    }

    @Test
    void senderOfACanaryThatCannotSendIsToldWithItsPlace() {
        MailSettings mail = read("""
                version: 1
                mail:
                  profiles:
                    p:
                      receive:
                        imap: {host: h, user: u, password: {env: P}, canary: {to: a@x.jp,
                          send: in}}
                    in: {receive: {smtpd: {recipients: [b@x.jp]}}}
                    out: {send: {smtp: {host: 127.0.0.1}, from: a@x.jp}}
                """);
        assertThat(mail.profiles()).containsOnlyKeys("in", "out");
        assertThat(mail.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.values())
                        .containsEntry("line", "7")
                        .containsEntry("where", "mail.profiles.p.receive.imap.canary.send")
                        .containsEntry("expected", "out"));
        assertThat(mail.profile("p")).isInstanceOf(Result.Failed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "user: u                                                        | EKDB0009-E",
                "user: u, password: {env: P}, token: {env: T}                   | EKDB0010-E",
                "user: u, token: hunter2                                        | EKDB0021-E",
                "user: u, token: {env: T}, authentication: plain                | EKDB0010-E",
                "user: u, password: {env: P}, authentication: xoauth2           | EKDB0010-E",
                "user: u, password: {env: P}, authentication: cram-md5          | EKDB0010-E",
                "user: u, password: {env: P}, folder: ''                        | EKDB0010-E",
                "user: u, password: {env: P}, folders: []                       | EKDB0010-E",
                "user: u, password: {env: P}, folders: [A, A]                   | EKDB0010-E",
                "user: u, password: {env: P}, folder: A, folders: [B]           | EKDB0010-E",
                "user: u, password: {env: P}, folder: \"a\\nb\"                 | EKDB0010-E",
                "user: u, password: {env: P}, first-look: some                  | EKDB0010-E",
                "user: u, password: {env: P}, after-receive: burn               | EKDB0010-E",
                "user: u, password: {env: P}, after-receive: [none, read]       | EKDB0010-E",
                "user: u, password: {env: P}, after-receive: [move:A, move:B]   | EKDB0010-E",
                "user: u, password: {env: P}, after-receive: []                 | EKDB0010-E",
                "user: u, password: {env: P}, canary: on                        | EKDB0008-E",
                "user: u, password: {env: P}, canary: {send: p}                 | EKDB0009-E",
                "user: u, password: {env: P}, canary: {to: a@x.jp}              | EKDB0009-E",
                "user: u, password: {env: P}, canary: {to: a, send: p}          | EKDB0010-E",
                "user: u, password: {env: P}, canary: {to: a@x.jp, send: nobody} | EKDB0010-E",
                "user: u, password: {env: P}, canary: {to: a@x.jp, send: p, every: 59s} | EKDB0010-E",
                "user: u, password: {env: P}, canary: {to: a@x.jp, send: p, every: 25h} | EKDB0010-E",
                "user: u, password: {env: P}, canary: {to: a@x.jp, send: p, within: 16m} | EKDB0010-E",
                "user: u, password: {env: P}, canary: {to: a@x.jp, send: p, witin: 1m} | EKDB0007-E",
                "user: u, password: {env: P}, attention: full                   | EKDB0010-E",
                "user: u, password: {env: P}, idle-renewal: 30m                 | EKDB0010-E",
                "user: u, password: {env: P}, deadline: 2d                      | EKDB0010-E",
                "user: u, password: {env: P}, max-size: 1                       | EKDB0010-E",
                "user: u, password: {env: P}, slowest-rate: 2GB                 | EKDB0010-E",
                "tls: none, user: u, password: {env: P}                         | EKDB0022-E",
                "tls: none, insecure: false, user: u, token: {env: P}           | EKDB0022-E"
            })
    void whatIsWrongIsToldAndKeptOut(String keys, String id) {
        MailSettings mail = mail("{host: h, " + keys + "}");
        assertThat(mail.problems()).extracting(Problem::id).containsExactly(id);
        assertThat(mail.profiles()).containsOnlyKeys("out");
        assertThat(mail.problems().toString()).doesNotContain("hunter2");
    }
}
