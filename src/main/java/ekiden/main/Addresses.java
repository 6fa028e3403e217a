package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.base.ThreadTasks;
import ekiden.cli.Terminal;
import ekiden.config.HomePaths;
import ekiden.config.SecretLimits;
import ekiden.config.SecretReader;
import ekiden.config.SettingsFile;
import ekiden.config.SettingsReading;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.AddressSettings;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.Recipients;
import ekiden.mail.address.file.AddressMap;
import ekiden.mail.address.file.CsvContacts;
import ekiden.mail.address.file.FileBook;
import ekiden.mail.address.ldap.LdapBook;
import ekiden.mail.address.ldap.LdapLimits;
import ekiden.mail.address.vcard.VCards;
import ekiden.mail.connect.Trust;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The address books of the settings, opened when they are first asked, and anew when the settings change. Safe from any thread. */
final class Addresses implements AutoCloseable {
    /** The name of the address map where books are named. */
    static final String MAP = "address-map";

    private final Supplier<AddressSettings> settings;
    private final SecretReader secrets;
    private final Path home;
    private final Clock clock;
    private final Tasks tasks;
    private @Nullable Opened opened;

    private record Opened(AddressSettings settings, List<AddressBook> books) {}

    Addresses(Supplier<AddressSettings> settings, SecretReader secrets, Path home, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.secrets = secrets;
        this.home = home;
        this.clock = clock;
        this.tasks = tasks;
    }

    /** The books of a home whose process need not run. */
    static Addresses of(HomePaths home, Terminal terminal) {
        SettingsFile file = new SettingsFile(home);
        SecretReader secrets = new SecretReader(home, terminal.environment(), terminal.clock(), SecretLimits.DEFAULT);
        return new Addresses(() -> settings(file), secrets, home.folder(), terminal.clock(), new ThreadTasks());
    }

    /** The books of a home as far as no directory must be asked: those before the first one. */
    static Addresses ofFiles(HomePaths home, Terminal terminal) {
        Addresses all = of(home, terminal);
        return new Addresses(() -> files(all.settings.get()), all.secrets, all.home, all.clock, all.tasks);
    }

    private static AddressSettings files(AddressSettings all) {
        List<BookSettings> files = all.books().stream()
                .takeWhile(book -> !(book instanceof BookSettings.Ldap))
                .toList();
        return new AddressSettings(all.map(), files, all.broken());
    }

    /** {@return whether a directory is among the books} */
    boolean directories() {
        return settings.get().books().stream().anyMatch(BookSettings.Ldap.class::isInstance);
    }

    private static AddressSettings settings(SettingsFile file) {
        return switch (file.read()) {
            case SettingsReading.Wrong(List<Problem> problems) ->
                new AddressSettings(null, List.of(), problems.getFirst());
            case SettingsReading.Usable(var settings, var warnings) ->
                settings.mail().addresses();
        };
    }

    /** Who is asked for names. */
    Recipients recipients() {
        return new Recipients(this::open, AddressLimits.DEFAULT, clock);
    }

    private synchronized Result<List<AddressBook>> open() {
        AddressSettings now = settings.get();
        Problem broken = now.broken();
        if (broken != null) {
            return Result.failed(broken);
        }
        Opened present = opened;
        if (present == null || !present.settings().equals(now)) {
            close();
            present = new Opened(now, books(now));
            opened = present;
        }
        return Result.ok(present.books());
    }

    private List<AddressBook> books(AddressSettings now) {
        List<AddressBook> books = new ArrayList<>();
        String map = now.map();
        if (map != null) {
            books.add(file(MAP, BookSettings.Match.WHOLE, map, "", new AddressMap(MAP)));
        }
        now.books().forEach(book -> books.add(book(book)));
        return List.copyOf(books);
    }

    private AddressBook book(BookSettings book) {
        return switch (book) {
            case BookSettings.VCard(String name, BookSettings.Match match, String path) ->
                file(name, match, path, ".vcf", new VCards(name, AddressLimits.DEFAULT));
            case BookSettings.Csv csv ->
                file(csv.name(), csv.match(), csv.path(), ".csv", new CsvContacts(csv, AddressLimits.DEFAULT));
            case BookSettings.Ldap ldap ->
                new LdapBook(
                        ldap,
                        new LdapBook.Means(() -> password(ldap), () -> trust(ldap), clock, tasks),
                        AddressLimits.DEFAULT,
                        LdapLimits.DEFAULT);
        };
    }

    private Result<String> password(BookSettings.Ldap ldap) {
        SecretSource source = ldap.password();
        return source == null
                ? Result.ok("")
                : secrets.read(source).then((Secret secret) -> Result.ok(secret.reveal()));
    }

    private Result<Trust> trust(BookSettings.Ldap ldap) {
        String ca = ldap.ca();
        if (ca == null) {
            return Result.ok(Trust.SYSTEM);
        }
        Path file = home.resolve(ca);
        try {
            return Result.ok(new Trust(true, Files.readString(file)));
        } catch (IOException unreadable) {
            return Result.failed(
                    AddressMessage.UNREADABLE, "book", ldap.name(), "file", file, "reason", Reason.of(unreadable));
        }
    }

    private FileBook file(String name, BookSettings.Match match, String path, String suffix, FileBook.Format format) {
        boolean beginnings = match == BookSettings.Match.BEGINNING;
        FileBook.Plan plan = new FileBook.Plan(name, beginnings, home.resolve(path), suffix, format);
        return new FileBook(plan, AddressLimits.DEFAULT, clock);
    }

    @Override
    public synchronized void close() {
        Opened present = opened;
        opened = null;
        if (present != null) {
            present.books().forEach(AddressBook::close);
        }
    }
}
