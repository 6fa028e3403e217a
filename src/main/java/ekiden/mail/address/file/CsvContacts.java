package ekiden.mail.address.file;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Column;
import ekiden.mail.address.Entry;
import ekiden.mail.address.Names;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Contacts as mail programs export them: a CSV file with a line of headings. Pure. */
public final class CsvContacts implements FileBook.Format {
    private final BookSettings.Csv settings;
    private final AddressLimits limits;

    /**
     * @param settings what the columns mean
     * @param limits bounds
     */
    public CsvContacts(BookSettings.Csv settings, AddressLimits limits) {
        this.settings = settings;
        this.limits = limits;
    }

    @Override
    public Result<List<Entry>> read(Path file, byte[] bytes) {
        String name = settings.charset();
        Optional<String> text = BookText.of(bytes, name == null ? null : Charset.forName(name));
        if (text.isEmpty()) {
            return Result.failed(bad(file, 1, name == null ? "UTF-8" : name));
        }
        List<CsvText.Row> rows = CsvText.rows(text.get());
        if (rows.isEmpty()) {
            return Result.failed(AddressMessage.NO_COLUMN, columns(file, List.of()));
        }
        Map<Column, List<Integer>> places = CsvColumns.places(rows.getFirst().values(), settings.columns());
        boolean named = places.containsKey(Column.NAME) || places.containsKey(Column.FAMILY);
        if (!named || !(places.containsKey(Column.ADDRESS) || places.containsKey(Column.MEMBERS))) {
            return Result.failed(
                    AddressMessage.NO_COLUMN, columns(file, rows.getFirst().values()));
        }
        List<Entry> entries = new ArrayList<>();
        for (CsvText.Row row : rows.subList(1, rows.size())) {
            if (row.values().size() > rows.getFirst().values().size()) {
                return Result.failed(
                        bad(file, row.line(), rows.getFirst().values().size() + " columns"));
            }
            entry(file, row, places).ifPresent(entries::add);
        }
        return Result.ok(entries);
    }

    private Object[] columns(Path file, List<String> found) {
        return new Object[] {
            "book", settings.name(), "file", file, "columns", String.join(", ", found), "expected", CsvColumns.USUAL
        };
    }

    private Problem bad(Path file, int line, String expected) {
        return Problem.of(
                AddressMessage.BAD_LINE, "book", settings.name(), "file", file, "line", line, "expected", expected);
    }

    /** Nothing for a row that names nobody. */
    private Optional<Entry> entry(Path file, CsvText.Row row, Map<Column, List<Integer>> places) {
        String family = value(row, places, Column.FAMILY);
        String given = value(row, places, Column.GIVEN);
        List<String> shown = List.of(
                value(row, places, Column.NAME),
                value(row, places, Column.READING),
                value(row, places, Column.NICKNAME),
                given.isEmpty() ? family : "");
        List<String> names = new ArrayList<>(Names.of(shown, family, given));
        names.addAll(Names.of(
                List.of(), value(row, places, Column.FAMILY_READING), value(row, places, Column.GIVEN_READING)));
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> some = names.subList(0, Math.min(names.size(), limits.names()));
        String whole = value(row, places, Column.NAME);
        String name = whole.isEmpty() ? (family + " " + given).strip() : whole;
        String id = file + ":" + row.line();
        String address = value(row, places, Column.ADDRESS);
        String members = value(row, places, Column.MEMBERS);
        String detail = value(row, places, Column.DETAIL);
        String own = address.isEmpty() ? null : address;
        return Optional.of(
                members.isEmpty()
                        ? new Entry.Person(id, name, detail, some, own)
                        : new Entry.Group(id, name, detail, some, own, split(members)));
    }

    private static List<String> split(String members) {
        List<String> split = new ArrayList<>();
        for (String member : members.split(";", -1)) {
            if (!member.isBlank()) {
                split.add(member.strip());
            }
        }
        return split;
    }

    /** The first of several columns that says something. */
    private static String value(CsvText.Row row, Map<Column, List<Integer>> places, Column column) {
        for (int place : places.getOrDefault(column, List.of())) {
            String value = place < row.values().size() ? row.values().get(place) : "";
            if (!value.isBlank()) {
                return value;
            }
        }
        return "";
    }
}
