package ekiden.mail.address.vcard;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressBook;
import ekiden.mail.address.AddressBookContract;
import ekiden.mail.address.AddressLimits;
import ekiden.mail.address.AddressMessage;
import ekiden.mail.address.Entry;
import ekiden.mail.address.file.BookFolder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VCardsTest extends AddressBookContract {
    @TempDir
    private Path folder = Path.of("");

    @Override
    protected AddressBook book(List<Contact> contacts, List<Crew> lists) {
        Path cards = BookFolder.fresh(folder);
        int number = 0;
        for (Contact one : contacts) {
            card(
                    cards.resolve(number++ + ".vcf"),
                    "UID:urn:uuid:" + one.address(),
                    "FN:" + one.name(),
                    "N;SORT-AS=\"" + one.familyReading() + "," + one.givenReading() + "\":" + one.family() + ";"
                            + one.given() + ";;;",
                    "EMAIL:" + one.address());
        }
        for (Crew crew : lists) {
            StringBuilder members = new StringBuilder("KIND:group");
            crew.contacts().forEach(one -> members.append("\r\nMEMBER:mailto:").append(one.address()));
            crew.lists().forEach(one -> members.append("\r\nMEMBER:urn:uuid:").append(one.name()));
            card(cards.resolve(number++ + ".vcf"), "UID:" + crew.name(), "FN:" + crew.name(), members.toString());
        }
        return BookFolder.book(cards, ".vcf", new VCards("book", AddressLimits.DEFAULT));
    }

    private static void card(Path file, String... lines) {
        BookFolder.write(file, text("4.0", lines));
    }

    private static String text(String version, String... lines) {
        return "BEGIN:VCARD\r\nVERSION:" + version + "\r\n" + String.join("\r\n", lines) + "\r\nEND:VCARD\r\n";
    }

    private static Result<List<Entry>> read(byte[] bytes) {
        return new VCards("book", AddressLimits.DEFAULT).read(Path.of("c"), bytes);
    }

    private static Result<List<Entry>> read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Entry one(Result<List<Entry>> read) {
        assertThat(read).isInstanceOf(Result.Ok.class);
        List<Entry> entries = ((Result.Ok<List<Entry>>) read).value();
        assertThat(entries).hasSize(1);
        return entries.getFirst();
    }

    private static Problem problem(Result<List<Entry>> read) {
        assertThat(read).isInstanceOf(Result.Failed.class);
        return ((Result.Failed<List<Entry>>) read).problem();
    }

    @Test
    void fileThatEndsInsideACard() {
        String whole = text("3.0", "FN:A", "EMAIL:a@example.jp");
        Problem problem = problem(read(whole + whole.substring(0, whole.length() - 12)));
        assertThat(problem.id()).isEqualTo(AddressMessage.BAD_LINE.id());
        assertThat(problem.values()).containsEntry("line", "6");
    }

    @Test
    void fileThatHasNoCard() {
        assertThat(problem(read("hello\r\n")).id()).isEqualTo(AddressMessage.BAD_LINE.id());
        assertThat(read("\r\n")).isEqualTo(Result.ok(List.of()));
    }

    @Test
    void nameInACharsetThatNobodyKnows() {
        Problem problem = problem(read(text("2.1", "N;CHARSET=X-UNHEARD;ENCODING=QUOTED-PRINTABLE:=8E=52;;;;")));
        assertThat(problem.id()).isEqualTo(AddressMessage.BAD_LINE.id());
    }

    @Test
    void cardOfAJapanesePhone() {
        String text = text(
                "2.1",
                "N;CHARSET=SHIFT_JIS;ENCODING=QUOTED-PRINTABLE:=FB=FC=8B=B4;=91=BE=98=59;;;",
                "SOUND;X-IRMC-N;CHARSET=SHIFT_JIS:\uff80\uff76\uff8a\uff7c;\uff80\uff9b\uff73;;;",
                "EMAIL;INTERNET:one@example.jp",
                "EMAIL;PREF;INTERNET:two@example.jp",
                "PHOTO;ENCODING=BASE64;TYPE=JPEG:",
                " AAAA",
                " BBBB",
                "");
        Entry entry = one(read(text.getBytes(Charset.forName("windows-31j"))));
        assertThat(entry.name()).isEqualTo("\u9ad9\u6a4b 太郎");
        assertThat(entry.names())
                .containsExactly(
                        "\u9ad9\u6a4b 太郎",
                        "太郎 \u9ad9\u6a4b",
                        "\uff80\uff76\uff8a\uff7c \uff80\uff9b\uff73",
                        "\uff80\uff9b\uff73 \uff80\uff76\uff8a\uff7c");
        assertThat(entry)
                .isInstanceOfSatisfying(
                        Entry.Person.class,
                        person -> assertThat(person.address()).isEqualTo("two@example.jp"));
    }

    @Test
    void cardWithNicknamesReadingsAndSeveralAddresses() {
        Entry entry = one(read(text(
                "3.0",
                "FN:山田 太郎",
                "N:山田;太郎;;;",
                "NICKNAME:Taro,T\\,Y",
                "X-PHONETIC-LAST-NAME:やまだ",
                "X-PHONETIC-FIRST-NAME:たろう",
                "ORG:例社;営業部",
                "EMAIL;TYPE=HOME:home@example.jp",
                "item1.EMAIL;TYPE=WORK,pref:wo",
                " rk@example.jp")));
        assertThat(entry)
                .isEqualTo(new Entry.Person(
                        "c:1",
                        "山田 太郎",
                        "例社 営業部",
                        List.of("山田 太郎", "Taro", "T,Y", "太郎 山田", "やまだ たろう", "たろう やまだ"),
                        "work@example.jp"));
    }

    @Test
    void smallestPrefNumberIsTheBestAddress() {
        Entry entry = one(read(text("4.0", "FN:A", "EMAIL;PREF=50:b@x.jp", "EMAIL;PREF=1:a@x.jp", "EMAIL:c@x.jp")));
        assertThat(entry)
                .isInstanceOfSatisfying(
                        Entry.Person.class,
                        person -> assertThat(person.address()).isEqualTo("a@x.jp"));
    }

    @Test
    void listOfAnAppleAddressBook() {
        assertThat(one(read(text(
                        "3.0",
                        "FN:Team",
                        "UID:ABC",
                        "X-ADDRESSBOOKSERVER-KIND:group",
                        "X-ADDRESSBOOKSERVER-MEMBER:urn:uuid:DEF",
                        "MEMBER:mailto:a+b%40c@example.jp"))))
                .isEqualTo(new Entry.Group(
                        "urn:uuid:abc",
                        "Team",
                        "",
                        List.of("Team"),
                        null,
                        List.of("urn:uuid:def", "a+b@c@example.jp")));
    }

    @Test
    void cardThatNamesNobodyIsLeftAside() {
        assertThat(one(read(text("4.0", "EMAIL:x@example.jp") + text("4.0", "FN:A")))
                        .name())
                .isEqualTo("A");
    }
}
