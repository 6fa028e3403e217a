package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailCharset;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.mail.profile.Send;
import ekiden.mail.profile.SendRules;
import ekiden.mail.profile.SentCopy;
import ekiden.message.Messages;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.Retention;
import ekiden.model.mail.Address;
import ekiden.yaml.YamlLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsYamlTest {
    private static final Send.Login LOGIN = new Send.Login(
            "orders", new Receive.Password(new SecretSource.FromEnvironment("ORDERS_PASS")), Authentication.AUTO);

    private static final HomePaths HOME = new HomePaths(Path.of("/srv/e"));

    private static Settings read(String text) {
        SettingsReading reading = SettingsYaml.read(HOME, text);
        assertThat(reading).isInstanceOf(SettingsReading.Usable.class);
        return ((SettingsReading.Usable) reading).settings();
    }

    private static List<Problem> wrong(String text) {
        SettingsReading reading = SettingsYaml.read(HOME, text);
        assertThat(reading).isInstanceOf(SettingsReading.Wrong.class);
        return ((SettingsReading.Wrong) reading).problems();
    }

    private static MailSettings mail(String profiles) {
        MailSettings mail =
                read("version: 1\nmail:\n  profiles:\n" + profiles.indent(4)).mail();
        for (Problem problem : mail.problems()) {
            assertThat(new Messages().render(problem, Locale.JAPANESE)).doesNotContainPattern("\\{[a-z]+\\}");
        }
        return mail;
    }

    private static MailProfile profile(String text) {
        MailSettings mail = mail("p:\n" + text.indent(2));
        assertThat(mail.problems()).isEmpty();
        return ((Result.Ok<MailProfile>) mail.profile("p")).value();
    }

    @Test
    void emptySettingsAreTheDefaults() {
        assertThat(read("version: 1\n")).isEqualTo(Settings.defaults(HOME));
        assertThat(Settings.defaults(HOME).store()).isEqualTo(new StoreSettings.Sqlite(Path.of("/srv/e/ekiden.db")));
        assertThat(Settings.defaults(HOME).listen()).hasToString("127.0.0.1:8017");
    }

    @Test
    void everyKeyIsRead() {
        Settings settings = read("""
                version: 1
                language: ja
                listen: "[::1]:0"
                store:
                  url: postgresql://db.example:5433/ekiden?sslmode=verify-full
                  user: ekiden
                  password: {file: db.pass}
                limits: {commands: 4, send-retries: 0, send-retry-interval: 1m30s, keep-mails: 7d, keep-runs: 400d, keep-quarantine: 30d, free-space: 5GB}
                mail:
                  profiles:
                    orders:
                      retention: {age: 30d, size: 1GB}
                      receive:
                        smtpd:
                          listen: 2600
                          protocol: lmtp
                          recipients: [orders@localhost, 注文@例え.jp]
                          max-size: 50MB
                          tls: {certificate: cert.pem, key: key.pem}
                      send:
                        smtp: {host: smtp.example.jp, port: 2587, tls: implicit, ca: smtp-ca.pem, user: orders, password: {env: ORDERS_PASS}}
                        from: 受注係 <orders@example.jp>
                    box:
                      receive: {imap: {host: imap.example.jp, user: u, password: {command: [pass, show, box]}}}
                """);
        assertThat(settings.language()).isEqualTo("ja");
        assertThat(settings.listen()).isEqualTo(new HostPort("::1", 0));
        StoreSettings.Postgres store = (StoreSettings.Postgres) settings.store();
        assertThat(store.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:5433/ekiden?sslmode=verify-full");
        assertThat(store.password()).isEqualTo(new SecretSource.FromFile("db.pass"));
        assertThat(settings.limits())
                .isEqualTo(new RunLimits(
                        4,
                        0,
                        Duration.ofSeconds(90),
                        Duration.ofDays(7),
                        Duration.ofDays(400),
                        Duration.ofDays(30),
                        5L << 30));
        MailProfile orders = ((Result.Ok<MailProfile>) settings.mail().profile("orders")).value();
        assertThat(orders.retention()).isEqualTo(new Retention(Duration.ofDays(30), null, 1L << 30));
        assertThat(orders.receive())
                .isEqualTo(new Receive.Smtpd(
                        new HostPort("127.0.0.1", 2600),
                        Receive.Protocol.LMTP,
                        List.of("orders@localhost", "注文@例え.jp"),
                        50L * 1024 * 1024,
                        new Receive.TlsFiles("cert.pem", "key.pem")));
        assertThat(orders.send())
                .isEqualTo(new Send.Smtp(
                        List.of(new HostPort("smtp.example.jp", 2587)),
                        Security.IMPLICIT,
                        "smtp-ca.pem",
                        LOGIN,
                        new Address("受注係", "orders@example.jp"),
                        Send.Use.DEFAULT,
                        Send.Patience.DEFAULT,
                        Set.of(Send.Notify.FAILURE, Send.Notify.DELAY),
                        CharsetRule.UTF_8));
        assertThat(settings.mail().warnings()).isEmpty();
        assertThat(settings.mail().receiving()).containsExactly("box", "orders");
        assertThat(settings.mail().sending()).containsExactly("orders");
        MailProfile box = ((Result.Ok<MailProfile>) settings.mail().profile("box")).value();
        assertThat(box.receive()).isEqualTo(boxOfDefaults());
    }

    @Test
    void characterSetsAreThoseOfTheProfileAndOfDomains() {
        String send = "smtp: {host: h}, from: a@b, charset: iso-2022-jp, "
                + "charset-for: {Docomo.ne.jp: iso-2022-jp-ms, 例え.jp: utf-8}";
        assertThat(Objects.requireNonNull(profile("send: {" + send + "}").send())
                        .charsets())
                .isEqualTo(new CharsetRule(
                        MailCharset.ISO_2022_JP,
                        Map.of("docomo.ne.jp", MailCharset.ISO_2022_JP_MS, "xn--r8jz45g.jp", MailCharset.UTF_8)));
    }

    @Test
    void everybodyOrNobodyGetsTheMailsOfAProfileThatSaysSo() {
        assertThat(profile("send: {smtp: {host: h}, from: a@b, if-refused: all-or-nothing}")
                        .sending())
                .isEqualTo(new SendRules(IfRefused.ALL_OR_NOTHING, null));
        assertThat(profile("send: {smtp: {host: h}, from: a@b}").sending()).isEqualTo(SendRules.DEFAULT);
    }

    @Test
    void copiesAreKeptWhereTheProfileSays() {
        String send = "send: {smtp: {host: h}, from: a@b, sent-copy: {maildir: sent%s}}";
        assertThat(profile(send.formatted(", age: 30d")).sending().copy())
                .isEqualTo(new SentCopy.Maildir("sent", Duration.ofDays(30)));
        assertThat(profile(send.formatted("")).sending().copy())
                .isEqualTo(new SentCopy.Maildir("sent", SentCopy.USUAL_AGE));
        assertThat(profile(send.formatted("").replace("maildir", "mbox"))
                        .sending()
                        .copy())
                .isEqualTo(new SentCopy.Mbox("sent", SentCopy.USUAL_AGE));
        MailProfile box = profile("receive: {imap: {host: imap.example.jp, user: u, password: {env: P}}}\n"
                + send.formatted(", within: 1m").replace("maildir", "imap"));
        assertThat(box.sending().copy())
                .isEqualTo(new SentCopy.Imap(
                        (Receive.Imap) Objects.requireNonNull(box.receive()), "sent", Duration.ofMinutes(1), null));
    }

    private static Receive.Imap boxOfDefaults() {
        return new Receive.Imap(
                new HostPort("imap.example.jp", 993),
                Security.IMPLICIT,
                false,
                null,
                "u",
                new Receive.Password(new SecretSource.FromCommand(List.of("pass", "show", "box"))),
                Authentication.AUTO,
                List.of("INBOX"),
                Receive.FirstLook.UNREAD,
                null,
                Receive.Attention.NORMAL,
                2L * 1024 * 1024 * 1024,
                Receive.Patience.DEFAULT,
                Receive.Policy.DEFAULT,
                null);
    }

    @ParameterizedTest
    @CsvSource({
        "smtp.example.jp, '', STARTTLS, 587",
        "smtp.example.jp, 'tls: implicit', IMPLICIT, 465",
        "smtp.example.jp, 'tls: none', NONE, 25",
        "127.0.0.1, '', NONE, 25",
        "localhost, 'tls: starttls', STARTTLS, 587",
        "'\"::1\"', '', NONE, 25",
    })
    void protectionDependsOnWhetherTheServerIsThisMachine(String host, String more, Security security, int port) {
        String rest = more.isEmpty() ? "" : ", " + more;
        Send.Smtp send = (Send.Smtp) Objects.requireNonNull(
                profile("send: {smtp: {host: " + host + rest + "}, from: a@b}").send());
        assertThat(send.security()).isEqualTo(security);
        assertThat(send.server().port()).isEqualTo(port);
        assertThat(send.login()).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            listen: 0.0.0.0:8017             | EKDB0020-E
            listen: example.jp:8017          | EKDB0020-E
            listen: here                     | EKDB0010-E
            listen: 127.0.0.1:70000          | EKDB0010-E
            listen: [8017]                   | EKDB0008-E
            store: mysql://x/y               | EKDB0010-E
            store: postgres://x              | EKDB0010-E
            store: "sqlite:"                 | EKDB0010-E
            store: {user: x}                 | EKDB0009-E
            store: []                        | EKDB0008-E
            store: postgres://u:hunter2@x/y  | EKDB0021-E
            store: postgres://x/y?password=hunter2 | EKDB0021-E
            store: {url: sqlite:x, password: hunter2} | EKDB0021-E
            stroe: sqlite:x                  | EKDB0007-E
            version: 2                       | EKDB0005-E
            """)
    void whatIsWrongAboutStoreAndAddressStopsTheProcess(String line, String id) {
        List<Problem> problems = wrong("version: 1\n" + line + "\n");
        assertThat(problems).extracting(Problem::id).containsExactly(id);
        assertThat(problems.toString()).doesNotContain("hunter2");
        assertThat(problems.getFirst().values())
                .containsEntry("file", "/srv/e/ekiden.yaml")
                .containsEntry("line", "2");
    }

    @Test
    void relativeDatabaseLiesInTheHome() {
        assertThat(read("version: 1\nstore: sqlite:data/x.db\n").store())
                .isEqualTo(new StoreSettings.Sqlite(Path.of("/srv/e/data/x.db")));
        assertThat(read("version: 1\nstore: postgres://[::1]/e\n").store())
                .isEqualTo(new StoreSettings.Postgres(new HostPort("::1", 5432), "e", "", null, null));
    }

    @Test
    void whatHasADefaultIsOnlyWarnedAbout() {
        SettingsReading.Usable usable = (SettingsReading.Usable)
                SettingsYaml.read(HOME, "version: 1\nlanguage: fr\nlimits: {commands: 0, output: 1}\n");
        assertThat(usable.warnings()).extracting(Problem::id).containsExactly("EKDB0010-E", "EKDB0010-E", "EKDB0006-E");
        assertThat(usable.settings()).isEqualTo(Settings.defaults(HOME));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mail: [\n",
                "mail:\n  profiles: {a: 'x\n",
                "mail:\n\tprofiles:\n",
                "mail: &x {}\n",
                "mail:\n  a: 1\n  a: 2\n",
                "mail:\n  profiles:\n   p:\n    - x\n   - y\n",
            })
    void mailSectionThatIsNoYamlLeavesTheRestUsable(String mail) {
        Settings settings = read("version: 1\nstore: sqlite:first.db\n" + mail + "# remark\nlisten: 9000\n");
        assertThat(settings.store()).isEqualTo(new StoreSettings.Sqlite(Path.of("/srv/e/first.db")));
        assertThat(settings.listen().port()).isEqualTo(9000);
        assertThat(settings.mail().readable()).isFalse();
        assertThat(settings.mail().profile("p")).isInstanceOf(Result.Failed.class);
        Problem problem = settings.mail().problems().getFirst();
        assertThat(Integer.parseInt(problem.values().get("line"))).isBetween(3, 8);
    }

    @Test
    void fileThatIsNoYamlElsewhereStopsTheProcess() {
        assertThat(wrong("version: 1\nlisten: [\nmail: {}\n"))
                .extracting(Problem::id)
                .containsExactly("EKDB0001-E");
        assertThat(wrong("version: 1\nlisten: [\n")).hasSize(1);
        assertThat(wrong("")).extracting(Problem::id).containsExactly("EKDB0008-E");
    }

    @Test
    void oneBadProfileDoesNotTakeTheOthersWithIt() {
        MailSettings mail = mail("good: {send: {smtp: {host: h}, from: a@b}}\nbad: {send: {smtp: {host: h}}}\n");
        assertThat(mail.profile("good")).isInstanceOf(Result.Ok.class);
        assertThat(((Result.Failed<MailProfile>) mail.profile("bad")).problem().id())
                .isEqualTo("EKDB0009-E");
        assertThat(((Result.Failed<MailProfile>) mail.profile("godo")).problem().id())
                .isEqualTo("EKDB0026-E");
        assertThat(mail.readable()).isFalse();
        assertThat(mail.sending()).containsExactly("bad", "good");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                                       | EKDB0023-E
            []                                                                       | EKDB0008-E
            {receve: {}, send: {smtp: {host: h}, from: a@b}}                         | EKDB0007-E
            {receive: {}}                                                            | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, charset: sjis}}                      | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, if-refused: nobody}}                 | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, sent-copy: sent}}                    | EKDB0008-E
            {send: {smtp: {host: h}, from: a@b, sent-copy: {}}}                      | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, sent-copy: {maildir: s, mbox: s}}}   | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, sent-copy: {mbox: s, within: 1m}}}   | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, sent-copy: {imap: Sent}}}            | EKDB0010-E
            {receive: {imap: {host: h, user: u, password: {env: P}}}, send: {smtp: {host: h}, from: a@b, sent-copy: {imap: inbox}}} | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, charset-for: utf-8}}                 | EKDB0008-E
            {send: {smtp: {host: h}, from: a@b, charset-for: {b.jp: UTF8}}}          | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, charset-for: {a@b.jp: utf-8}}}       | EKDB0010-E
            {send: {smtp: {host: h}, from: a@b, charset-for: {b.jp: [utf-8]}}}       | EKDB0008-E
            {receive: {smtpd: {}}}                                                   | EKDB0009-E
            {receive: {smtpd: {recipients: []}}}                                     | EKDB0010-E
            {receive: {smtpd: {recipients: [orders]}}}                               | EKDB0010-E
            {receive: {smtpd: {recipients: a@b, listen: "x y:1"}}}                   | EKDB0010-E
            {receive: {smtpd: {recipients: a@b, listen: 8017}}}                      | EKDB0024-E
            {receive: {smtpd: {recipients: a@b, protocol: pop3}}}                    | EKDB0010-E
            {receive: {smtpd: {recipients: a@b, max-size: 1}}}                       | EKDB0010-E
            {receive: {smtpd: {recipients: a@b, tls: {certificate: c}}}}             | EKDB0009-E
            {receive: {imap: {host: h, user: u, password: hunter2}}}                 | EKDB0021-E
            {receive: {imap: {host: h, user: u, password: [hunter2]}}}               | EKDB0021-E
            {receive: {imap: {host: h, user: u, password: {file: f, env: e}}}}       | EKDB0010-E
            {receive: {imap: {host: h, user: u, password: {command: []}}}}           | EKDB0010-E
            {receive: {imap: {host: h, tls: none, user: u, password: {env: P}}}}     | EKDB0022-E
            {send: {smtp: {host: h, tls: none, user: u, password: {env: P}}, from: a@b}} | EKDB0022-E
            {send: {smtp: {host: h, password: {env: P}}, from: a@b}}                 | EKDB0009-E
            {send: {smtp: {host: h, user: u}, from: a@b}}                            | EKDB0009-E
            {send: {smtp: {host: "h h"}, from: a@b}}                                 | EKDB0010-E
            {send: {smtp: {host: h, port: 0}, from: a@b}}                            | EKDB0010-E
            {send: {smtp: {host: h}, from: boss}}                                    | EKDB0010-E
            {send: {smtp: {host: h}, from: "A <a@b> c"}}                             | EKDB0010-E
            {send: {smtp: {host: h}, from: "a@b\\nBcc: x@y"}}                        | EKDB0010-E
            """)
    void whatIsWrongAboutAProfileIsToldAndKeptOut(String profile, String id) {
        MailSettings mail = mail("p: " + profile);
        assertThat(mail.problems()).extracting(Problem::id).containsExactly(id);
        assertThat(mail.profiles()).isEmpty();
        assertThat(mail.problems().toString()).doesNotContain("hunter2");
    }

    @Test
    void tenThousandMailboxesAreReadAndOneMoreIsTold() {
        StringBuilder profiles = new StringBuilder();
        for (int i = 0; i < YamlLimits.SETTINGS_ITEMS; i++) {
            profiles.append("p%05d: {send: {smtp: {host: localhost}, from: a@b.example}}\n".formatted(i));
        }
        MailSettings all = mail(profiles.toString());
        assertThat(all.problems()).isEmpty();
        assertThat(all.profiles()).hasSize(YamlLimits.SETTINGS_ITEMS);
        profiles.append("more: {send: {smtp: {host: localhost}, from: a@b.example}}\n");
        assertThat(mail(profiles.toString()).problems()).extracting(Problem::id).contains("EKDB0002-E");
    }

    @Test
    void profilesShareAListenerThatIsTheSameForAll() {
        MailSettings mail =
                mail("one: {receive: {smtpd: {recipients: a@b}}}\ntwo: {receive: {smtpd: {recipients: c@d}}}\n");
        assertThat(mail.readable()).isTrue();
        mail = mail("""
                one: {receive: {smtpd: {recipients: a@b}}}
                two: {receive: {smtpd: {recipients: c@d, protocol: lmtp}}}
                """);
        assertThat(mail.problems()).extracting(Problem::id).containsExactly("EKDB0024-E");
        assertThat(mail.problems().getFirst().values())
                .containsEntry("first", "one")
                .containsEntry("found", "127.0.0.1:2525");
        assertThat(mail.profiles()).containsOnlyKeys("one");
    }

    @Test
    void recipientBelongsToOneProfileOfAListener() {
        MailSettings mail =
                mail("one: {receive: {smtpd: {recipients: a@b}}}\ntwo: {receive: {smtpd: {recipients: A@B}}}\n");
        assertThat(mail.problems()).extracting(Problem::id).containsExactly("EKDB0029-E");
        assertThat(mail.profiles()).containsOnlyKeys("one");
        mail = mail(
                "one: {receive: {smtpd: {recipients: a@b}}}\ntwo: {receive: {smtpd: {listen: 2526, recipients: a@b}}}\n");
        assertThat(mail.readable()).isTrue();
    }

    @Test
    void homeIsTheOptionThenTheVariableThenTheUsersFolder() {
        Path user = Path.of("/srv/u");
        assertThat(HomePaths.locate(null, Map.of(), user).folder()).isEqualTo(Path.of("/srv/u/.ekiden"));
        assertThat(HomePaths.locate(null, Map.of("EKIDEN_HOME", "/x/../y"), user)
                        .folder())
                .isEqualTo(Path.of("/y"));
        assertThat(HomePaths.locate(Path.of("/z"), Map.of("EKIDEN_HOME", "/y"), user)
                        .folder())
                .isEqualTo(Path.of("/z"));
        assertThat(HomePaths.locate(Path.of("rel"), Map.of(), user).folder()).isAbsolute();
    }
}
