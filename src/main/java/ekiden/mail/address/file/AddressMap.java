package ekiden.mail.address.file;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Names;
import ekiden.mail.send.MailAddresses;
import ekiden.model.mail.Address;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The address map (JP1: the file with which ambiguous names are settled): lines {@code NAME = ADDRESS}, or with several addresses or names, with commas between them. Empty lines and
 * those that begin with {@code #} say nothing. UTF-8 or windows-31j. Pure.
 */
public final class AddressMap implements FileBook.Format {
    private static final String FORM = "NAME = name@example.jp";

    private final String book;

    /**
     * @param book its name in messages
     */
    public AddressMap(String book) {
        this.book = book;
    }

    @Override
    public Result<List<Entry>> read(Path file, byte[] bytes) {
        Optional<String> text = BookText.of(bytes, null);
        if (text.isEmpty()) {
            return Result.failed(bad(file, 1, "UTF-8"));
        }
        List<Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : text.get().lines().toList()) {
            number++;
            String stripped = line.strip();
            if (stripped.isEmpty() || stripped.startsWith("#")) {
                continue;
            }
            Optional<Entry> entry = entry(file, number, stripped);
            if (entry.isEmpty()) {
                return Result.failed(bad(file, number, FORM));
            }
            entries.add(entry.get());
        }
        return Result.ok(entries);
    }

    private Problem bad(Path file, int line, String expected) {
        return Problem.of(AddressMessage.BAD_LINE, "book", book, "file", file, "line", line, "expected", expected);
    }

    private static Optional<Entry> entry(Path file, int number, String line) {
        int equals = line.indexOf('=');
        String name = equals < 0 ? "" : line.substring(0, equals).strip();
        List<String> values = equals < 0 ? List.of() : values(line.substring(equals + 1));
        boolean right = !Names.fold(name).isEmpty() && !values.isEmpty();
        for (String value : values) {
            right &= value.indexOf('@') < 0
                    ? !Names.fold(value).isEmpty()
                    : MailAddresses.parse(value) instanceof Result.Ok<Address>;
        }
        if (!right) {
            return Optional.empty();
        }
        String id = file + ":" + number;
        String only = values.getFirst();
        if (values.size() == 1 && MailAddresses.parse(only) instanceof Result.Ok<Address>(Address address)) {
            String shown = address.name() == null ? name : address.name();
            return Optional.of(new Entry.Person(id, shown, "", List.of(name), address.address()));
        }
        return Optional.of(new Entry.Group(id, name, "", List.of(name), null, values));
    }

    /** Between the commas; those inside quotation marks divide nothing. */
    static List<String> values(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? ',' : text.charAt(i);
            quoted ^= c == '"';
            if (i == text.length() || (c == ',' && !quoted)) {
                values.add(value.toString().strip());
                value.setLength(0);
            } else {
                value.append(c);
            }
        }
        return values.stream().anyMatch(String::isEmpty) ? List.of() : values;
    }
}
