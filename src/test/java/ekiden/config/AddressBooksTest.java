package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.mail.address.AddressSettings;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Column;
import ekiden.mail.address.BookSettings.Match;
import ekiden.mail.profile.Security;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressBooksTest {
    private static MailSettings mail(String text) {
        SettingsReading reading =
                SettingsYaml.read(new HomePaths(Path.of("/srv/e")), "version: 1\nmail:\n" + text.indent(2));
        assertThat(reading).isInstanceOf(SettingsReading.Usable.class);
        return ((SettingsReading.Usable) reading).settings().mail();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "address-books: own",
                "address-books: [own]",
                "address-books: [{vcard: contacts}]",
                "address-books: [{name: own}]",
                "address-books: [{name: own, vcard: a, csv: b}]",
                "address-books: [{name: 'a b', vcard: a}]",
                "address-books: [{name: own, vcard: ' '}]",
                "address-books: [{name: own, vcard: a}, {name: own, vcard: b}]",
                "address-books: [{name: own, vcard: a, match: some}]",
                "address-books: [{name: own, csv: {charset: UTF-8}}]",
                "address-books: [{name: own, csv: {file: a, charset: utf-99}}]",
                "address-books: [{name: own, csv: {file: a, charset: '?'}}]",
                "address-books: [{name: own, csv: {file: a, columns: {nmae: x}}}]",
                "address-books: [{name: own, ldap: {base: dc=x}}]",
                "address-books: [{name: own, ldap: {host: localhost}}]",
                "address-books: [{name: own, vcard: a, ldap: {host: localhost, base: dc=x}}]",
                "address-books: [{name: own, ldap: {host: localhost, base: dc=x, user: u}}]",
                "address-books: [{name: own, ldap: {host: localhost, base: dc=x, password: {env: P}}}]",
                "address-books: [{name: own, ldap: {host: localhost, base: dc=x, user: u, password: plain}}]",
                "address-books: [{name: own, ldap: {host: ldap.example.jp, base: dc=x, tls: none}}]",
                "address-books: [{name: own, ldap: {host: localhost, base: dc=x, name-attributes: ['cn)(']}}]",
                "address-books: [{name: own, ldap: {host: localhost, base: dc=x, page-size: 10001}}]",
                "address-books: [{name: own, ldap: {host: localhost, base: dc=x, timeout: 61s}}]",
                "address-map: ' '"
            })
    void whatIsWrongIsToldAndNoNameIsLookedUp(String text) {
        MailSettings mail = mail(text);
        assertThat(mail.problems()).hasSize(1);
        assertThat(mail.addresses().broken()).isEqualTo(mail.problems().getFirst());
        assertThat(mail.addresses().books()).isEmpty();
    }

    @Test
    void wrongBooksLeaveProfilesUsable() {
        MailSettings mail = mail(
                "profiles: {p: {send: {smtp: {host: localhost}, from: a@example.jp}}}\naddress-books: [{name: own}]");
        assertThat(mail.profiles()).containsKey("p");
        assertThat(mail.addresses().broken()).isNotNull();
    }

    @Test
    void wrongProfileLeavesBooksUsable() {
        assertThat(mail("profiles: {p: {}}\naddress-map: a.map").addresses())
                .isEqualTo(new AddressSettings("a.map", List.of(), null));
    }

    @Test
    void unreadableMailSectionKeepsNamesFromBeingLookedUp() {
        Problem broken = mail("address-map: [").addresses().broken();
        assertThat(broken).isNotNull();
    }

    @Test
    void booksStayInTheirOrder() {
        assertThat(mail("""
                        address-map: addresses.map
                        address-books:
                          - {name: own, vcard: contacts, match: beginning}
                          - {name: 得意先, csv: p.csv}
                          - name: all
                            csv:
                              file: all.csv
                              charset: windows-31j
                              columns: {name: 氏名, family-reading: [カナ姓, カナ]}
                        """).addresses())
                .isEqualTo(new AddressSettings(
                        "addresses.map",
                        List.of(
                                new BookSettings.VCard("own", Match.BEGINNING, "contacts"),
                                new BookSettings.Csv("得意先", Match.WHOLE, "p.csv", null, Map.of()),
                                new BookSettings.Csv(
                                        "all",
                                        Match.WHOLE,
                                        "all.csv",
                                        "windows-31j",
                                        Map.of(
                                                Column.NAME,
                                                List.of("氏名"),
                                                Column.FAMILY_READING,
                                                List.of("カナ姓", "カナ")))),
                        null));
    }

    private static BookSettings.Ldap ldap(String text) {
        return (BookSettings.Ldap) mail("address-books: [{name: all, ldap: {" + text + "}}]")
                .addresses()
                .books()
                .getFirst();
    }

    @Test
    void directoryOnAnotherMachineIsAskedOverTls() {
        BookSettings.Ldap ldap = ldap("host: ldap.example.jp, base: dc=x");
        assertThat(ldap.security()).isEqualTo(Security.IMPLICIT);
        assertThat(ldap.server()).isEqualTo(new HostPort("ldap.example.jp", 636));
        assertThat(ldap.match()).isEqualTo(Match.WHOLE);
        assertThat(ldap("host: localhost, base: dc=x").server()).isEqualTo(new HostPort("localhost", 389));
        assertThat(ldap("host: ldap.example.jp, base: dc=x, tls: none, insecure: true")
                        .security())
                .isEqualTo(Security.NONE);
    }

    @Test
    void beginningOfANameIsEnoughInAGlobalAddressList() {
        assertThat(ldap("host: localhost, base: dc=x, preset: active-directory").match())
                .isEqualTo(Match.BEGINNING);
    }

    @Test
    void oneBookTooMany() {
        StringBuilder text = new StringBuilder("address-books:\n");
        for (int i = 0; i < 20; i++) {
            text.append("  - {name: b").append(i).append(", vcard: a}\n");
        }
        assertThat(mail(text.toString()).addresses().books()).hasSize(20);
        assertThat(mail(text + "  - {name: b20, vcard: a}\n").addresses().broken())
                .isNotNull();
    }
}
