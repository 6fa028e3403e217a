package ekiden.mail.address.ldap;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPInterface;
import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.mail.address.AddressBookContract.Contact;
import ekiden.mail.address.AddressBookContract.Crew;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Lists;
import ekiden.mail.address.BookSettings.Match;
import ekiden.mail.address.BookSettings.Preset;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** People and lists in a directory, and books on it. */
final class Directory {
    static final String BASE = "dc=example,dc=jp";
    static final String PEOPLE = "ou=people," + BASE;
    static final String READER = "cn=reader," + BASE;

    private Directory() {}

    /** How a book reaches its directory. */
    record Way(
            HostPort server,
            Security security,
            @Nullable Trust trust,
            @Nullable String user) {
        static Way plain(int port) {
            return new Way(new HostPort("127.0.0.1", port), Security.NONE, null, null);
        }
    }

    static BookSettings.Ldap settings(Way way, Preset preset, @Nullable String filter, Lists lists) {
        return new BookSettings.Ldap(
                "all",
                Match.WHOLE,
                way.server(),
                way.security(),
                null,
                way.user(),
                way.user() == null ? null : new SecretSource.FromEnvironment("PASSWORD"),
                preset,
                BASE,
                filter,
                List.of(),
                List.of(),
                lists,
                2,
                Duration.ofSeconds(5));
    }

    static LdapBook book(Way way) {
        return book(settings(way, Preset.GENERIC, null, Lists.ADDRESS), way, () -> Result.ok("secret"));
    }

    static LdapBook book(BookSettings.Ldap settings) {
        return book(settings, Way.plain(settings.server().port()), () -> Result.ok(""));
    }

    static LdapBook book(BookSettings.Ldap settings, Way way, Supplier<Result<String>> password) {
        Trust trust = way.trust() == null ? Trust.SYSTEM : way.trust();
        LdapBook.Means means =
                new LdapBook.Means(password, () -> Result.ok(trust), new SystemClock(), new ThreadTasks());
        return new LdapBook(settings, means, AddressLimits.DEFAULT, LdapLimits.DEFAULT);
    }

    /** The entries above the others. */
    static void begin(LDAPInterface server) throws LDAPException {
        server.add(
                BASE,
                new Attribute("objectClass", "top", "dcObject", "organization"),
                new Attribute("o", "Example"),
                new Attribute("dc", "example"));
        server.add(PEOPLE, new Attribute("objectClass", "top", "organizationalUnit"), new Attribute("ou", "people"));
    }

    private static String uid(Contact one) {
        return one.address().replace('@', '-');
    }

    static void fill(LDAPInterface server, List<Contact> contacts, List<Crew> lists) throws LDAPException {
        for (Contact one : contacts) {
            List<Attribute> attributes = new ArrayList<>(List.of(
                    new Attribute("objectClass", "top", "person", "organizationalPerson", "inetOrgPerson"),
                    new Attribute("uid", uid(one)),
                    new Attribute("cn", one.name()),
                    new Attribute("sn", one.family()),
                    new Attribute("givenName", one.given()),
                    new Attribute("mail", one.address())));
            if (!one.familyReading().isEmpty()) {
                attributes.add(new Attribute("displayName", one.familyReading() + " " + one.givenReading()));
            }
            server.add("uid=" + uid(one) + "," + PEOPLE, attributes);
        }
        for (Crew crew : lists.reversed()) {
            List<String> members = new ArrayList<>();
            crew.contacts().forEach(one -> members.add("uid=" + uid(one) + "," + PEOPLE));
            crew.lists().forEach(one -> members.add("cn=" + one.name() + "," + PEOPLE));
            server.add(
                    "cn=" + crew.name() + "," + PEOPLE,
                    new Attribute("objectClass", "top", "groupOfNames"),
                    new Attribute("cn", crew.name()),
                    new Attribute("member", members));
        }
    }
}
