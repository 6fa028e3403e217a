package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class MarksTest {
    private static final String ROW = "\u0301\u0323".repeat(15);

    @Property
    void textsWithMarksAsLanguagesHaveThemAreAsTheLibraryMakesThem(
            @ForAll
                    @StringLength(max = 30)
                    @CharRange(from = 'a', to = 'c')
                    @CharRange(from = '\u0300', to = '\u0330')
                    @Chars({'ｶ', '\uff9e', '\u3099', '한', '\u1100', '\u1161', '㈱', '\ud835', '\udd04'})
                    String text) {
        for (Normalizer.Form form : new Normalizer.Form[] {Normalizer.Form.NFC, Normalizer.Form.NFKC}) {
            assertThat(Marks.normal(text, form)).isEqualTo(Normalizer.normalize(text, form));
        }
    }

    @Test
    void rowOfThirtyIsPutInOrderAndALongerOnePieceByPiece() {
        assertThat(Marks.normal("x" + ROW, Normalizer.Form.NFC))
                .isEqualTo(Normalizer.normalize("x" + ROW, Normalizer.Form.NFC))
                .isEqualTo("x" + "\u0323".repeat(15) + "\u0301".repeat(15));
        assertThat(Marks.normal("x" + ROW + "\u0323", Normalizer.Form.NFC))
                .isEqualTo("x" + "\u0323".repeat(15) + "\u0301".repeat(15) + "\u0323");
    }
}
