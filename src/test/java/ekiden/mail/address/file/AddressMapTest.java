package ekiden.mail.address.file;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressBookContract;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressMapTest extends AddressBookContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    protected AddressBook book(List<Contact> contacts, List<Crew> lists) {
        StringBuilder text = new StringBuilder("# the map\n\n");
        contacts.forEach(contact -> text.append(contact.name())
                .append(" = ")
                .append(contact.address())
                .append('\n'));
        for (Crew crew : lists) {
            StringBuilder members = new StringBuilder();
            crew.contacts().forEach(one -> members.append(", ").append(one.address()));
            crew.lists().forEach(one -> members.append(", ").append(one.name()));
            // A list of one address would be a person.
            text.append(crew.name()).append(" = ").append(members.substring(2));
            text.append(members.indexOf(",", 1) < 0 ? members : "").append('\n');
        }
        Path file = BookFolder.write(folder.resolve("addresses.map"), text.toString());
        return BookFolder.book(file, "", new AddressMap("address-map"));
    }

    @Override
    protected boolean readings() {
        return false;
    }

    private static Result<List<Entry>> read(String text) {
        return new AddressMap("address-map").read(Path.of("map"), text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "山田 太郎",
                "山田 太郎 =",
                "= taro@example.jp",
                ", = taro@example.jp",
                "山田 = a b@example.jp",
                "山田 = taro@example.jp,",
                "山田 = taro@example.jp, ・"
            })
    void lineThatIsNoneOfTheFormIsToldWithItsNumber(String line) {
        Result<List<Entry>> read = read("# comment\nok = ok@example.jp\n" + line + "\n");
        assertThat(read).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<List<Entry>>) read).problem();
        assertThat(problem.id()).isEqualTo(AddressMessage.BAD_LINE.id());
        assertThat(problem.values()).containsEntry("line", "3").containsEntry("file", "map");
    }

    @Test
    void namesWithAddressesListsAndOtherNames() {
        assertThat(
                        read(
                                "Boss = \"Yamada, Taro\" <taro@example.jp>\n営業部 = a@example.jp, \"B, C\" <b@example.jp>\n部長 = 山田 太郎\n"))
                .isEqualTo(Result.ok(List.of(
                        new Entry.Person("map:1", "Yamada, Taro", "", List.of("Boss"), "taro@example.jp"),
                        new Entry.Group(
                                "map:2",
                                "営業部",
                                "",
                                List.of("営業部"),
                                null,
                                List.of("a@example.jp", "\"B, C\" <b@example.jp>")),
                        new Entry.Group("map:3", "部長", "", List.of("部長"), null, List.of("山田 太郎")))));
    }

    @Test
    void mapWrittenOnWindows() {
        byte[] bytes = "\u9ad9\u6a4b = t@example.jp\r\n".getBytes(Charset.forName("windows-31j"));
        assertThat(new AddressMap("address-map").read(Path.of("map"), bytes))
                .isEqualTo(Result.ok(List.of(
                        new Entry.Person("map:1", "\u9ad9\u6a4b", "", List.of("\u9ad9\u6a4b"), "t@example.jp"))));
    }
}
