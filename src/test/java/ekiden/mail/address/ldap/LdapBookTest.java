package ekiden.mail.address.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.asn1.ASN1OctetString;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchEntry;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSearchResult;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.Control;
import com.unboundid.ldap.sdk.Entry;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPResult;
import com.unboundid.ldap.sdk.SearchRequest;
import com.unboundid.ldap.sdk.controls.SimplePagedResultsControl;
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
import ekiden.mail.address.BookSettings.Match;
import ekiden.mail.address.BookSettings.Preset;
import ekiden.mail.address.Found;
import ekiden.mail.address.Recipients;
import ekiden.mail.profile.Security;
import ekiden.message.Messages;
import ekiden.model.mail.Address;
import ekiden.testing.Ports;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LdapBookTest extends AddressBookContract {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Contact TARO = new Contact("山田", "太郎", "やまだ", "たろう", "taro@example.jp");

    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable String piece;

    /** What only Active Directory does: ambiguous names, and long lists in pieces. */
    private final class Active extends InMemoryOperationInterceptor {
        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest asked) throws LDAPException {
            SearchRequest request = asked.getRequest().duplicate();
            String filter = request.getFilter().toString();
            piece = List.of(request.getAttributes()).contains("member;range=2-*") ? "2" : "0";
            request.setFilter(Filter.create(filter.replaceAll(
                    "\\(anr=([^)]*)\\)",
                    "(|(displayName=$1*)(sn=$1*)(givenName=$1*)(sAMAccountName=$1*)"
                            + "(physicalDeliveryOfficeName=$1*)(proxyAddresses=smtp:$1*))")));
            request.setAttributes("*");
            asked.setRequest(request);
        }

        @Override
        public void processSearchEntry(InMemoryInterceptedSearchEntry found) {
            Entry entry = found.getSearchEntry().duplicate();
            String[] members = entry.getAttributeValues("member");
            if (members != null && members.length > 2) {
                List<String> some = "2".equals(piece)
                        ? List.of(members).subList(2, members.length)
                        : List.of(members).subList(0, 2);
                entry.removeAttribute("member");
                entry.addAttribute(new Attribute("member;range=" + ("2".equals(piece) ? "2-*" : "0-1"), some));
                found.setSearchEntry(entry);
            }
        }
    }

    private InMemoryDirectoryServer server(int port, boolean active) {
        return server(port, active ? new Active() : null);
    }

    private InMemoryDirectoryServer server(int port, @Nullable InMemoryOperationInterceptor deeds) {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(Directory.BASE);
            config.setSchema(null);
            config.addAdditionalBindCredentials(Directory.READER, "secret");
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("here", InetAddress.getLoopbackAddress(), port, null));
            if (deeds != null) {
                config.addInMemoryOperationInterceptor(deeds);
            }
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            Directory.begin(server);
            server.startListening();
            open.add(() -> server.shutDown(true));
            return server;
        } catch (LDAPException broken) {
            throw new AssertionError(broken);
        }
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open.reversed()) {
            one.close();
        }
    }

    @Override
    protected AddressBook book(List<Contact> contacts, List<Crew> lists) {
        try {
            InMemoryDirectoryServer server = server(0, false);
            Directory.fill(server, contacts, lists);
            return Directory.book(Directory.Way.plain(server.getListenPort()));
        } catch (LDAPException broken) {
            throw new AssertionError(broken);
        }
    }

    private static Problem problem(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<?>) result).problem();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(new Messages().lines(problem, locale))
                    .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\{[a-z]+\\}"));
        }
        return problem;
    }

    private static List<String> addresses(AddressBook book, String name) {
        Result<Addressed.Name> found =
                new Recipients(() -> Result.ok(List.of(book)), AddressLimits.DEFAULT, new SystemClock()).resolve(name);
        assertThat(found).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Addressed.Name>) found)
                .value().addresses().stream().map(Address::address).toList();
    }

    private static List<ekiden.mail.address.Entry> whole(Result<Found> found) {
        assertThat(found).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Found>) found).value().whole();
    }

    @Test
    void nobodyListens() {
        int port = Ports.free();
        try (LdapBook book = Directory.book(Directory.Way.plain(port))) {
            Problem problem = problem(book.find("山田", SOON));
            assertThat(problem.id()).isEqualTo(AddressMessage.NOT_REACHABLE.id());
            assertThat(problem.values())
                    .containsEntry("server", "127.0.0.1:" + port)
                    .containsEntry("reason", "Connection refused");
        }
    }

    @Test
    void serverThatWasRestartedIsAskedAgain() throws LDAPException {
        InMemoryDirectoryServer first = server(0, false);
        int port = first.getListenPort();
        Directory.fill(first, List.of(TARO), List.of());
        try (LdapBook book = Directory.book(Directory.Way.plain(port))) {
            assertThat(whole(book.find("山田太郎", SOON))).hasSize(1);
            first.shutDown(true);
            assertThat(problem(book.find("山田太郎", SOON)).id()).isEqualTo(AddressMessage.NOT_REACHABLE.id());
            InMemoryDirectoryServer second = server(port, false);
            Directory.fill(second, List.of(TARO), List.of());
            assertThat(whole(book.find("山田太郎", SOON))).hasSize(1);
            // The other connections of the pool are of the first life, too.
            second.shutDown(true);
            InMemoryDirectoryServer third = server(port, false);
            Directory.fill(third, List.of(TARO), List.of());
            assertThat(whole(book.find("山田太郎", SOON))).hasSize(1);
        }
    }

    @Test
    void refusedPasswordIsAskedOfItsSourceAgain() throws LDAPException {
        InMemoryDirectoryServer server = server(0, false);
        Directory.fill(server, List.of(TARO), List.of());
        Directory.Way way = new Directory.Way(
                new HostPort("127.0.0.1", server.getListenPort()), Security.NONE, null, Directory.READER);
        AtomicInteger asked = new AtomicInteger();
        BookSettings.Ldap settings = Directory.settings(way, Preset.GENERIC, null, Lists.ADDRESS);
        try (LdapBook book =
                Directory.book(settings, way, () -> Result.ok(asked.getAndIncrement() == 0 ? "wrong" : "secret"))) {
            Problem problem = problem(book.find("山田太郎", SOON));
            assertThat(problem.id()).isEqualTo(AddressMessage.LOGIN_REFUSED.id());
            assertThat(problem.toString()).contains(Directory.READER).doesNotContain("wrong");
            assertThat(whole(book.find("山田太郎", SOON))).hasSize(1);
            assertThat(whole(book.find("山田太郎", SOON))).hasSize(1);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void baseThatIsNotThere() {
        InMemoryDirectoryServer server = server(0, false);
        Directory.Way way = Directory.Way.plain(server.getListenPort());
        BookSettings.Ldap usual = Directory.settings(way, Preset.GENERIC, null, Lists.ADDRESS);
        BookSettings.Ldap elsewhere = new BookSettings.Ldap(
                "all",
                Match.WHOLE,
                usual.server(),
                usual.security(),
                null,
                null,
                null,
                Preset.GENERIC,
                "dc=none",
                null,
                List.of(),
                List.of(),
                Lists.ADDRESS,
                2,
                SOON);
        try (LdapBook book = Directory.book(elsewhere, way, () -> Result.ok(""))) {
            assertThat(problem(book.find("山田", SOON)).id()).isEqualTo(AddressMessage.NO_BASE.id());
            assertThat(problem(book.list(2, SOON)).id()).isEqualTo(AddressMessage.NO_BASE.id());
        }
    }

    @Test
    void filterThatIsNone() {
        Directory.Way way = Directory.Way.plain(1);
        BookSettings.Ldap settings = Directory.settings(way, Preset.GENERIC, "(mail=", Lists.ADDRESS);
        try (LdapBook book = Directory.book(settings, way, () -> Result.ok(""))) {
            assertThat(problem(book.find("山田", SOON)).id()).isEqualTo(AddressMessage.BAD_FILTER.id());
        }
    }

    @Test
    void filterOfTheSettingsSaysWhoIsInTheBook() throws LDAPException {
        InMemoryDirectoryServer server = server(0, false);
        Directory.fill(server, List.of(TARO), List.of());
        Directory.Way way = Directory.Way.plain(server.getListenPort());
        BookSettings.Ldap settings = Directory.settings(way, Preset.GENERIC, "(mail=*@example.com)", Lists.ADDRESS);
        try (LdapBook book = Directory.book(settings, way, () -> Result.ok(""))) {
            assertThat(whole(book.find("山田太郎", SOON))).isEmpty();
        }
    }

    @Test
    void memberThatWasRemovedIsMissing() throws LDAPException {
        InMemoryDirectoryServer server = server(0, false);
        Directory.fill(server, List.of(TARO), List.of(new Crew("営業部", List.of(TARO), List.of())));
        server.delete("uid=taro-example.jp," + Directory.PEOPLE);
        try (LdapBook book = Directory.book(Directory.Way.plain(server.getListenPort()))) {
            Recipients recipients =
                    new Recipients(() -> Result.ok(List.of(book)), AddressLimits.DEFAULT, new SystemClock());
            assertThat(problem(recipients.resolve("営業部")).id()).isEqualTo(AddressMessage.MISSING_MEMBER.id());
        }
    }

    @Test
    void listWithAnAddressIsOpenedOnlyWhereTheSettingsSaySo() throws LDAPException {
        InMemoryDirectoryServer server = server(0, false);
        Directory.fill(server, List.of(TARO), List.of());
        server.add(
                "cn=team," + Directory.PEOPLE,
                new Attribute("objectClass", "top", "groupOfNames"),
                new Attribute("cn", "team"),
                new Attribute("mail", "team@example.jp"),
                new Attribute("member", "uid=taro-example.jp," + Directory.PEOPLE));
        Directory.Way way = Directory.Way.plain(server.getListenPort());
        try (LdapBook book = Directory.book(way)) {
            assertThat(addresses(book, "team")).containsExactly("team@example.jp");
        }
        BookSettings.Ldap settings = Directory.settings(way, Preset.GENERIC, null, Lists.EXPAND);
        try (LdapBook book = Directory.book(settings, way, () -> Result.ok(""))) {
            assertThat(addresses(book, "team")).containsExactly("taro@example.jp");
        }
    }

    private InMemoryDirectoryServer globalAddressList() throws LDAPException {
        InMemoryDirectoryServer server = server(0, true);
        person(
                server,
                "yamada",
                "山田 太郎",
                new Attribute("proxyAddresses", "smtp:old@example.jp", "SMTP:taro@example.jp"));
        person(
                server,
                "hidden",
                "山田 花子",
                new Attribute("mail", "hanako@example.jp"),
                new Attribute("msExchHideFromAddressLists", "TRUE"));
        person(server, "nobody", "山田 三郎", new Attribute("description", "no mail"));
        person(server, "sato", "佐藤 次郎", new Attribute("mail", "jiro@example.jp"));
        return server;
    }

    private static void person(InMemoryDirectoryServer server, String account, String name, Attribute... more)
            throws LDAPException {
        List<Attribute> attributes = new ArrayList<>(List.of(
                new Attribute("objectClass", "top", "user"),
                new Attribute("sAMAccountName", account),
                new Attribute("displayName", name)));
        attributes.addAll(List.of(more));
        server.add("cn=" + account + "," + Directory.PEOPLE, attributes);
    }

    private static LdapBook active(InMemoryDirectoryServer server, Lists lists) {
        Directory.Way way = Directory.Way.plain(server.getListenPort());
        return Directory.book(Directory.settings(way, Preset.ACTIVE_DIRECTORY, null, lists), way, () -> Result.ok(""));
    }

    @Test
    void globalAddressListHasNobodyWhoIsHiddenOrHasNoMail() throws LDAPException {
        try (LdapBook book = active(globalAddressList(), Lists.ADDRESS)) {
            assertThat(whole(book.find("山田花子", SOON))).isEmpty();
            assertThat(whole(book.find("山田 三郎", SOON))).isEmpty();
            Result<AddressBook.Listing> all = book.list(10, SOON);
            assertThat(((Result.Ok<AddressBook.Listing>) all).value().entries()).hasSize(2);
        }
    }

    @Test
    void ambiguousNameResolutionFindsWhoseNameBeginsSo() throws LDAPException {
        try (LdapBook book = active(globalAddressList(), Lists.ADDRESS)) {
            Result<Found> found = book.find("山田", SOON);
            assertThat(((Result.Ok<Found>) found).value().beginning())
                    .extracting(ekiden.mail.address.Entry::name)
                    .containsExactly("山田 太郎");
        }
    }

    /** MS-ADTS 3.1.1.3.1.3.3: the office and all addresses count for the server, too. */
    @Test
    void whoseOfficeOrFormerAddressBeginsSoIsNotMeant() throws LDAPException {
        InMemoryDirectoryServer server = globalAddressList();
        person(
                server,
                "suzuki",
                "鈴木 一郎",
                new Attribute("mail", "ichiro@example.jp"),
                new Attribute("physicalDeliveryOfficeName", "大阪営業部"));
        try (LdapBook book = active(server, Lists.ADDRESS)) {
            for (String name : List.of("大阪", "old")) {
                Result<Found> found = book.find(name, SOON);
                assertThat(((Result.Ok<Found>) found).value()).isEqualTo(Found.NOBODY);
            }
        }
    }

    @Test
    void beginningsOfBothPartsOfANameAreEnoughInEitherOrder() throws LDAPException {
        InMemoryDirectoryServer server = globalAddressList();
        person(
                server,
                "garcia",
                "José García",
                new Attribute("mail", "jose@example.com"),
                new Attribute(
                        "physicalDeliveryOfficeName", "Gar Jos", "Jos Gar", "jose gar", "Jos Osaka", "García Jo"));
        try (LdapBook book = active(server, Lists.ADDRESS)) {
            for (String name : List.of("Gar Jos", "Jos Gar", "jose gar", "García Jo")) {
                Result<Found> found = book.find(name, SOON);
                assertThat(((Result.Ok<Found>) found).value().beginning())
                        .as(name)
                        .hasSize(1);
            }
            Result<Found> found = book.find("Jos Osaka", SOON);
            assertThat(((Result.Ok<Found>) found).value().beginning()).isEmpty();
        }
    }

    /** A server that never comes to its last page. */
    private static final class Endless extends InMemoryOperationInterceptor {
        private final AtomicInteger pages = new AtomicInteger();

        @Override
        public void processSearchResult(InMemoryInterceptedSearchResult found) {
            assertThat(pages.incrementAndGet()).as("pages").isLessThan(100_000);
            LDAPResult end = found.getResult();
            SimplePagedResultsControl more = new SimplePagedResultsControl(0, new ASN1OctetString("on"));
            found.setResult(new LDAPResult(
                    end.getMessageID(), end.getResultCode(), null, null, List.of(), List.of((Control) more)));
        }

        @Override
        public void processSearchRequest(InMemoryInterceptedSearchRequest asked) throws LDAPException {
            SearchRequest request = asked.getRequest().duplicate();
            request.setControls(new Control[0]);
            request.setFilter(Filter.create("(mail=nobody@example.jp)"));
            asked.setRequest(request);
        }
    }

    @Test
    void pagesThatComeWithoutEndAreNotWaitedForLongerThanTold() {
        Endless endless = new Endless();
        InMemoryDirectoryServer server = server(0, endless);
        try (LdapBook book = Directory.book(Directory.Way.plain(server.getListenPort()))) {
            SystemClock clock = new SystemClock();
            long begun = clock.nanos();
            Problem problem = problem(book.list(10, Duration.ofSeconds(2)));
            assertThat(problem.id()).isEqualTo(AddressMessage.NOT_REACHABLE.id());
            assertThat(Duration.ofNanos(clock.nanos() - begun)).isLessThan(Duration.ofSeconds(5));
            assertThat(endless.pages).hasValueGreaterThan(1);
        }
    }

    @Test
    void primaryProxyAddressIsTheAddressAndTheAccountIsAName() throws LDAPException {
        try (LdapBook book = active(globalAddressList(), Lists.ADDRESS)) {
            assertThat(addresses(book, "山田太郎")).containsExactly("taro@example.jp");
            assertThat(addresses(book, "SATO")).containsExactly("jiro@example.jp");
        }
    }

    @Test
    void longListThatComesInPiecesIsWhole() throws LDAPException {
        InMemoryDirectoryServer server = server(0, true);
        List<String> members = new ArrayList<>();
        for (int i : IntStream.range(0, 5).toArray()) {
            person(server, "m" + i, "Member " + i, new Attribute("mail", "m" + i + "@example.jp"));
            members.add("cn=m" + i + "," + Directory.PEOPLE);
        }
        server.add(
                "cn=all," + Directory.PEOPLE,
                new Attribute("objectClass", "top", "group"),
                new Attribute("cn", "all"),
                new Attribute("mail", "all@example.jp"),
                new Attribute("member", members));
        try (LdapBook book = active(server, Lists.EXPAND)) {
            assertThat(addresses(book, "all"))
                    .containsExactly(
                            "m0@example.jp", "m1@example.jp", "m2@example.jp", "m3@example.jp", "m4@example.jp");
        }
    }

    @Test
    void memberWhoIsHiddenFromAddressListsGetsTheMailOfTheList() throws LDAPException {
        InMemoryDirectoryServer server = globalAddressList();
        server.add(
                "cn=all," + Directory.PEOPLE,
                new Attribute("objectClass", "top", "group"),
                new Attribute("cn", "all"),
                new Attribute("mail", "all@example.jp"),
                new Attribute("member", "cn=hidden," + Directory.PEOPLE));
        try (LdapBook book = active(server, Lists.EXPAND)) {
            assertThat(addresses(book, "all")).containsExactly("hanako@example.jp");
        }
    }

    @Test
    void silentServerIsWaitedForNoLongerThanToldTo() throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                LdapBook book = Directory.book(Directory.Way.plain(silent.getLocalPort()))) {
            SystemClock clock = new SystemClock();
            long begun = clock.nanos();
            Problem problem = problem(book.find("山田", Duration.ofMillis(300)));
            assertThat(problem.id()).isEqualTo(AddressMessage.NOT_REACHABLE.id());
            assertThat(Duration.ofNanos(clock.nanos() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }
}
