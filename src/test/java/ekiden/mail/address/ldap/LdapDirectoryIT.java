package ekiden.mail.address.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.util.SubtreeDeleter;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressBookContract;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Addressed;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Lists;
import ekiden.mail.address.BookSettings.Preset;
import ekiden.mail.address.Recipients;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Security;
import ekiden.message.Messages;
import ekiden.message.Text;
import ekiden.model.mail.Address;
import ekiden.testing.SlapdServer;
import ekiden.testing.TestTls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A directory as it is in the world: all that every book keeps, and what only a server can do wrong. */
class LdapDirectoryIT extends AddressBookContract {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Contact TARO = new Contact("山田", "太郎", "やまだ", "たろう", "taro@example.jp");
    private static final Contact SMITH = new Contact("Smith", "John", "", "", "john.smith@example.com");
    private static final Trust OURS = new Trust(true, TestTls.authority());
    private static @Nullable SlapdServer common;

    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void begin() {
        common = SlapdServer.plan()
                .tls("good")
                .settings("sizelimit size.soft=50 size.hard=50 size.prtotal=unlimited")
                .start();
    }

    @AfterAll
    static void over() {
        server().close();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    private static SlapdServer server() {
        SlapdServer server = common;
        if (server == null) {
            throw new IllegalStateException("not started");
        }
        return server;
    }

    /** Somebody who may write fills a directory that is empty then. */
    private interface Filling {
        void fill(LDAPConnection server) throws LDAPException;
    }

    private static SlapdServer with(SlapdServer server, Filling filling) {
        try (LDAPConnection root =
                new LDAPConnection("127.0.0.1", server.port(), SlapdServer.ROOT, SlapdServer.ROOT_PASSWORD)) {
            if (root.getEntry(Directory.BASE) != null) {
                new SubtreeDeleter().delete(root, Directory.BASE);
            }
            Directory.begin(root);
            root.add(
                    Directory.READER,
                    new Attribute("objectClass", "top", "organizationalRole", "simpleSecurityObject"),
                    new Attribute("cn", "reader"),
                    new Attribute("userPassword", "secret"));
            filling.fill(root);
            return server;
        } catch (LDAPException broken) {
            throw new AssertionError(server.told(), broken);
        }
    }

    private static SlapdServer people(Contact... contacts) {
        return with(server(), root -> Directory.fill(root, List.of(contacts), List.of()));
    }

    private SlapdServer own(SlapdServer.Plan plan, Contact... contacts) {
        SlapdServer server = plan.start();
        open.add(server);
        return with(server, root -> Directory.fill(root, List.of(contacts), List.of()));
    }

    private LdapBook kept(LdapBook book) {
        open.add(book);
        return book;
    }

    @Override
    protected AddressBook book(List<Contact> contacts, List<Crew> lists) {
        return Directory.book(Directory.Way.plain(
                with(server(), root -> Directory.fill(root, contacts, lists)).port()));
    }

    private static Problem problem(Result<?> result, AddressMessage message) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<?>) result).problem();
        assertThat(problem.id()).as("%s", problem).isEqualTo(message.id());
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(new Messages().lines(problem, locale))
                    .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\{[a-z]+\\}"));
            Text text = new Messages().find(problem.id(), locale).orElseThrow();
            assertThat(List.of(text.text(), text.cause(), text.next())).noneMatch(String::isBlank);
        }
        return problem;
    }

    private static <T> T good(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private static Result<Addressed.Name> resolve(AddressBook book, String name) {
        return new Recipients(() -> Result.ok(List.of(book)), AddressLimits.DEFAULT, new SystemClock()).resolve(name);
    }

    private static List<String> addresses(AddressBook book, String name) {
        return good(resolve(book, name)).addresses().stream()
                .map(Address::address)
                .toList();
    }

    private static Directory.Way way(String host, SlapdServer server, Security security, @Nullable Trust trust) {
        int port = security == Security.IMPLICIT ? server.tlsPort() : server.port();
        return new Directory.Way(new HostPort(host, port), security, trust, Directory.READER);
    }

    private LdapBook protectedBook(String host, SlapdServer server, Security security, Trust trust) {
        return kept(Directory.book(way(host, server, security, trust)));
    }

    @ParameterizedTest
    @CsvSource({"localhost, IMPLICIT", "127.0.0.1, IMPLICIT", "localhost, STARTTLS", "127.0.0.1, STARTTLS"})
    void serverWithTheRightCertificateIsBelieved(String host, Security security) {
        assertThat(addresses(protectedBook(host, people(TARO), security, OURS), "山田太郎"))
                .containsExactly("taro@example.jp");
    }

    @ParameterizedTest
    @EnumSource(names = {"IMPLICIT", "STARTTLS"})
    void serverWhoseCertificateIsWrongIsNotAsked(Security security) {
        LdapBook unknown = protectedBook("localhost", people(TARO), security, Trust.SYSTEM);
        problem(unknown.find("山田", SOON), AddressMessage.CERTIFICATE);
        LdapBook other = protectedBook("localhost", own(SlapdServer.plan().tls("other"), TARO), security, OURS);
        problem(other.find("山田", SOON), AddressMessage.CERTIFICATE_NAME);
        LdapBook expired = protectedBook("localhost", own(SlapdServer.plan().tls("expired"), TARO), security, OURS);
        problem(expired.find("山田", SOON), AddressMessage.CERTIFICATE_EXPIRED);
    }

    @Test
    void serverWithoutTlsIsNotToldThePassword() {
        SlapdServer server = own(SlapdServer.plan(), TARO);
        LdapBook none = protectedBook("localhost", server, Security.STARTTLS, OURS);
        problem(none.find("山田", SOON), AddressMessage.NO_TLS);
        Directory.Way plain =
                new Directory.Way(new HostPort("localhost", server.port()), Security.IMPLICIT, OURS, Directory.READER);
        assertThat(kept(Directory.book(plain)).find("山田", SOON)).isInstanceOf(Result.Failed.class);
    }

    @Test
    void certificatesOfTheSettingsThatAreNone() {
        LdapBook book = protectedBook("localhost", server(), Security.IMPLICIT, new Trust(true, "nothing"));
        problem(book.find("山田", SOON), AddressMessage.BAD_CA);
    }

    @Test
    void wrongPasswordAndNone() {
        Directory.Way way = way("localhost", people(TARO), Security.IMPLICIT, OURS);
        BookSettings.Ldap settings = Directory.settings(way, Preset.GENERIC, null, Lists.ADDRESS);
        LdapBook wrong = kept(Directory.book(settings, way, () -> Result.ok("a-wrong-one")));
        assertThat(problem(wrong.find("山田太郎", SOON), AddressMessage.LOGIN_REFUSED)
                        .toString())
                .contains(Directory.READER, "invalid credentials")
                .doesNotContain("a-wrong-one");
        LdapBook none = kept(Directory.book(settings, way, () -> Result.ok("")));
        problem(none.find("山田太郎", SOON), AddressMessage.NO_PASSWORD);
    }

    @ParameterizedTest
    @EnumSource(Security.class)
    void serverThatStallsIsWaitedForNoLongerThanTold(Security security) {
        SlapdServer server = own(SlapdServer.plan().tls("good"), TARO, SMITH);
        LdapBook book = protectedBook("localhost", server, security, OURS);
        LdapBook fresh = protectedBook("localhost", server, security, OURS);
        assertThat(addresses(book, "山田太郎")).containsExactly("taro@example.jp");
        server.stall();
        // Over TLS the end of a connection waits for the server's word, for the time of the settings, 5 s.
        assertThat(stalled(book)).isLessThan(Duration.ofSeconds(security == Security.NONE ? 4 : 9));
        // A connection that is yet to be made has the time of the settings, 5 s, and as much for TLS.
        assertThat(stalled(fresh)).isLessThan(Duration.ofSeconds(14));
        server.goOn();
        assertThat(addresses(book, "Smith John")).containsExactly("john.smith@example.com");
        assertThat(addresses(fresh, "Smith John")).containsExactly("john.smith@example.com");
    }

    private static Duration stalled(LdapBook book) {
        SystemClock clock = new SystemClock();
        long begun = clock.nanos();
        problem(book.find("山田太郎", Duration.ofMillis(700)), AddressMessage.NOT_REACHABLE);
        return Duration.ofNanos(clock.nanos() - begun);
    }

    @Test
    void serverThatWasRestartedIsAskedAgain() {
        SlapdServer server = own(SlapdServer.plan().tls("good"), TARO);
        LdapBook book = protectedBook("localhost", server, Security.IMPLICIT, OURS);
        assertThat(addresses(book, "山田太郎")).containsExactly("taro@example.jp");
        server.startAgain();
        assertThat(addresses(book, "山田太郎")).containsExactly("taro@example.jp");
        server.startAgain();
        assertThat(good(book.list(5, SOON)).entries()).hasSize(1);
    }

    @Test
    void serverThatRefersToAnotherIsNamedWithItAndTheOtherIsNotAsked() {
        SlapdServer server = with(
                own(SlapdServer.plan()),
                root -> root.add(
                        "ou=away," + Directory.BASE,
                        new Attribute("objectClass", "referral", "extensibleObject"),
                        new Attribute("ou", "away"),
                        new Attribute("ref", "ldap://other.example:389/dc=other")));
        LdapBook book = kept(Directory.book(at(server, "ou=people,ou=away," + Directory.BASE)));
        assertThat(problem(book.find("山田太郎", SOON), AddressMessage.REFERRED).values())
                .hasEntrySatisfying(
                        "referral", value -> assertThat(value.toString()).startsWith("ldap://other.example:389/"));
        problem(book.list(3, SOON), AddressMessage.REFERRED);
        // Active Directory refers to others at each search of a whole domain.
        assertThat(good(kept(Directory.book(at(server, Directory.BASE))).find("山田太郎", SOON))
                        .whole())
                .isEmpty();
    }

    @Test
    void baseThatIsNotThere() {
        LdapBook book = kept(Directory.book(at(people(TARO), "ou=none," + Directory.BASE)));
        assertThat(problem(book.find("山田太郎", SOON), AddressMessage.NO_BASE).values())
                .containsEntry("base", "ou=none," + Directory.BASE);
        problem(book.list(3, SOON), AddressMessage.NO_BASE);
    }

    private static BookSettings.Ldap at(SlapdServer server, String base) {
        BookSettings.Ldap usual =
                Directory.settings(Directory.Way.plain(server.port()), Preset.GENERIC, null, Lists.ADDRESS);
        return new BookSettings.Ldap(
                "all",
                usual.match(),
                usual.server(),
                usual.security(),
                null,
                null,
                null,
                Preset.GENERIC,
                base,
                null,
                List.of(),
                List.of(),
                Lists.ADDRESS,
                2,
                SOON);
    }

    private static Contact[] many() {
        return IntStream.rangeClosed(1, 123)
                .mapToObj(i -> new Contact("N" + i, "X", "", "", "n" + i + "@example.jp"))
                .toArray(Contact[]::new);
    }

    @Test
    void moreEntriesThanTheServerGivesAtOnceComePageByPage() {
        LdapBook book = kept(Directory.book(at(people(many()), Directory.BASE)));
        AddressBook.Listing all = good(book.list(1_000, SOON));
        assertThat(all.entries()).hasSize(123);
        assertThat(all.more()).isFalse();
        assertThat(all.refused()).isNull();
        AddressBook.Listing some = good(book.list(60, SOON));
        assertThat(some.entries()).hasSize(60);
        assertThat(some.more()).isTrue();
        assertThat(some.refused()).isNull();
    }

    @Test
    void serverThatGivesNoMoreAlsoPageByPageIsTold() {
        SlapdServer server = own(SlapdServer.plan().settings("sizelimit 50"), many());
        AddressBook.Listing cut =
                good(kept(Directory.book(at(server, Directory.BASE))).list(1_000, SOON));
        assertThat(cut.entries()).hasSize(50);
        assertThat(cut.more()).isTrue();
        Problem refused = cut.refused();
        assertThat(refused).isNotNull();
        problem(Result.failed(Objects.requireNonNull(refused)), AddressMessage.CUT);
        assertThat(refused.values()).containsEntry("count", "50");
    }

    @Test
    void listAndItsMembersAreOpenedWhereItHasNoAddress() {
        SlapdServer server = with(
                server(),
                root -> Directory.fill(
                        root, List.of(TARO, SMITH), List.of(new Crew("営業部", List.of(TARO, SMITH), List.of()))));
        assertThat(addresses(kept(Directory.book(Directory.Way.plain(server.port()))), "営業部"))
                .containsExactlyInAnyOrder("taro@example.jp", "john.smith@example.com");
    }

    @Test
    void namesakesAndStrangersAreRefusedWithCandidates() {
        Contact other = new Contact("山田", "太郎", "", "", "t.yamada@example.jp");
        LdapBook book =
                kept(Directory.book(Directory.Way.plain(people(TARO, other).port())));
        assertThat(problem(resolve(book, "山田太郎"), AddressMessage.AMBIGUOUS).toString())
                .contains("taro@example.jp", "t.yamada@example.jp");
        problem(resolve(book, "山田"), AddressMessage.UNKNOWN_SIMILAR);
        problem(resolve(book, "誰か"), AddressMessage.UNKNOWN);
        assertThat(addresses(book, "t.yamada-example.jp")).containsExactly("t.yamada@example.jp");
    }

    /** What of an Active Directory a slapd can be: its attributes. Names are completed by {@code anr} there, which it has not. */
    @Test
    void globalAddressListHasNobodyWhoIsHiddenAndThePrimaryAddressCounts() {
        SlapdServer server = with(server(), root -> {
            user(root, "yamada", "山田 太郎", "proxyAddresses", "smtp:old@example.jp", "SMTP:taro@example.jp");
            user(root, "hidden", "山田 花子", "mail", "hanako@example.jp");
            root.modify(
                    "cn=hidden," + Directory.PEOPLE,
                    new Modification(ModificationType.ADD, "msExchHideFromAddressLists", "TRUE"));
            user(root, "sato", "佐藤 次郎", "mail", "jiro@example.jp");
            root.add(
                    "cn=team," + Directory.PEOPLE,
                    new Attribute("objectClass", "top", "group"),
                    new Attribute("cn", "team"),
                    new Attribute("mail", "team@example.jp"),
                    new Attribute("member", "cn=sato," + Directory.PEOPLE, "cn=hidden," + Directory.PEOPLE));
        });
        Directory.Way way = Directory.Way.plain(server.port());
        LdapBook book = kept(Directory.book(Directory.settings(way, Preset.ACTIVE_DIRECTORY, null, Lists.ADDRESS)));
        assertThat(addresses(book, "山田太郎")).containsExactly("taro@example.jp");
        assertThat(addresses(book, "SATO")).containsExactly("jiro@example.jp");
        assertThat(addresses(book, "team")).containsExactly("team@example.jp");
        problem(resolve(book, "山田花子"), AddressMessage.UNKNOWN);
        assertThat(good(book.list(10, SOON)).entries()).hasSize(3);
        LdapBook opened = kept(Directory.book(Directory.settings(way, Preset.ACTIVE_DIRECTORY, null, Lists.EXPAND)));
        assertThat(addresses(opened, "team")).containsExactlyInAnyOrder("jiro@example.jp", "hanako@example.jp");
    }

    private static void user(LDAPConnection root, String account, String name, String attribute, String... values)
            throws LDAPException {
        root.add(
                "cn=" + account + "," + Directory.PEOPLE,
                new Attribute("objectClass", "top", "user"),
                new Attribute("cn", account),
                new Attribute("sAMAccountName", account),
                new Attribute("displayName", name),
                new Attribute(attribute, values));
    }
}
