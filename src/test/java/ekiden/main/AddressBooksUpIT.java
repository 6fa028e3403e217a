package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.testing.Delivered;
import ekiden.testing.ScriptedSmtpServer;
import ekiden.testing.SlapdServer;
import ekiden.testing.TestTls;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails to names, on the running product, with a real directory and a CSV file. */
class AddressBooksUpIT {
    private static final String PEOPLE = "ou=people," + SlapdServer.BASE;
    private static final String JOBNET = """
            version: 1
            jobnet: /test/notice
            overlap: allow
            jobs:
              tell:
                send-mail: {profile: orders, to: [%s], subject: done, text: all done}
            """;

    @TempDir
    private Path folder;

    private static void person(SlapdServer.Plan plan, String account, String family, String given, String section) {
        plan.entry(
                "uid=" + account + "," + PEOPLE,
                "objectClass",
                "inetOrgPerson",
                "uid",
                account,
                "cn",
                family + " " + given,
                "sn",
                family,
                "givenName",
                given,
                "ou",
                section,
                "mail",
                account + "@example.jp");
    }

    private static SlapdServer directory() {
        SlapdServer.Plan plan = SlapdServer.plan()
                .tls("good")
                .settings("sizelimit 3")
                .entry(
                        SlapdServer.BASE,
                        "objectClass",
                        "dcObject",
                        "objectClass",
                        "organization",
                        "o",
                        "E",
                        "dc",
                        "example")
                .entry(PEOPLE, "objectClass", "organizationalUnit", "ou", "people")
                .entry(
                        "cn=reader," + SlapdServer.BASE,
                        "objectClass",
                        "organizationalRole",
                        "objectClass",
                        "simpleSecurityObject",
                        "cn",
                        "reader",
                        "userPassword",
                        "secret");
        person(plan, "taro", "山田", "太郎", "営業部");
        person(plan, "hanako1", "佐藤", "花子", "経理部");
        person(plan, "hanako2", "佐藤", "花子", "営業部");
        person(plan, "jiro", "鈴木", "次郎", "営業部");
        return plan.entry(
                        "cn=関係者," + PEOPLE,
                        "objectClass",
                        "groupOfNames",
                        "cn",
                        "関係者",
                        "member",
                        "uid=taro," + PEOPLE,
                        "member",
                        "uid=jiro," + PEOPLE)
                .start();
    }

    private UpGround up(ScriptedSmtpServer sink, SlapdServer directory) {
        UpGround ground = new UpGround(folder);
        ground.settings("", "limits: {send-retry-interval: 1s}")
                .write("home/ca.pem", TestTls.authority())
                .write("home/ldap.pass", "secret")
                .write("home/others.csv", "name,email\nJohn Smith,john@example.com\n山田 太郎,other@example.com\n");
        return ground.write(
                        "home/ekiden.yaml",
                        ground.read(ground.home.resolve("ekiden.yaml"))
                                + """
                                      send: {smtp: {host: 127.0.0.1, port: %d}, from: orders@example.jp}
                                  address-books:
                                    - name: company
                                      ldap: {host: localhost, port: %d, tls: implicit, ca: ca.pem, base: "%s",
                                        user: "cn=reader,%s", password: {file: ldap.pass}, timeout: 2s}
                                    - {name: others, csv: others.csv}
                                """.formatted(sink.port(), directory.tlsPort(), SlapdServer.BASE, SlapdServer.BASE))
                .start();
    }

    private static UpGround.Said sent(UpGround ground, String to) {
        ground.define("notice", JOBNET.formatted(to));
        return ground.cli("run", "start", "test/notice", "--wait");
    }

    @Test
    void mailToNamesGoesToWhomTheBooksNameAndToNobodyWhereAnyOfThemIsNotOne() {
        try (ScriptedSmtpServer sink = ScriptedSmtpServer.start();
                SlapdServer directory = directory();
                UpGround ground = up(sink, directory)) {
            sent(ground, "山田太郎, John Smith").done();
            assertThat(sink.delivered())
                    .extracting(Delivered::recipients)
                    .containsExactly(List.of("taro@example.jp", "john@example.com"));
            sent(ground, "関係者").done();
            assertThat(sink.delivered().getLast().recipients()).containsExactly("taro@example.jp", "jiro@example.jp");

            UpGround.Said several = sent(ground, "John Smith, 佐藤 花子");
            assertThat(several.exit()).as("%s", several).isEqualTo(4);
            UpGround.Said shown = ground.cli("run", "show", "test/notice#3");
            assertThat(shown.text()).contains("Ended abnormally");
            assertThat(shown.err())
                    .contains("EKDM0352-E")
                    .contains("hanako1@example.jp> (経理部)", "hanako2@example.jp> (営業部)");
            UpGround.explained("EKDM0352-E");
            assertThat(sent(ground, "山田太郎, 誰か").exit()).isEqualTo(4);
            assertThat(ground.cli("run", "show", "test/notice#4").err()).contains("EKDM0350-E");
            assertThat(sink.delivered()).hasSize(2);

            directory.startAgain();
            sent(ground, "鈴木次郎").done();
            assertThat(sink.delivered().getLast().recipients()).containsExactly("jiro@example.jp");
            assertThat(sink.delivered()).hasSize(3);
        }
    }

    @Test
    void commandsAskTheDirectoryAndSayWhatItDoesNotGive() {
        try (ScriptedSmtpServer sink = ScriptedSmtpServer.start();
                SlapdServer directory = directory();
                UpGround ground = up(sink, directory)) {
            assertThat(ground.cli("address", "resolve", "山田太郎").done().text())
                    .isEqualTo("山田太郎 = 山田 太郎 <taro@example.jp>  [company]");
            ground.cli("address", "resolve", "佐藤花子").refused(2, "EKDM0352-E");
            UpGround.Said list = ground.cli("address", "list").refused(1, "EKDM0622-W");
            assertThat(list.text()).contains("[others] John Smith <john@example.com>");
            assertThat(ground.cli("address", "list", "--limit", "2").done().out())
                    .hasSize(4);
            ground.write("home/ldap.pass", "wrong");
            ground.cli("address", "resolve", "山田太郎").refused(7, "EKDM0371-E");
            ground.write("home/ldap.pass", "secret").write("home/ca.pem", "no certificate\n");
            ground.cli("address", "resolve", "山田太郎").refused(7, "EKDM0621-E");
        }
    }
}
