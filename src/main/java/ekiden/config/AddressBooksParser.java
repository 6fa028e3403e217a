package ekiden.config;

import ekiden.base.Problem;
import ekiden.mail.address.AddressSettings;
import ekiden.mail.address.BookSettings;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The address books of the mail section. Each method gives null where something is wrong, after noting it. */
final class AddressBooksParser {
    private static final int MOST_BOOKS = 20;
    private static final String KINDS = "vcard | csv | ldap";
    private static final String WHERE = "mail.address-books";

    private final YamlProblems problems;

    AddressBooksParser(YamlProblems problems) {
        this.problems = problems;
    }

    /** What the mail section says of address books; with the first problem where something of it is wrong. */
    AddressSettings parse(Fields mail) {
        int before = problems.count();
        String map = file(mail, "address-map");
        YamlNode all = mail.node("address-books");
        List<BookSettings> books = all == null ? List.of() : books(all);
        List<Problem> found = problems.all();
        return problems.count() == before
                ? new AddressSettings(map, books, null)
                : new AddressSettings(null, List.of(), found.getLast());
    }

    private List<BookSettings> books(YamlNode node) {
        List<BookSettings> books = new ArrayList<>();
        if (!(node instanceof YamlNode.Sequence sequence) || sequence.items().size() > MOST_BOOKS) {
            bad(node, WHERE, "[{name: \"…\", " + KINDS + "}, …] (" + MOST_BOOKS + ")");
            return books;
        }
        Set<String> names = new HashSet<>();
        for (YamlNode item : sequence.items()) {
            BookSettings book = book(item);
            if (book != null && !names.add(book.name())) {
                bad(item, WHERE + ".name", "\"…\"");
            } else if (book != null) {
                books.add(book);
            }
        }
        return books;
    }

    private void bad(YamlNode node, String where, String expected) {
        problems.fault(YamlFault.BAD_VALUE, node.at(), "where", where, "found", node.shown(), "expected", expected);
    }

    private @Nullable BookSettings book(YamlNode node) {
        Fields fields = Fields.of(node, WHERE, SettingsKeys.BOOK, problems);
        if (fields == null) {
            return null;
        }
        String name = fields.requiredText("name");
        if (name != null && !name.matches("[\\p{L}\\p{N}._-]{1,64}")) {
            fields.badValue("name", MailParser.NAME_FORM);
        }
        BookSettings.Match match = fields.choice("match", BookSettings.Match.class, BookSettings.Match.WHOLE);
        YamlNode vcard = fields.node("vcard");
        YamlNode csv = fields.node("csv");
        YamlNode ldap = fields.node("ldap");
        if (Stream.of(vcard, csv, ldap).filter(Objects::nonNull).count() != 1) {
            bad(node, WHERE, KINDS);
            return null;
        }
        if (name == null) {
            return null;
        }
        if (vcard != null) {
            String path = file(fields, "vcard");
            return path == null ? null : new BookSettings.VCard(name, match, path);
        }
        return ldap == null
                ? csv(fields, csv, name, match)
                : new LdapParser(problems).parse(ldap, WHERE + ".ldap", name, fields.text("match"));
    }

    private static @Nullable String file(Fields fields, String key) {
        String path = fields.text(key);
        if (path != null && path.isBlank()) {
            fields.badValue(key, "PATH");
            return null;
        }
        return path;
    }

    private @Nullable BookSettings csv(Fields book, @Nullable YamlNode node, String name, BookSettings.Match match) {
        if (node instanceof YamlNode.Scalar) {
            String path = file(book, "csv");
            return path == null ? null : new BookSettings.Csv(name, match, path, null, Map.of());
        }
        Fields csv = node == null ? null : Fields.of(node, WHERE + ".csv", SettingsKeys.CSV, problems);
        String path = csv == null || csv.required("file") == null ? null : file(csv, "file");
        if (csv == null || path == null) {
            return null;
        }
        String charset = csv.text("charset");
        if (charset != null && !known(charset)) {
            csv.badValue("charset", "UTF-8 | windows-31j | …");
        }
        YamlNode columns = csv.node("columns");
        Map<BookSettings.Column, List<String>> named = columns == null ? Map.of() : columns(columns);
        return new BookSettings.Csv(name, match, path, charset, named);
    }

    private static boolean known(String charset) {
        try {
            return Charset.isSupported(charset);
        } catch (IllegalArgumentException noName) {
            return false;
        }
    }

    private Map<BookSettings.Column, List<String>> columns(YamlNode node) {
        Map<BookSettings.Column, List<String>> named = new EnumMap<>(BookSettings.Column.class);
        Fields fields = Fields.of(node, WHERE + ".csv.columns", SettingsKeys.COLUMNS, problems);
        for (BookSettings.Column column : BookSettings.Column.values()) {
            String key = Fields.word(column);
            if (fields != null && fields.node(key) != null) {
                named.put(column, fields.texts(key).stream().map(Located::text).toList());
            }
        }
        return named;
    }
}
