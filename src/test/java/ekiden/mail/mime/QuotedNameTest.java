package ekiden.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.AttachmentSummary;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a quoted file name ends: quotes, backslashes and semicolons may be its own, and paths are sent without escapes. */
class QuotedNameTest {
    private static void assertName(String value, String others, String meant) {
        String mail = "From: a@b.example\nContent-Type: a/b\nContent-Disposition: attachment; filename=\"" + value
                + "\"" + others + "\n\nx";
        assertThat(Mails.read(mail).summary().attachments())
                .as(mail)
                .extracting(AttachmentSummary::name)
                .containsExactly(meant);
    }

    private static Arbitrary<String> joined(List<String> pieces, int most) {
        return Arbitraries.of(pieces).list().ofMaxSize(most).map(some -> String.join("", some));
    }

    @Provide
    Arbitrary<String> names() {
        return joined(List.of("\"", "\\", ";", "=", "a", "b c", "(", "; x=", "\";", "\\\"", "\\\\", "; y=\"z\""), 12)
                .map(name -> "x" + name);
    }

    @Provide
    Arbitrary<String> paths() {
        return Arbitraries.of("a", "dir", "b c", "x;y", "d.txt")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(parts -> parts.stream().collect(Collectors.joining("\\", "C:\\", "\\")));
    }

    @Provide
    Arbitrary<String> others() {
        return joined(
                List.of("; size=3", "; u=\"b\"", "; v=\"c\\\"d\"", " ; w=\"e\\\\\"", ";t=\"f;g\"", "; s=\"\""), 4);
    }

    @Property(tries = 2000)
    void nameThatIsEscapedAsItShouldBeIsReadAsItWasMeant(
            @ForAll("names") String name, @ForAll("others") String others) {
        assertName(name.replace("\\", "\\\\").replace("\"", "\\\""), others, name);
    }

    @Property(tries = 1000)
    void backslashAtTheEndOfAPathEscapesNothing(@ForAll("paths") String path, @ForAll("others") String others) {
        assertName(path, others, path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a\\\\ | ; name=\"b\\\\\" | a\\",
                "C:\\dir\\ | ; name=\"C:\\dir\\\\\" | C:\\dir\\",
                "x\\\";x | | x\";x",
                "x\\\"; u=\\\"y | ; size=3 | x\"; u=\"y"
            })
    void quoteEndsTheNameWhereTheOthersComeInPairs(String value, String others, String meant) {
        assertName(value, others == null ? "" : others, meant);
    }
}
