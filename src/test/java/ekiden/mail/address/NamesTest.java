package ekiden.mail.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({"Ann Ie, Annie", "山田 太郎, 山田 次郎", "Sato, Satō", "山田, 山田太郎", "高橋, 髙橋", "ハハ, パパ"})
    void namesOfDifferentPeopleStayDifferent(String one, String other) {
        assertThat(Names.fold(one)).isNotEqualTo(Names.fold(other));
    }

    @ParameterizedTest
    @CsvSource({
        "山田　太郎, 山田太郎",
        "山田 太郎, 山田太郎",
        "やまだたろう, ヤマダ タロウ",
        "ﾔﾏﾀﾞ ﾀﾛｳ, やまだ　たろう",
        "ＹＡＭＡＤＡ　Ｔａｒｏ, yamada taro",
        "'Yamada, Taro', Yamada Taro",
        "'  Yamada   Taro ', YAMADA TARO",
        "ジョン・スミス, ジョン スミス",
        "山田 Taro, 山田TARO",
        "STRASSE, straße",
        "佐々木 ちー, 佐々木ちー"
    })
    void formsOfOneNameAreOne(String one, String other) {
        assertThat(Names.fold(one)).isEqualTo(Names.fold(other)).isNotEmpty();
    }

    @Test
    void nothingButBlanksIsNothing() {
        assertThat(Names.fold(" 　,・ ")).isEmpty();
    }

    @Property
    void whatIsFoldedStaysAsItIs(@ForAll String name) {
        String folded = Names.fold(name);
        assertThat(Names.fold(folded)).isEqualTo(folded);
    }

    @Test
    void familyAndGivenNameComeInBothOrders() {
        assertThat(Names.of(List.of("Boss", " "), "Yamada", "Taro"))
                .containsExactly("Boss", "Yamada Taro", "Taro Yamada");
        assertThat(Names.of(List.of("Boss"), "Yamada", "")).containsExactly("Boss");
    }
}
