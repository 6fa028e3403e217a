package ekiden.mail.address.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.address.ldap.NameVariants.Pair;
import org.junit.jupiter.api.Test;

class NameVariantsTest {
    private static NameVariants of(String name) {
        return NameVariants.of(name, LdapLimits.DEFAULT);
    }

    @Test
    void nothingIsAskedForNothing() {
        assertThat(of(" ,・ ").whole()).isEmpty();
        assertThat(of(" ,・ ").pairs()).isEmpty();
    }

    @Test
    void latinNameInBothOrders() {
        assertThat(of("Ｓｍｉｔｈ, John").whole()).containsExactly("Smith John");
        assertThat(of("Smith John").pairs()).containsExactly(new Pair("Smith", "John"), new Pair("John", "Smith"));
    }

    @Test
    void japaneseNameWithABlankAnywhere() {
        assertThat(of("山田太郎").whole()).containsExactly("山田太郎", "山 田太郎", "山田 太郎", "山田太 郎");
        assertThat(of("山田太郎").pairs())
                .containsExactly(new Pair("山", "田太郎"), new Pair("山田", "太郎"), new Pair("山田太", "郎"));
    }

    @Test
    void kanaInBothScripts() {
        assertThat(of("やま").whole()).containsExactly("やま", "や ま", "ヤマ", "ヤ マ");
    }

    @Test
    void nameOneCharacterTooLongToPutBlanksIntoIt() {
        String longest = "山".repeat(LdapLimits.DEFAULT.splitChars());
        assertThat(of(longest).whole()).hasSize(LdapLimits.DEFAULT.splitChars());
        assertThat(of(longest + "山").whole()).containsExactly(longest + "山");
    }

    @Test
    void noMoreWaysThanTheLimit() {
        assertThat(of("あいうえおかきくけこ").whole()).hasSizeLessThanOrEqualTo(LdapLimits.DEFAULT.variants());
        LdapLimits two = new LdapLimits(4, 2, 10, 10);
        assertThat(NameVariants.of("山田太郎", two).whole()).hasSize(2);
        assertThat(NameVariants.of("山田太郎", two).pairs()).hasSize(2);
    }
}
