package ekiden;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Which room may use which, and which room may see which library: two literal tables, the same as in
 * docs/architecture.md. A room is a package with everything below it that is not a room itself. Rooms of the plan that
 * do not exist yet stand here too.
 */
class ArchitectureTest {
    private static final String ALL = "*";

    /** Every mail room and what lies under all of them. */
    private static final Set<String> MAIL =
            Set.of("mail.address", "mail.mime", "mail.match", "mail.spool", "mail.save", "mail.send", "mail.profile");

    /** Room to the rooms it may use besides itself. */
    static final Map<String, Set<String>> ROOMS = Map.ofEntries(
            entry("base", Set.of()),
            entry("disk", Set.of("base")),
            entry("json", Set.of("base")),
            entry("yaml", Set.of("base")),
            entry("model", Set.of("base")),
            // Linear-time regular expressions; the library stays in it.
            entry("regex", Set.of()),
            // Pure: decisions on values, no port.
            entry("engine", Set.of("base", "model")),
            entry("mail.mime", Set.of("base", "model")),
            entry("mail.match", Set.of("base", "model", "regex")),
            entry("mail.smime", Set.of("base", "mail.mime")),
            // Ports and what stands on them.
            entry("timer", Set.of("base", "model")),
            entry("timer.running", Set.of("base", "model", "store", "timer")),
            entry("link", Set.of("base", "model", "json")),
            entry("store", Set.of("base", "model", "json", "link", "timer")),
            entry("store.jdbc", Set.of("base", "disk", "model", "json", "link", "timer", "store")),
            entry("definition", Set.of("base", "model", "json", "mail.match", "regex", "yaml")),
            entry("message", Set.of("base")),
            entry("mail.dkim", Set.of("base", "model", "mail.mime")),
            entry("mail.dkim.dns", Set.of("base", "mail.dkim")),
            // What findings are worth for the author of a mail.
            entry("mail.proof", Set.of("base", "model", "mail.mime", "mail.match", "mail.dkim")),
            entry("mail.spool", Set.of("base", "model", "disk", "json", "mail.mime")),
            entry("mail.save", Set.of("base", "model", "disk", "json", "mail.mime")),
            entry("mail.scan", Set.of("base", "model", "json", "mail.save")),
            // A plain alternative is made of HTML as the reader makes it.
            entry("mail.send", Set.of("base", "model", "disk", "mail.mime", "mail.profile")),
            entry("mail.connect", Set.of("base")),
            entry("mail.sasl", Set.of("base", "mail.profile")),
            entry(
                    "mail.send.smtp",
                    Set.of("base", "model", "disk", "mail.connect", "mail.send", "mail.profile", "mail.sasl")),
            entry("mail.send.sendmail", Set.of("base", "model", "json", "mail.send", "mail.profile")),
            entry("mail.receive", Set.of("base", "model")),
            entry(
                    "mail.receive.imap",
                    Set.of("base", "model", "mail.connect", "mail.profile", "mail.receive", "mail.sasl")),
            entry("mail.receive.smtpd", Set.of("base", "model", "disk", "mail.mime", "mail.spool")),
            entry("mail.profile", Set.of("base", "model")),
            // Who is meant by a name. What an address looks like is known where mail is sent.
            entry("mail.address", Set.of("base", "model", "mail.profile", "mail.send")),
            entry("mail.address.file", Set.of("base", "model", "disk", "mail.address", "mail.send")),
            entry(
                    "mail.address.ldap",
                    Set.of("base", "model", "mail.address", "mail.connect", "mail.profile", "mail.send")),
            entry("mail.address.vcard", Set.of("base", "model", "mail.address", "mail.address.file")),
            entry("config", Set.of("base", "model", "disk", "yaml", "mail.address", "mail.profile")),
            entry(
                    "wait",
                    Set.of(
                            "base",
                            "model",
                            "disk",
                            "json",
                            "mail.match",
                            "mail.mime",
                            "mail.receive",
                            "mail.receive.smtpd",
                            "mail.save",
                            "mail.spool")),
            // The two sides of the link.
            entry(
                    "manager",
                    Set.of("base", "model", "json", "engine", "store", "link", "timer", "definition", "mail.match")),
            entry(
                    "agent",
                    union(
                            MAIL,
                            "base",
                            "model",
                            "disk",
                            "json",
                            "link",
                            // fills the files that only it can read
                            "definition",
                            "mail.proof",
                            "mail.receive",
                            "mail.receive.smtpd",
                            "mail.scan",
                            "mail.send.smtp")),
            // The outside. Why a mail did not match is asked where it is shown.
            entry(
                    "http",
                    Set.of("base", "model", "json", "link", "store", "manager", "definition", "message", "mail.match")),
            entry("http.client", Set.of("base", "model", "json")),
            entry(
                    "cli",
                    union(
                            MAIL,
                            "base",
                            "model",
                            "disk",
                            "json",
                            "yaml",
                            "link",
                            "engine",
                            "definition",
                            "config",
                            "message",
                            "http.client",
                            "agent",
                            "mail.proof",
                            "mail.receive.smtpd",
                            "mail.send.smtp")),
            entry("main", Set.of(ALL)));

    /** Library to the rooms that may see it; what is not named here may be seen by nobody. */
    static final Map<String, Set<String>> LIBRARIES = Map.ofEntries(
            entry("java.sql", Set.of("store.jdbc")),
            entry("javax.sql", Set.of("store.jdbc")),
            entry("java.", Set.of(ALL)),
            entry("javax.crypto", Set.of("mail.sasl")),
            entry(
                    "javax.net",
                    Set.of(
                            "mail.address.ldap",
                            "mail.connect",
                            "mail.send.smtp",
                            "mail.receive.imap",
                            "mail.receive.smtpd",
                            "http",
                            "http.client",
                            "agent",
                            "link")),
            entry("com.unboundid", Set.of("mail.address.ldap")),
            entry("com.github.mangstadt.vinnie", Set.of("mail.address.vcard")),
            entry("org.xbill.DNS", Set.of("mail.dkim.dns")),
            entry("org.jspecify", Set.of(ALL)),
            entry("com.google.re2j", Set.of("regex")),
            entry("org.bouncycastle", Set.of("mail.smime")),
            entry("tools.jackson", Set.of("json")),
            entry("com.fasterxml.jackson", Set.of("json")),
            entry("org.snakeyaml.engine", Set.of("yaml", "definition", "config")),
            entry("org.sqlite", Set.of("store.jdbc")),
            entry("org.postgresql", Set.of("store.jdbc")),
            // The JDK's own server.
            entry("com.sun.net.httpserver", Set.of("http")));

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("ekiden");

    /** One class that uses another. */
    record Use(String from, String to) {}

    @Test
    void roomsUseOnlyWhatTheTableAllows() {
        assertThat(uses()).isNotEmpty();
        assertThat(wrongRooms(uses())).isEmpty();
    }

    @Test
    void librariesAreSeenOnlyByTheRoomThatAdaptsThem() {
        assertThat(wrongLibraries(uses())).isEmpty();
    }

    @Test
    void theTableHasNoCycle() {
        assertThat(cycle(ROOMS)).isEmpty();
    }

    @Test
    void everyRoomOfTheTableExists() {
        Set<String> built = new TreeSet<>();
        CLASSES.forEach(type -> room(type.getName()).ifPresent(built::add));
        assertThat(built).isEqualTo(new TreeSet<>(ROOMS.keySet()));
    }

    @Test
    void theTableNamesOnlyRooms() {
        ROOMS.forEach(
                (room, allowed) -> allowed.forEach(other -> assertThat(other.equals(ALL) || ROOMS.containsKey(other))
                        .as(room + " -> " + other)
                        .isTrue()));
        LIBRARIES.forEach(
                (library, rooms) -> rooms.forEach(room -> assertThat(room.equals(ALL) || ROOMS.containsKey(room))
                        .as(library + " in " + room)
                        .isTrue()));
    }

    @Test
    void aForbiddenUseIsFound() {
        assertThat(wrongRooms(List.of(new Use("ekiden.engine.A", "ekiden.store.B"))))
                .hasSize(1);
        assertThat(wrongRooms(List.of(new Use("ekiden.store.A", "ekiden.store.jdbc.B"))))
                .hasSize(1);
        assertThat(wrongRooms(List.of(new Use("ekiden.cli.A", "ekiden.main.B"))))
                .hasSize(1);
        assertThat(wrongRooms(List.of(new Use("ekiden.cellar.A", "ekiden.base.B"))))
                .hasSize(1);
        assertThat(wrongRooms(List.of(new Use("ekiden.engine.A", "ekiden.model.run.B"))))
                .isEmpty();
        assertThat(wrongRooms(List.of(new Use("ekiden.engine.A", "ekiden.engine.sub.B"))))
                .isEmpty();
    }

    @Test
    void aForbiddenLibraryIsFound() {
        assertThat(wrongLibraries(List.of(new Use("ekiden.engine.A", "java.sql.Connection"))))
                .hasSize(1);
        assertThat(wrongLibraries(List.of(new Use("ekiden.store.A", "org.sqlite.SQLiteConfig"))))
                .hasSize(1);
        assertThat(wrongLibraries(List.of(new Use("ekiden.base.A", "org.unheard.Of"))))
                .hasSize(1);
        assertThat(wrongLibraries(List.of(new Use("ekiden.store.jdbc.A", "org.sqlite.SQLiteConfig"))))
                .isEmpty();
    }

    @Test
    void aCycleIsFound() {
        assertThat(cycle(Map.of("a", Set.of("b"), "b", Set.of("c"), "c", Set.of("a"), "d", Set.of())))
                .contains("a", "b", "c");
    }

    private static List<Use> uses() {
        List<Use> uses = new ArrayList<>();
        for (JavaClass type : CLASSES) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (!target.isPrimitive()) {
                    uses.add(new Use(type.getName(), target.getName()));
                }
            }
        }
        return uses;
    }

    static Set<String> wrongRooms(List<Use> uses) {
        Set<String> wrong = new TreeSet<>();
        for (Use use : uses) {
            if (!ours(use.to)) {
                continue;
            }
            Optional<String> from = room(use.from);
            Optional<String> to = room(use.to);
            if (from.isEmpty() || to.isEmpty()) {
                wrong.add((from.isEmpty() ? use.from : use.to) + " is in no room of the table");
            } else if (!from.equals(to) && !allowed(ROOMS.getOrDefault(from.get(), Set.of()), to.get())) {
                wrong.add(use.from + " uses " + use.to + ", but " + from.get() + " may not use " + to.get());
            }
        }
        return wrong;
    }

    static Set<String> wrongLibraries(List<Use> uses) {
        Set<String> wrong = new TreeSet<>();
        for (Use use : uses) {
            if (ours(use.to)) {
                continue;
            }
            Optional<String> library = longest(LIBRARIES.keySet(), use.to);
            Set<String> rooms = library.map(LIBRARIES::get).orElse(Set.of());
            if (!allowed(rooms, room(use.from).orElse(""))) {
                wrong.add(use.from + " sees " + use.to + ", which is for " + (rooms.isEmpty() ? "nobody" : rooms));
            }
        }
        return wrong;
    }

    /** {@return rooms that stand in a circle, empty when there is none} */
    static Set<String> cycle(Map<String, Set<String>> rooms) {
        Set<String> left = new TreeSet<>(rooms.keySet());
        boolean removed = true;
        while (removed) {
            Set<String> now = new HashSet<>(left);
            removed = left.removeIf(room -> rooms.getOrDefault(room, Set.of()).stream()
                    .noneMatch(other -> other.equals(ALL) ? now.size() > 1 : now.contains(other)));
        }
        return left;
    }

    private static boolean ours(String type) {
        return type.startsWith("ekiden.");
    }

    private static boolean allowed(Set<String> table, String name) {
        return table.contains(ALL) || table.contains(name);
    }

    private static Optional<String> room(String type) {
        return longest(ROOMS.keySet(), type.substring("ekiden.".length()));
    }

    private static Optional<String> longest(Set<String> prefixes, String name) {
        return prefixes.stream()
                .filter(prefix -> name.startsWith(prefix.endsWith(".") ? prefix : prefix + "."))
                .reduce((a, b) -> a.length() >= b.length() ? a : b);
    }

    private static Set<String> union(Set<String> some, String... more) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
