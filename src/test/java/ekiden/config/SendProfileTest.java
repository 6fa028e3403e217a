package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.mail.profile.Send;
import ekiden.model.mail.Address;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SendProfileTest {
    private static Result<MailProfile> profile(String smtp) {
        return sending("smtp: {" + smtp + "}");
    }

    private static Result<MailProfile> sending(String through) {
        String text = "version: 1\nmail: {profiles: {p: {send: {from: a@x.jp, " + through + "}}}}\n";
        SettingsReading.Usable usable =
                (SettingsReading.Usable) SettingsYaml.read(new HomePaths(Path.of("/srv/e")), text);
        return usable.settings().mail().profile("p");
    }

    private static Send.Smtp send(String smtp) {
        return (Send.Smtp) Objects.requireNonNull(
                ((Result.Ok<MailProfile>) profile(smtp)).value().send());
    }

    @Test
    void everythingThatCanBeSaid() {
        Send.Smtp send = send("host: [a.example.jp, b.example.jp], port: 2587, user: u, token: {command: [get-token]},"
                + " authentication: xoauth2, connections: 8, mails-per-connection: 20, per-minute: 30,"
                + " connect-timeout: 5s, reply-timeout: 1m, end-of-data-timeout: 20m, send-timeout: 2h,"
                + " notify: [failure, success]");

        assertThat(send.servers())
                .containsExactly(new HostPort("a.example.jp", 2587), new HostPort("b.example.jp", 2587));
        assertThat(send.security()).isEqualTo(Security.STARTTLS);
        assertThat(send.login())
                .isEqualTo(new Send.Login(
                        "u",
                        new Receive.Token(new SecretSource.FromCommand(List.of("get-token"))),
                        Authentication.XOAUTH2));
        assertThat(send.use()).isEqualTo(new Send.Use(8, 20, 30));
        assertThat(send.patience())
                .isEqualTo(new Send.Patience(
                        Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(20), Duration.ofHours(2)));
        assertThat(send.notices()).isEqualTo(Set.of(Send.Notify.FAILURE, Send.Notify.SUCCESS));
    }

    @Test
    void nothingIsAskedForWhereTheListIsEmpty() {
        assertThat(send("host: h, notify: []").notices()).isEmpty();
        assertThat(send("host: h").notices()).containsExactlyInAnyOrder(Send.Notify.FAILURE, Send.Notify.DELAY);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            host: []                                                  | EKDB0010-E
            host: [a.example, a.example]                              | EKDB0010-E
            host: [a.example, "b c"]                                  | EKDB0010-E
            host: [a,b,c,d,e,f,g,h,i,j,k]                             | EKDB0010-E
            host: h, user: u                                          | EKDB0009-E
            host: h, password: {env: P}                               | EKDB0009-E
            host: h, authentication: plain                            | EKDB0009-E
            host: h, user: u, password: {env: P}, token: {env: T}     | EKDB0010-E
            host: h, user: u, token: {env: T}, authentication: plain  | EKDB0010-E
            host: h, tls: none, user: u, token: {env: T}              | EKDB0022-E
            host: [127.0.0.1, h], tls: none, user: u, token: {env: T} | EKDB0022-E
            host: h, connections: 0                                   | EKDB0010-E
            host: h, connections: 101                                 | EKDB0010-E
            host: h, mails-per-connection: 0                          | EKDB0010-E
            host: h, per-minute: -1                                   | EKDB0010-E
            host: h, connect-timeout: soon                            | EKDB0010-E
            host: h, send-timeout: 5s                                 | EKDB0010-E
            host: h, notify: [never]                                  | EKDB0010-E
            """)
    void whatIsWrongIsToldByName(String smtp, String id) {
        wrong(profile(smtp), id);
    }

    private static void wrong(Result<MailProfile> profile, String id) {
        assertThat(profile).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<MailProfile>) profile).problem();
        assertThat(problem.toString()).contains(id);
    }

    private static Send.Sendmail command(String keys) {
        Result<MailProfile> profile = sending("sendmail: {" + keys + "}");
        return (Send.Sendmail) Objects.requireNonNull(
                ((Result.Ok<MailProfile>) profile).value().send());
    }

    @Test
    void mailCommandIsThatOfTheMachineOrTheOneThatIsNamed() {
        Address author = new Address(null, "a@x.jp");
        assertThat(command(""))
                .isEqualTo(new Send.Sendmail(
                        null,
                        Send.MailSystem.AUTO,
                        Send.Tag.PLUS,
                        author,
                        4,
                        Duration.ofMinutes(5),
                        Set.of(Send.Notify.FAILURE, Send.Notify.DELAY),
                        CharsetRule.UTF_8,
                        null,
                        Duration.ofDays(1)));
        assertThat(command("path: /opt/m/sendmail, system: postfix, tag: minus, at-once: 9, timeout: 30s, notify: [],"
                        + " log: /var/log/mail.log, left-within: 2h"))
                .isEqualTo(new Send.Sendmail(
                        "/opt/m/sendmail",
                        Send.MailSystem.POSTFIX,
                        Send.Tag.MINUS,
                        author,
                        9,
                        Duration.ofSeconds(30),
                        Set.of(),
                        CharsetRule.UTF_8,
                        "/var/log/mail.log",
                        Duration.ofHours(2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sendmail: {path: sendmail}             | EKDB0010-E
            sendmail: {path: /}                    | EKDB0010-E
            sendmail: {system: qmail}              | EKDB0010-E
            sendmail: {tag: sharp}                 | EKDB0010-E
            sendmail: {at-once: 0}                 | EKDB0010-E
            sendmail: {at-once: 101}               | EKDB0010-E
            sendmail: {timeout: 2d}                | EKDB0010-E
            sendmail: {log: mail.log}              | EKDB0010-E
            sendmail: {left-within: 31d}           | EKDB0010-E
            sendmail: {host: h}                    | EKDB0006-E
            sendmail: /usr/sbin/sendmail           | EKDB0008-E
            "sendmail: {}, smtp: {host: h}"        | EKDB0010-E
            charset: utf-8                         | EKDB0010-E
            """)
    void whatIsWrongWithTheMailCommandIsToldByName(String through, String id) {
        wrong(sending(through), id);
    }
}
