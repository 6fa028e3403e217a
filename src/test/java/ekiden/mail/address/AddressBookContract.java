package ekiden.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.model.mail.Address;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AddressBook} keeps. An implementation fills a book with people and lists. */
public abstract class AddressBookContract {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Contact TARO = new Contact("山田", "太郎", "やまだ", "たろう", "taro@example.jp");
    private static final Contact SMITH = new Contact("Smith", "John", "", "", "john.smith@example.com");

    /**
     * A person.
     *
     * @param family name
     * @param given name
     * @param familyReading may be empty
     * @param givenReading may be empty
     * @param address of the person
     */
    public record Contact(String family, String given, String familyReading, String givenReading, String address) {
        /** {@return family and given name} */
        public String name() {
            return family + " " + given;
        }
    }

    /**
     * A list.
     *
     * @param name of the list
     * @param contacts in it
     * @param lists in it
     */
    public record Crew(String name, List<Contact> contacts, List<Crew> lists) {
        /** Copies the lists. */
        public Crew {
            contacts = List.copyOf(contacts);
            lists = List.copyOf(lists);
        }
    }

    /** {@return a book with these and nothing else, the lists inside lists too} */
    protected abstract AddressBook book(List<Contact> contacts, List<Crew> lists);

    /** {@return whether the book has readings and knows family from given names} */
    protected boolean readings() {
        return true;
    }

    private static List<String> addresses(List<Entry> entries) {
        return entries.stream()
                .map(entry -> entry instanceof Entry.Person person ? String.valueOf(person.address()) : "list")
                .sorted()
                .toList();
    }

    private static <T> T good(Result<T> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<T>) result).value();
    }

    private Found find(String name, Contact... contacts) {
        try (AddressBook book = book(List.of(contacts), List.of())) {
            return good(book.find(name, SOON));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "山田*",
                "山田)(cn=*",
                "\\2a",
                "(cn=*)",
                "山田 次郎",
                "taro@example.jp",
                "太郎川",
                "\u0000",
                ",",
                "=",
                "\""
            })
    void whoIsNotThereIsNotFound(String name) {
        Found found = find(name, TARO, SMITH);
        assertThat(found.whole()).isEmpty();
        assertThat(found.beginning()).isEmpty();
        assertThat(found.more()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"山田 太郎", "山田太郎", "山田　太郎", " 山田  太郎 "})
    void japaneseNameWithAndWithoutBlanks(String name) {
        assertThat(addresses(find(name, TARO, SMITH).whole())).containsExactly("taro@example.jp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Smith John", "smith john", "ＳＭＩＴＨ　ｊｏｈｎ", "SMITH  JOHN"})
    void latinNameInAnyCaseAndWidth(String name) {
        assertThat(addresses(find(name, TARO, SMITH).whole())).containsExactly("john.smith@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"John Smith", "Smith, John"})
    void latinNameInTheOtherOrder(String name) {
        if (readings()) {
            assertThat(addresses(find(name, TARO, SMITH).whole())).containsExactly("john.smith@example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"やまだ たろう", "ヤマダタロウ", "ﾔﾏﾀﾞ ﾀﾛｳ", "やまだ　たろう"})
    void readingInHiraganaAndKatakana(String name) {
        if (readings()) {
            assertThat(addresses(find(name, TARO, SMITH).whole())).containsExactly("taro@example.jp");
        }
    }

    @Test
    void namesakesAreAllFound() {
        Contact other = new Contact("山田", "太郎", "やまだ", "たろう", "t.yamada@example.jp");
        assertThat(addresses(find("山田太郎", TARO, other, SMITH).whole()))
                .containsExactly("t.yamada@example.jp", "taro@example.jp");
    }

    @Test
    void whoseNameBeginsSoIsToldApart() {
        Contact jiro = new Contact("山田", "次郎", "やまだ", "じろう", "jiro@example.jp");
        Found found = find("山田", TARO, jiro, SMITH);
        assertThat(found.whole()).isEmpty();
        assertThat(addresses(found.beginning())).containsExactly("jiro@example.jp", "taro@example.jp");
        assertThat(find("山田太郎", TARO, jiro).beginning()).isEmpty();
    }

    @Test
    void oneNamesakeMoreThanIsTaken() {
        int most = AddressLimits.DEFAULT.candidates();
        Contact[] many = IntStream.rangeClosed(0, most)
                .mapToObj(i -> new Contact("山田", "太郎", "", "", "y" + i + "@example.jp"))
                .toArray(Contact[]::new);
        Found found = find("山田太郎", many);
        assertThat(found.whole()).hasSize(most);
        assertThat(found.more()).isTrue();
        Found all = find("山田太郎", List.of(many).subList(0, most).toArray(Contact[]::new));
        assertThat(all.whole()).hasSize(most);
        assertThat(all.more()).isFalse();
    }

    @Test
    void membersOfAListAndOfAListInIt() {
        Crew inner = new Crew("東京支店", List.of(TARO), List.of());
        Crew outer = new Crew("営業部", List.of(SMITH), List.of(inner));
        try (AddressBook book = book(List.of(TARO, SMITH), List.of(outer, inner))) {
            Recipients recipients = new Recipients(
                    () -> Result.ok(List.of(book)), AddressLimits.DEFAULT, new ekiden.base.SystemClock());
            assertThat(good(recipients.resolve("営業部")).addresses().stream()
                            .map(Address::address)
                            .sorted())
                    .containsExactly("john.smith@example.com", "taro@example.jp");
        }
    }

    @Test
    void entriesAreListedUpToTheNumberThatIsWanted() {
        try (AddressBook book = book(List.of(TARO, SMITH), List.of(new Crew("営業部", List.of(TARO), List.of())))) {
            AddressBook.Listing all = good(book.list(3, SOON));
            assertThat(addresses(all.entries())).containsExactly("john.smith@example.com", "list", "taro@example.jp");
            assertThat(all.more()).isFalse();
            AddressBook.Listing some = good(book.list(2, SOON));
            assertThat(some.entries()).hasSize(2);
            assertThat(some.more()).isTrue();
        }
    }
}
