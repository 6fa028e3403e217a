package ekiden.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResolverTest {
    private static final Entry TARO = person("1", "taro@example.jp");
    private static final Entry OTHER = person("2", "other@example.jp");

    private static Entry person(String id, @Nullable String address) {
        return new Entry.Person(id, "山田 太郎", "", List.of("山田 太郎"), address);
    }

    private static Decision decide(List<Entry> whole, List<Entry> beginning, boolean more, boolean beginnings) {
        return Resolver.decide(new Found(whole, beginning, more), beginnings);
    }

    @Test
    void severalOfOneNameDecideNothing() {
        assertThat(decide(List.of(TARO, OTHER), List.of(), false, true))
                .isEqualTo(new Decision.Several(List.of(TARO, OTHER)));
    }

    @Test
    void oneOfManyThatWereNotLookedAtDecidesNothing() {
        assertThat(decide(List.of(TARO), List.of(), true, true)).isEqualTo(new Decision.Several(List.of(TARO)));
        assertThat(decide(List.of(), List.of(TARO), true, true)).isEqualTo(new Decision.Several(List.of(TARO)));
    }

    @Test
    void beginningDecidesNothingWhereTheBookDoesNotSaySo() {
        assertThat(decide(List.of(), List.of(TARO), false, false)).isEqualTo(new Decision.Nobody(List.of(TARO)));
        assertThat(decide(List.of(), List.of(TARO), false, true)).isEqualTo(new Decision.One(TARO));
    }

    @Test
    void nobody() {
        assertThat(decide(List.of(), List.of(), false, true)).isEqualTo(new Decision.Nobody(List.of()));
    }

    @Test
    void twoEntriesWithOneAddressAreOne() {
        Entry again = person("3", "TARO@example.jp");
        assertThat(decide(List.of(TARO, again), List.of(), false, false)).isEqualTo(new Decision.One(TARO));
    }

    @Test
    void namesakesWithoutAddressesAreNotOne() {
        assertThat(decide(List.of(person("4", null), person("5", null)), List.of(), false, false))
                .isInstanceOf(Decision.Several.class);
    }
}
