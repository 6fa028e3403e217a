package ekiden.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.message.Messages;
import ekiden.model.mail.Address;
import ekiden.testing.MemoryBook;
import ekiden.testing.StepClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecipientsTest {
    private static final AddressLimits LIMITS = AddressLimits.DEFAULT;
    private static final Entry TARO = person("山田 太郎", "taro@example.jp");
    private static final Entry HANAKO = person("佐藤 花子", "hanako@example.jp");

    private final StepClock clock = new StepClock();

    private static Entry person(String name, String address) {
        return new Entry.Person(address, name, "", List.of(name), address);
    }

    private static Entry list(String name, String... members) {
        return new Entry.Group("list " + name, name, "", List.of(name), null, List.of(members));
    }

    private static MemoryBook book(String name, Entry... entries) {
        return new MemoryBook(name, false, List.of(entries));
    }

    private Recipients recipients(AddressBook... books) {
        return new Recipients(() -> Result.ok(List.of(books)), LIMITS, clock);
    }

    private static Problem problem(Result<?> result) {
        assertThat(result).isInstanceOf(Result.Failed.class);
        Problem problem = ((Result.Failed<?>) result).problem();
        for (Locale locale : List.of(Locale.ENGLISH, Locale.JAPANESE)) {
            assertThat(new Messages().lines(problem, locale))
                    .allSatisfy(line -> assertThat(line).doesNotContainPattern("\\{[a-z]+\\}"));
        }
        return problem;
    }

    private static List<String> addresses(Result<Addressed.Name> result) {
        assertThat(result).isInstanceOf(Result.Ok.class);
        return ((Result.Ok<Addressed.Name>) result)
                .value().addresses().stream().map(Address::address).toList();
    }

    @Test
    void nameThatNobodyBears() {
        Problem problem = problem(recipients(book("own", TARO), book("all")).resolve("鈴木"));
        assertThat(problem.id()).isEqualTo(AddressMessage.UNKNOWN.id());
        assertThat(problem.values()).containsEntry("name", "鈴木").containsEntry("books", "own, all");
    }

    @Test
    void nameThatOnlyBeginsSoIsUnknownAndTellsWhoBeginsSo() {
        Problem problem = problem(recipients(book("own", TARO)).resolve("山田"));
        assertThat(problem.id()).isEqualTo(AddressMessage.UNKNOWN_SIMILAR.id());
        assertThat(problem.values()).containsEntry("candidates", "山田 太郎 <taro@example.jp>");
    }

    @Test
    void beginningIsEnoughWhereTheBookSaysSo() {
        assertThat(addresses(recipients(new MemoryBook("own", true, List.of(TARO, HANAKO)))
                        .resolve("山田")))
                .containsExactly("taro@example.jp");
    }

    @Test
    void ambiguousNameTellsTheCandidatesAndAsksNoFurtherBook() {
        MemoryBook later = book("all", TARO);
        Entry second = new Entry.Person("9", "山田　太郎", "経理部", List.of("山田　太郎"), "t.yamada@example.jp");
        Problem problem = problem(recipients(book("own", TARO, second), later).resolve("山田太郎"));
        assertThat(problem.id()).isEqualTo(AddressMessage.AMBIGUOUS.id());
        assertThat(problem.values().get("candidates"))
                .isEqualTo("山田 太郎 <taro@example.jp>; 山田　太郎 <t.yamada@example.jp> (経理部)");
        assertThat(later.asked()).isEmpty();
    }

    @Test
    void oneCandidateMoreThanAMessageNamesIsLeftOut() {
        Entry[] many = IntStream.rangeClosed(0, LIMITS.shown())
                .mapToObj(i -> person("山田", "y" + i + "@example.jp"))
                .toArray(Entry[]::new);
        String candidates =
                problem(recipients(book("own", many)).resolve("山田")).values().get("candidates");
        assertThat(candidates).contains("y" + (LIMITS.shown() - 1) + "@").doesNotContain("y" + LIMITS.shown() + "@");
        assertThat(candidates).endsWith("…");
    }

    @Test
    void nameWithoutAnyBook() {
        assertThat(problem(recipients().resolve("山田")).id()).isEqualTo(AddressMessage.NO_BOOKS.id());
    }

    @Test
    void bookThatCannotBeReadKeepsLaterBooksFromDeciding() {
        Problem why = Problem.of(AddressMessage.UNREADABLE, "book", "own", "file", "f", "reason", "Permission denied");
        MemoryBook broken = book("own");
        broken.failing(why);
        assertThat(problem(recipients(broken, book("all", TARO)).resolve("山田 太郎")))
                .isEqualTo(why);
    }

    @Test
    void settingsThatCannotBeReadKeepNamesFromBeingLookedUpAndLetAddressesPass() {
        Problem why = Problem.of(AddressMessage.NO_SUCH_BOOK, "book", "x", "books", "y");
        Recipients none = new Recipients(() -> Result.failed(why), LIMITS, clock);
        assertThat(problem(none.resolve("山田 太郎"))).isEqualTo(why);
        assertThat(addresses(none.resolve("a@example.jp"))).containsExactly("a@example.jp");
    }

    @Test
    void entryWithoutAddressAndEntryWithABadOne() {
        Entry without = new Entry.Person("1", "無", "", List.of("無"), null);
        assertThat(problem(recipients(book("own", without)).resolve("無")).id())
                .isEqualTo(AddressMessage.NO_ADDRESS.id());
        assertThat(problem(recipients(book("own", person("悪", "a b@example.jp")))
                                .resolve("悪"))
                        .id())
                .isEqualTo(AddressMessage.BAD_ADDRESS.id());
    }

    @Test
    void lineBreakInsideIsNoName() {
        MemoryBook book = book("own", TARO);
        assertThat(problem(recipients(book).resolve("山田\r\nBcc: x")).id()).isEqualTo("EKDM0601-E");
        assertThat(problem(recipients(book).resolve(" ")).id()).isEqualTo("EKDM0600-E");
        assertThat(book.asked()).isEmpty();
    }

    @Test
    void nameOneCharacterTooLong() {
        String longest = "あ".repeat(LIMITS.nameChars());
        assertThat(problem(recipients(book("own")).resolve(longest)).id()).isEqualTo(AddressMessage.UNKNOWN.id());
        assertThat(problem(recipients(book("own")).resolve(longest + "あ")).id())
                .isEqualTo(AddressMessage.LONG_NAME.id());
    }

    @Test
    void addressNeedsNoBookAndKeepsItsName() {
        MemoryBook book = book("own", TARO);
        Result<Addressed.Name> found = recipients(book).resolve("Boss <boss@example.jp>");
        assertThat(found)
                .isEqualTo(Result.ok(new Addressed.Name(
                        "Boss <boss@example.jp>", "", List.of(new Address("Boss", "boss@example.jp")))));
        assertThat(book.asked()).isEmpty();
    }

    @Test
    void firstBookThatKnowsTheNameDecides() {
        Entry other = person("山田 太郎", "other@example.jp");
        assertThat(recipients(book("own", other), book("all", TARO)).resolve("山田太郎"))
                .isEqualTo(Result.ok(
                        new Addressed.Name("山田太郎", "own", List.of(new Address("山田 太郎", "other@example.jp")))));
    }

    @Test
    void memberThatCannotBeFoundLeavesNobodyOutInSilence() {
        Entry list = list("営業部", "taro@example.jp", "urn:uuid:gone");
        Problem problem = problem(recipients(book("own", list)).resolve("営業部"));
        assertThat(problem.id()).isEqualTo(AddressMessage.MISSING_MEMBER.id());
        assertThat(problem.values()).containsEntry("list", "営業部").containsEntry("member", "urn:uuid:gone");
    }

    @Test
    void memberWhoseNameIsAmbiguousEndsTheWholeList() {
        Entry list = list("営業部", "山田 太郎");
        Entry second = person("山田 太郎", "second@example.jp");
        assertThat(problem(recipients(book("own", list, TARO, second)).resolve("営業部"))
                        .id())
                .isEqualTo(AddressMessage.AMBIGUOUS.id());
    }

    @Test
    void listsInsideListsAreOpenedAndEachAddressComesOnce() {
        Entry inner = list("東京", "taro@example.jp", "佐藤 花子");
        Entry outer = list("全員", "list 東京", "山田 太郎", "boss@example.jp");
        assertThat(addresses(recipients(book("own", inner, outer, TARO), book("all", HANAKO))
                        .resolve("全員")))
                .containsExactly("taro@example.jp", "hanako@example.jp", "boss@example.jp");
    }

    @Test
    void listsInACircleEnd() {
        Entry one = list("甲", "list 乙", "taro@example.jp");
        Entry other = list("乙", "list 甲", "hanako@example.jp");
        assertThat(addresses(recipients(book("own", one, other)).resolve("甲")))
                .containsExactly("hanako@example.jp", "taro@example.jp");
    }

    @Test
    void listWithoutMembersAndListOfItself() {
        assertThat(problem(recipients(book("own", list("空"))).resolve("空")).id())
                .isEqualTo(AddressMessage.EMPTY_LIST.id());
        assertThat(problem(recipients(book("own", list("己", "list 己"))).resolve("己"))
                        .id())
                .isEqualTo(AddressMessage.EMPTY_LIST.id());
    }

    @Test
    void listWithAnAddressOfItsOwnIsOpenedByItsServer() {
        Entry list = new Entry.Group("1", "営業部", "", List.of("営業部"), "sales@example.jp", List.of("taro@example.jp"));
        assertThat(addresses(recipients(book("own", list)).resolve("営業部"))).containsExactly("sales@example.jp");
    }

    @Test
    void listOneLevelTooDeep() {
        List<Entry> lists = new ArrayList<>();
        for (int i = 0; i < LIMITS.depth(); i++) {
            lists.add(list("l" + i, i == LIMITS.depth() - 1 ? "taro@example.jp" : "list l" + (i + 1)));
        }
        assertThat(addresses(
                        recipients(book("own", lists.toArray(Entry[]::new))).resolve("l0")))
                .containsExactly("taro@example.jp");
        lists.add(list("top", "list l0"));
        assertThat(problem(recipients(book("own", lists.toArray(Entry[]::new))).resolve("top"))
                        .id())
                .isEqualTo(AddressMessage.TOO_DEEP.id());
    }

    @Test
    void oneAddressTooMany() {
        String[] most = IntStream.range(0, LIMITS.expanded())
                .mapToObj(i -> "a" + i + "@example.jp")
                .toArray(String[]::new);
        Recipients recipients = recipients(book("own", list("全員", most), TARO));
        assertThat(addresses(recipients.resolve("全員"))).hasSize(LIMITS.expanded());
        assertThat(problem(recipients.resolve(List.of("全員"), List.of("山田 太郎"), List.of()))
                        .id())
                .isEqualTo(AddressMessage.TOO_MANY.id());
    }

    @Test
    void namesThatTakeTooLong() {
        MemoryBook slow = book("own", TARO);
        AddressBook takingTime = new AddressBook() {
            @Override
            public String name() {
                return "slow";
            }

            @Override
            public boolean beginnings() {
                return false;
            }

            @Override
            public Result<Found> find(String name, Duration within) {
                clock.advance(LIMITS.patience());
                return Result.ok(Found.NOBODY);
            }

            @Override
            public Result<List<Member>> members(Entry.Group group, Duration within) {
                return Result.ok(List.of());
            }

            @Override
            public Result<Listing> list(int most, Duration within) {
                return Result.ok(new Listing(List.of(), false));
            }
        };
        assertThat(problem(recipients(takingTime, slow).resolve("山田 太郎")).id()).isEqualTo(AddressMessage.TOO_SLOW.id());
        assertThat(slow.asked()).isEmpty();
    }

    @Test
    void allOfAMailAreLookedUpOrNothingIs() {
        Recipients recipients = recipients(book("own", TARO, HANAKO));
        assertThat(recipients.resolve(List.of("山田 太郎", "x@example.jp"), List.of("佐藤花子"), List.of("y@example.jp")))
                .isEqualTo(Result.ok(new Addressed(
                        List.of(new Address("山田 太郎", "taro@example.jp"), new Address(null, "x@example.jp")),
                        List.of(new Address("佐藤 花子", "hanako@example.jp")),
                        List.of(new Address(null, "y@example.jp")),
                        List.of(
                                new Addressed.Name("山田 太郎", "own", List.of(new Address("山田 太郎", "taro@example.jp"))),
                                new Addressed.Name(
                                        "佐藤花子", "own", List.of(new Address("佐藤 花子", "hanako@example.jp")))))));
        assertThat(problem(recipients.resolve(List.of("山田 太郎"), List.of(), List.of("誰か")))
                        .id())
                .isEqualTo(AddressMessage.UNKNOWN.id());
    }

    @Test
    void whoIsMeantTwiceGetsTheMailOnce() {
        Recipients recipients = recipients(book("own", TARO, list("営業部", "山田 太郎")));
        assertThat(((Result.Ok<Addressed>) recipients.resolve(List.of("taro@example.jp", "営業部"), List.of(), List.of()))
                        .value()
                        .to())
                .hasSize(1);
    }

    @Test
    void candidatesOfABookThatDecidesAreAllTold() {
        Entry second = person("山田 太郎", "second@example.jp");
        assertThat(recipients(book("own", TARO, second), book("all", HANAKO)).candidates("山田太郎"))
                .isEqualTo(Result.ok(List.of(TARO, second)));
        assertThat(recipients(book("own", TARO), book("all", HANAKO)).candidates("佐藤"))
                .isEqualTo(Result.ok(List.of(HANAKO)));
    }
}
