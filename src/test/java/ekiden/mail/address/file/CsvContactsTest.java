package ekiden.mail.address.file;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressBookContract;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Column;
import ekiden.mail.address.BookSettings.Match;
import ekiden.mail.address.Entry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvContactsTest extends AddressBookContract {
    private static final BookSettings.Csv USUAL = new BookSettings.Csv("csv", Match.WHOLE, "c.csv", null, Map.of());
    private static final Charset WINDOWS = Charset.forName("windows-31j");

    @TempDir
    private Path folder = Path.of("");

    @Override
    protected AddressBook book(List<Contact> contacts, List<Crew> lists) {
        StringBuilder text = new StringBuilder("姓,名,姓 (フリガナ),名 (フリガナ),電子メール アドレス,members\r\n");
        for (Contact one : contacts) {
            text.append(String.join(
                            ",", one.family(), one.given(), one.familyReading(), one.givenReading(), one.address(), ""))
                    .append("\r\n");
        }
        for (Crew crew : lists) {
            StringBuilder members = new StringBuilder();
            crew.contacts().forEach(one -> members.append(one.name()).append(';'));
            crew.lists().forEach(one -> members.append(one.name()).append(';'));
            text.append(crew.name()).append(",,,,,\"").append(members).append("\"\r\n");
        }
        Path file = BookFolder.write(folder.resolve("contacts.csv"), text.toString(), WINDOWS);
        return BookFolder.book(file, ".csv", new CsvContacts(USUAL, AddressLimits.DEFAULT));
    }

    private static Result<List<Entry>> read(BookSettings.Csv settings, String text, Charset charset) {
        return new CsvContacts(settings, AddressLimits.DEFAULT).read(Path.of("c"), text.getBytes(charset));
    }

    private static Result<List<Entry>> read(String text) {
        return read(USUAL, text, StandardCharsets.UTF_8);
    }

    private static Problem problem(Result<List<Entry>> read) {
        assertThat(read).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<List<Entry>>) read).problem();
    }

    @Test
    void fileWithoutHeadingsThatAreKnown() {
        Problem problem = problem(read("山田,taro@example.jp\n"));
        assertThat(problem.id()).isEqualTo(AddressMessage.NO_COLUMN.id());
        assertThat(problem.values()).containsEntry("columns", "山田, taro@example.jp");
        assertThat(problem(read("")).id()).isEqualTo(AddressMessage.NO_COLUMN.id());
        assertThat(problem(read("name,telephone\nTaro,1\n")).id()).isEqualTo(AddressMessage.NO_COLUMN.id());
    }

    @Test
    void rowWithMoreFieldsThanHeadings() {
        Problem problem =
                problem(read("name,email\nTaro,taro@example.jp\n\"Ji\nro\",j@example.jp\nYamada, Taro,t@example.jp\n"));
        assertThat(problem.id()).isEqualTo(AddressMessage.BAD_LINE.id());
        assertThat(problem.values()).containsEntry("line", "5");
    }

    @Test
    void fileInAnotherCharsetThanTheSettingsSay() {
        BookSettings.Csv utf8 = new BookSettings.Csv("csv", Match.WHOLE, "c.csv", "UTF-8", Map.of());
        assertThat(problem(read(utf8, "名前,メール\n山田,t@example.jp\n", WINDOWS)).id())
                .isEqualTo(AddressMessage.BAD_LINE.id());
    }

    @Test
    void quotedFieldsWithLinesQuotesAndSeparators() {
        assertThat(read("\ufeffName;E-mail Address;Company\n\"Yamada; \"\"T\"\"\";t@example.jp;\"A\nB\"\n"))
                .isEqualTo(Result.ok(List.of(
                        new Entry.Person("c:2", "Yamada; \"T\"", "A\nB", List.of("Yamada; \"T\""), "t@example.jp"))));
    }

    @Test
    void headingsOfOutlook() {
        assertThat(
                        read(
                                "First Name,Last Name,Company,Department,E-mail Address,E-mail 2 Address\nTaro,Yamada,Acme,Sales,,t2@example.jp\n"))
                .isEqualTo(Result.ok(List.of(new Entry.Person(
                        "c:2", "Yamada Taro", "Sales", List.of("Yamada Taro", "Taro Yamada"), "t2@example.jp"))));
    }

    @Test
    void headingsThatTheSettingsName() {
        BookSettings.Csv named = new BookSettings.Csv(
                "csv", Match.WHOLE, "c.csv", null, Map.of(Column.NAME, List.of("社員"), Column.ADDRESS, List.of("連絡先")));
        assertThat(read(named, "社員,連絡先\n山田,t@example.jp\n", WINDOWS))
                .isEqualTo(Result.ok(List.of(new Entry.Person("c:2", "山田", "", List.of("山田"), "t@example.jp"))));
    }

    @Test
    void rowThatNamesNobodyIsLeftAside() {
        assertThat(read("name,email\n,nobody@example.jp\n\n山田,\n"))
                .isEqualTo(Result.ok(List.of(new Entry.Person("c:4", "山田", "", List.of("山田"), null))));
    }
}
