package ekiden.main;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Result;
import ekiden.base.SystemClock;
import ekiden.base.ThreadTasks;
import ekiden.config.HomePaths;
import ekiden.config.SecretLimits;
import ekiden.config.SecretReader;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.AddressSettings;
import ekiden.mail.address.Addressed;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.Recipients;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.testing.SlapdServer;
import ekiden.testing.TcpRelay;
import ekiden.testing.TestTls;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names among 100,000 people of a real directory, looked up as {@code up} does it: its books, its kept connections, TLS and a login. {@code -Dekiden.ldap.entries=N} for another number. */
class LdapSpeedLongIT {
    private static final System.Logger LOG = System.getLogger(LdapSpeedLongIT.class.getName());
    private static final int ENTRIES = Integer.getInteger("ekiden.ldap.entries", 100_000);
    private static final int NAMES = 4_000;
    private static final int WARM = 200;
    private static final int CUTS = 50;
    private static final double MOST_MILLIS = 50;
    private static final String PEOPLE = "ou=people," + SlapdServer.BASE;
    private static final String READER = "cn=reader," + SlapdServer.BASE;
    private static final String FAMILY = "山田佐藤鈴木高橋伊東渡辺中村小林";
    private static final String GIVEN = "太郎花子次一美雪春夏秋冬正義真理恵香直樹";

    private final SystemClock clock = new SystemClock();
    private final Random random = new Random(20261128);

    @TempDir
    private Path home;

    private static String family(int number) {
        int pair = number / 400 % 256;
        return "" + FAMILY.charAt(pair / 16) + FAMILY.charAt(pair % 16);
    }

    private static String given(int number) {
        int pair = number % 400;
        String more = number >= 102_400 ? Integer.toString(number / 102_400) : "";
        return "" + GIVEN.charAt(pair / 20) + GIVEN.charAt(pair % 20) + more;
    }

    private static SlapdServer.Plan full() {
        SlapdServer.Plan plan = SlapdServer.plan()
                .tls("good")
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
                        READER,
                        "objectClass",
                        "organizationalRole",
                        "objectClass",
                        "simpleSecurityObject",
                        "cn",
                        "reader",
                        "userPassword",
                        "secret");
        for (int i = 0; i < ENTRIES; i++) {
            String uid = "u" + i;
            plan.entry(
                    "uid=" + uid + "," + PEOPLE,
                    "objectClass",
                    "inetOrgPerson",
                    "uid",
                    uid,
                    "cn",
                    family(i) + " " + given(i),
                    "sn",
                    family(i),
                    "givenName",
                    given(i),
                    "displayName",
                    family(i) + " " + given(i),
                    "ou",
                    "第" + i % 50 + "営業部",
                    "mail",
                    uid + "@example.jp");
        }
        return plan;
    }

    private Addresses addresses(int port) throws IOException {
        Files.writeString(home.resolve("ca.pem"), TestTls.authority());
        Files.writeString(home.resolve("ldap.pass"), "secret");
        BookSettings.Ldap book = new BookSettings.Ldap(
                "company",
                BookSettings.Match.WHOLE,
                new HostPort("localhost", port),
                Security.IMPLICIT,
                "ca.pem",
                READER,
                new SecretSource.FromFile("ldap.pass"),
                BookSettings.Preset.GENERIC,
                SlapdServer.BASE,
                null,
                List.of(),
                List.of(),
                BookSettings.Lists.ADDRESS,
                BookSettings.Ldap.USUAL_PAGE,
                BookSettings.Ldap.USUAL_TIMEOUT);
        AddressSettings settings = new AddressSettings(null, List.of(book), null);
        SecretReader secrets = new SecretReader(new HomePaths(home), Map.of(), clock, SecretLimits.DEFAULT);
        return new Addresses(() -> settings, secrets, home, clock, new ThreadTasks());
    }

    /** Looks one up in one of the ways people write names, and checks what came. {@return how long it took, in milliseconds} */
    private double one(Recipients recipients, int way) {
        int number = random.nextInt(ENTRIES);
        String name = switch (way) {
            case 0 -> family(number) + given(number);
            case 1 -> family(number) + "　" + given(number);
            case 2 -> "U" + number;
            case 3 -> family(number) + given(number) + "朗";
            default -> family(number);
        };
        long begun = clock.nanos();
        Result<Addressed.Name> found = recipients.resolve(name);
        double took = (clock.nanos() - begun) / 1e6;
        if (way < 3) {
            assertThat(found).as(name).isInstanceOf(Result.Ok.class);
            assertThat(((Result.Ok<Addressed.Name>) found).value().addresses())
                    .singleElement()
                    .satisfies(address -> assertThat(address.address()).isEqualTo("u" + number + "@example.jp"));
        } else {
            assertThat(found).as(name).isInstanceOf(Result.Failed.class);
            String wanted = way == 3 ? AddressMessage.UNKNOWN.id() : AddressMessage.UNKNOWN_SIMILAR.id();
            assertThat(((Result.Failed<?>) found).problem().id()).isEqualTo(wanted);
        }
        return took;
    }

    private static double[] told(String what, double[] millis) {
        Arrays.sort(millis);
        double[] three = {millis[millis.length / 2], millis[millis.length * 99 / 100], millis[millis.length - 1]};
        String line = String.format(
                Locale.ROOT,
                "%s: n %d, p50 %.2f ms, p99 %.2f ms, max %.2f ms",
                what,
                millis.length,
                three[0],
                three[1],
                three[2]);
        LOG.log(Level.INFO, line);
        return three;
    }

    @Test
    void namesAmongAHundredThousandAreFoundAtOnce() throws IOException {
        try (SlapdServer server = full().start();
                TcpRelay relay = new TcpRelay(server.tlsPort());
                Addresses direct = addresses(server.tlsPort());
                Addresses cut = addresses(relay.port())) {
            for (int i = 0; i < WARM; i++) {
                one(direct.recipients(), i % 5);
            }
            String[] ways = {"without a blank", "with a wide blank", "account", "unknown", "only the beginning"};
            double[] all = new double[NAMES];
            double[][] each = new double[ways.length][NAMES / ways.length];
            for (int i = 0; i < NAMES; i++) {
                int way = i % ways.length;
                all[i] = one(direct.recipients(), way);
                each[way][i / ways.length] = all[i];
            }
            for (int way = 0; way < ways.length; way++) {
                told(ENTRIES + " entries, " + ways[way], each[way]);
            }
            double p99 = told(ENTRIES + " entries, all", all)[1];
            double[] again = new double[CUTS];
            for (int i = 0; i < CUTS; i++) {
                one(cut.recipients(), 0);
                relay.cut();
                again[i] = one(cut.recipients(), 1);
            }
            told("after the connection was cut (connection, TLS and login anew)", again);
            assertThat(p99).isLessThan(MOST_MILLIS);
            assertThat(relay.connections()).isEqualTo(CUTS + 1);
        }
    }
}
