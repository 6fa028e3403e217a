package ekiden.regex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import ekiden.regex.Regex.Compiling;
import java.time.Duration;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexTest {
    private static Compiling compile(String expression) {
        return Regex.compile(expression, false, RegexLimits.DEFAULT);
    }

    private static Regex good(String expression) {
        return compile(expression) instanceof Compiling.Good(Regex regex) ? regex : fail(expression);
    }

    private static Regex fail(String expression) {
        throw new AssertionError(expression + " does not compile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{2,1}", "*", "(?=a)", "(a)\\1", "a**", "\\"})
    void whatDoesNotCompileIsSaidSo(String expression) {
        assertThat(compile(expression))
                .isInstanceOfSatisfying(
                        Compiling.Wrong.class,
                        wrong -> assertThat(wrong.reason()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u1c80",
                "a\u1c88",
                "\\x{1C84}",
                "\\x{01c80}",
                "\\x{00000000000000001c80}",
                "\\Qa\u1c85b\\E",
                "\\Qa\u1c85",
                "[\\x{80}-\\x{10ffff}]",
                "[^a\\x{80}-\\x{ffff}]",
                "[]-\\x{ffff}]",
                "[--\\x{ffff}]",
                "[[:alpha:]a-\u1c81]",
                "[\\x41-\uffff]",
                "[\\101-\uffff]",
                "[\\t-\uffff]",
                "[\\]-\uffff]",
                "[a-c\u1c87-z]"
            })
    void whatTheLibraryWouldCompileForEverIsRefusedWhereCaseIsIgnored(String expression) {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(Regex.compile(expression, true, RegexLimits.DEFAULT)).isInstanceOf(Compiling.Wrong.class);
            assertThat(compile("(?i)" + expression)).isInstanceOf(Compiling.Wrong.class);
            assertThat(compile("x(?s-i:y)(?mi:z)" + expression)).isInstanceOf(Compiling.Wrong.class);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\\x{1}-\\x{1C7F}\\x{1C89}-\\x{10ffff}]",
                "[a-z]-\uffff",
                "[\\d-]\uffff",
                "(?P<i>a)",
                "[a-]",
                "\\pL-\uffff"
            })
    void whatTheLibraryCompilesIsNotRefusedWhereCaseIsIgnored(String expression) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertThat(Regex.compile(expression, true, RegexLimits.DEFAULT))
                        .isInstanceOf(Compiling.Good.class));
    }

    @Test
    void whereCaseCountsTheseLettersAreAsGoodAsOthers() {
        assertThat(good("[\\x{80}-\\x{10ffff}]\u1c80").in("\u1c81\u1c80")).isTrue();
        assertThat(good("(?s)(?P<i>[\\x{80}-\\x{10ffff}])").in("\u1c80")).isTrue();
    }

    @Test
    void repetitionsInsideEachOtherAreRefusedBeforeTheyAreCompiled() {
        assertThat(compile("((a{100}){100}){100}")).isInstanceOf(Compiling.Wrong.class);
        // so many beside the one that is written; a group without a number is none
        assertThat(compile("a{401}")).isInstanceOf(Compiling.Good.class);
        assertThat(compile("a{402}")).isInstanceOf(Compiling.Wrong.class);
        assertThat(compile("(?:a{200}){2}b{2}")).isInstanceOf(Compiling.Good.class);
        assertThat(compile("(?:a{200}){2}b{3}")).isInstanceOf(Compiling.Wrong.class);
        assertThat(compile("(a{200}){2}b{2}")).isInstanceOf(Compiling.Wrong.class);
        assertThat(compile("x".repeat(900) + "a{401}")).isInstanceOf(Compiling.Good.class);
        assertThat(compile("[ab]{1001}")).isInstanceOf(Compiling.Wrong.class);
    }

    @Test
    void largestExpressionTakesALongTextInOnePass() {
        Regex regex = good("(?:[a-z]?){401}[89]");
        assertThat(assertTimeout(Duration.ofSeconds(20), () -> regex.in("a".repeat(65_000))))
                .isFalse();
    }

    @Test
    void lengthAndNestingHaveLimits() {
        assertThat(compile("a".repeat(1_000))).isInstanceOf(Compiling.Good.class);
        assertThat(compile("a".repeat(1_001))).isInstanceOf(Compiling.Wrong.class);
        assertThat(compile("(".repeat(50) + "a" + ")".repeat(50))).isInstanceOf(Compiling.Good.class);
        assertThat(compile("(".repeat(51) + "a" + ")".repeat(51))).isInstanceOf(Compiling.Wrong.class);
    }

    @Test
    void expressionThatMakesOthersHangTakesNoTime() {
        Regex regex = good("(a+)+(a+)+(a|aa)+$");
        String text = "a".repeat(60_000) + "b";
        assertThat(assertTimeout(Duration.ofSeconds(10), () -> regex.in(text))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            order-[0-9]+            | order-
            ^\\[注文書\\] .*-end$    | '[注文書] '
            abc?                    | ab
            abc+d                   | abc
            abc{0,3}                | ab
            abc{2}xy                | abc
            a\\.b\\Qc.d\\E          | a.bc.d
            x(abcdef)?yz            | yz
            \\x41bc                 | bc
            \\pLbc                  | bc
            \\101bc                 | bc
            [abc]de                 | de
            """)
    void charactersThatAnExpressionNeedsAreFound(String expression, String needed) {
        assertThat(good(expression).needed()).contains(needed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc|def", "(?i)abc", ".*", "[a-z]+", "(abc)"})
    void wherePartsCanBeAbsentNothingIsNeeded(String expression) {
        assertThat(good(expression).needed()).isEqualTo(Optional.empty());
    }

    @Provide
    Arbitrary<String> expressions() {
        return Arbitraries.of(
                        "a",
                        "b",
                        "ab",
                        "\\.",
                        ".",
                        "*",
                        "?",
                        "+",
                        "{0,2}",
                        "{2}",
                        "(",
                        ")",
                        "(?:",
                        "(?i)",
                        "(?i:",
                        "[ab]",
                        "[^]a]",
                        "|",
                        "^",
                        "$",
                        "\\d",
                        "\\pL",
                        "\\x41",
                        "\\x{42}",
                        "\\Qa*\\E",
                        "{",
                        "}",
                        "注",
                        "😀")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
    }

    /** Whatever the notation: where the expression is met, what it is said to need is there. */
    @Property(tries = 20_000)
    void whatIsSaidToBeNeededIsInEveryMatch(@ForAll("expressions") String expression, @ForAll("texts") String text) {
        RegexShape shape = RegexShape.of(expression);
        Pattern pattern = compiled(expression);
        if (pattern != null && pattern.matcher(text).find()) {
            assertThat(text).contains(shape.needed().orElse(""));
        }
    }

    private static @Nullable Pattern compiled(String expression) {
        try {
            return Pattern.compile(expression);
        } catch (PatternSyntaxException wrong) {
            return null;
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abAB.*1{}注").ofMaxLength(8);
    }
}
