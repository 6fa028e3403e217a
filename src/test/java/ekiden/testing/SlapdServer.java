package ekiden.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A slapd (OpenLDAP) of its own: settings, schema and database in a temporary folder; LDAP at a free port of 127.0.0.1, and with a certificate also
 * STARTTLS there and LDAPS at another. Who asks may read everything but passwords. Besides core, cosine and inetorgperson it knows the names of Active
 * Directory's attributes ({@code user}, {@code group}, {@code proxyAddresses}, {@code msExchHideFromAddressLists}); what Active Directory does, such as
 * {@code anr}, it cannot do. Safe from any thread.
 */
public final class SlapdServer implements AutoCloseable {
    /** Below it is everything. */
    public static final String BASE = "dc=example,dc=jp";

    /** Who may write. */
    public static final String ROOT = "cn=root," + BASE;

    /** The password of {@link #ROOT}. */
    public static final String ROOT_PASSWORD = "root-secret";

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOADED_WITHIN = Duration.ofMinutes(5);
    private static final int STARTS = 3;

    /** What to start. */
    public static final class Plan {
        private String general = "";
        private String database = "";
        private final StringBuilder ldif = new StringBuilder();
        private @Nullable String certificate;

        private Plan() {}

        /** It shows a certificate of {@link TestTls}: {@code good}, {@code expired} or {@code other}. {@return this} */
        public Plan tls(String of) {
            certificate = of;
            return this;
        }

        /** Lines of {@code slapd.conf} for the whole server. {@return this} */
        public Plan settings(String lines) {
            general += lines + "\n";
            return this;
        }

        /** Lines of {@code slapd.conf} for the database. {@return this} */
        public Plan database(String lines) {
            database += lines + "\n";
            return this;
        }

        /** An entry that is there before it starts: attributes and their values by turns. Those above others come first. {@return this} */
        public Plan entry(String dn, String... attributes) {
            line("dn", dn);
            for (int i = 0; i < attributes.length; i += 2) {
                line(attributes[i], attributes[i + 1]);
            }
            ldif.append('\n');
            return this;
        }

        /** A line of LDIF (RFC 2849), in Base64, which may be any text. */
        private void line(String attribute, String value) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            ldif.append(attribute)
                    .append(":: ")
                    .append(Base64.getEncoder().encodeToString(bytes))
                    .append('\n');
        }

        /** Starts it. {@return a server that answers} */
        public SlapdServer start() {
            Programs.need(Program.SLAPD, Program.SLAPADD);
            ServerFolder folder = new ServerFolder("slapd");
            try {
                return new SlapdServer(folder, this);
            } catch (RuntimeException | AssertionError broken) {
                folder.close();
                throw broken;
            }
        }
    }

    private final ServerFolder folder;
    private final Plan plan;
    private final Path settings;
    private List<Integer> ports;
    private ChildProcess server;

    private SlapdServer(ServerFolder folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
        folder.folder("data", null);
        folder.write("ad.schema", ACTIVE_DIRECTORY);
        settings = folder.write("slapd.conf", settings());
        if (!plan.ldif.isEmpty()) {
            Path entries = folder.write("entries.ldif", plan.ldif.toString());
            ChildProcess.run(
                    "slapadd",
                    new ProcessBuilder(
                            Programs.path(Program.SLAPADD).toString(),
                            "-q",
                            "-f",
                            settings.toString(),
                            "-l",
                            entries.toString()),
                    LOADED_WITHIN);
        }
        ports = Ports.free(2);
        server = launch();
    }

    /** {@return an empty plan} */
    public static Plan plan() {
        return new Plan();
    }

    private String settings() {
        String certificate = plan.certificate;
        String tls = "";
        if (certificate != null) {
            TestTls.Pem pem = TestTls.pem(certificate);
            tls = "TLSCertificateFile " + folder.write("tls.crt", pem.chain()) + "\nTLSCertificateKeyFile "
                    + folder.write("tls.key", pem.key());
        }
        return SETTINGS.replace("@DIR@", folder.path().toString())
                .replace("@TLS@", tls)
                .replace("@GENERAL@", plan.general)
                .replace("@DATABASE@", plan.database)
                .replace("@BASE@", BASE)
                .replace("@ROOT@", ROOT)
                .replace("@PASSWORD@", ROOT_PASSWORD);
    }

    private static final String SETTINGS = """
        include /etc/ldap/schema/core.schema
        include /etc/ldap/schema/cosine.schema
        include /etc/ldap/schema/inetorgperson.schema
        include /etc/ldap/schema/misc.schema
        include @DIR@/ad.schema
        modulepath /usr/lib/ldap
        moduleload back_mdb
        pidfile @DIR@/slapd.pid
        @TLS@
        @GENERAL@
        database mdb
        suffix "@BASE@"
        rootdn "@ROOT@"
        rootpw @PASSWORD@
        directory @DIR@/data
        maxsize 1073741824
        dbnosync
        index objectClass eq
        index cn,sn,givenName,displayName,uid,sAMAccountName,mailNickname eq,sub
        index msDS-PhoneticDisplayName,msDS-PhoneticLastName,msDS-PhoneticFirstName eq,sub
        index mail,proxyAddresses,msExchHideFromAddressLists pres,eq
        access to attrs=userPassword by anonymous auth by * none
        access to * by * read
        @DATABASE@
        """;

    /** Numbers of OpenLDAP's arc for experiments: only the names are Active Directory's. */
    private static final String ACTIVE_DIRECTORY = """
        objectidentifier Try 1.3.6.1.4.1.4203.666.77
        objectidentifier TryType Try:1
        objectidentifier TryClass Try:2
        attributetype ( TryType:1 NAME 'sAMAccountName' SUP name SINGLE-VALUE )
        attributetype ( TryType:2 NAME 'mailNickname' SUP name SINGLE-VALUE )
        attributetype ( TryType:3 NAME 'proxyAddresses' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
        attributetype ( TryType:4 NAME 'targetAddress' EQUALITY caseIgnoreMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
        attributetype ( TryType:5 NAME 'msExchHideFromAddressLists' EQUALITY booleanMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.7 SINGLE-VALUE )
        attributetype ( TryType:6 NAME 'msDS-PhoneticDisplayName' SUP name SINGLE-VALUE )
        attributetype ( TryType:7 NAME 'msDS-PhoneticLastName' SUP name SINGLE-VALUE )
        attributetype ( TryType:8 NAME 'msDS-PhoneticFirstName' SUP name SINGLE-VALUE )
        attributetype ( TryType:9 NAME 'department' SUP name SINGLE-VALUE )
        objectclass ( TryClass:1 NAME 'user' SUP top STRUCTURAL MUST ( cn $ sAMAccountName )
          MAY ( sn $ givenName $ displayName $ mail $ title $ department $ description $ mailNickname $ proxyAddresses $ targetAddress
            $ msExchHideFromAddressLists $ msDS-PhoneticDisplayName $ msDS-PhoneticLastName $ msDS-PhoneticFirstName ) )
        objectclass ( TryClass:2 NAME 'group' SUP top STRUCTURAL MUST cn
          MAY ( member $ displayName $ mail $ sAMAccountName $ mailNickname $ proxyAddresses $ msExchHideFromAddressLists $ description ) )
        """;

    private ChildProcess launch() {
        for (int start = 1; ; start++) {
            ChildProcess starting = ChildProcess.start(
                    "slapd",
                    new ProcessBuilder(
                            Programs.path(Program.SLAPD).toString(),
                            "-d",
                            "none",
                            "-f",
                            settings.toString(),
                            "-h",
                            "ldap://127.0.0.1:" + port()
                                    + (plan.certificate == null ? "" : " ldaps://127.0.0.1:" + tlsPort())));
            if (Eventually.becomes(ANSWERS_WITHIN, () -> !starting.alive() || Ports.answers(port()))
                    && starting.alive()) {
                return starting;
            }
            starting.close();
            String said = starting.told();
            if (start == STARTS || !said.contains("Address already in use")) {
                throw new AssertionError("slapd does not answer" + said);
            }
            ports = Ports.free(2);
        }
    }

    /** {@return its port for LDAP} */
    public int port() {
        return ports.getFirst();
    }

    /** {@return its port for LDAP inside TLS; nothing answers there without {@link Plan#tls}} */
    public int tlsPort() {
        return ports.getLast();
    }

    /** {@return its process id} */
    public synchronized long pid() {
        return server.pid();
    }

    /** From now on it takes connections and says nothing. */
    public synchronized void stall() {
        server.stop();
    }

    /** It goes on after {@link #stall}. */
    public synchronized void goOn() {
        server.signal("CONT");
    }

    /** Ends it and starts it again, at the same ports with the same entries. */
    public synchronized void startAgain() {
        server.close();
        server = launch();
    }

    /** {@return what it said last, for the message of a failure} */
    public synchronized String told() {
        return server.told();
    }

    /** Ends it (open connections are cut) and removes its entries. */
    @Override
    public synchronized void close() {
        server.signal("CONT");
        server.close();
        folder.close();
    }
}
