package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Ascii;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.regex.Regex;
import ekiden.regex.RegexLimits;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Whatever the notation: to write an expression anew changes nothing for texts that have nothing that would be another character. */
class PatternWriterTest {
    private static @Nullable Regex good(Regex.Compiling compiling) {
        return compiling instanceof Regex.Compiling.Good(Regex regex) ? regex : null;
    }

    private static Entry entry(String expression, boolean anyCase, boolean anyWidth) {
        return new Entry(expression, Form.REGEX, Look.USUAL, anyCase, anyWidth, false);
    }

    @Property(tries = 20_000)
    void expressionSaysOfAsciiWhatItSaidBefore(
            @ForAll("expressions") String expression,
            @ForAll("texts") String text,
            @ForAll boolean anyCase,
            @ForAll boolean anyWidth) {
        Regex before = good(Regex.compile(expression, anyCase, RegexLimits.DEFAULT));
        Regex after = good(Expressions.compile(entry(expression, anyCase, anyWidth), false));
        assertThat(after == null).isEqualTo(before == null);
        if (before != null && after != null) {
            assertThat(after.in(text)).isEqualTo(before.in(text));
        }
    }

    @Property(tries = 10_000)
    void addressOfAsciiIsMetAsIfItHadNoCase(@ForAll("expressions") String expression, @ForAll("texts") String text) {
        Regex before = good(Regex.compile(expression, true, RegexLimits.DEFAULT));
        Regex after = good(Expressions.compile(entry(expression, false, false), true));
        assertThat(after == null).isEqualTo(before == null);
        // a part of an expression may say that case matters to it: of an address it does not
        if (before != null && after != null && !expression.contains("-i") && !expression.contains("\\P")) {
            assertThat(after.in(Ascii.lower(text))).isEqualTo(before.in(Ascii.lower(text)));
        }
    }

    @Property(tries = 10_000)
    void whatABeginningMeetsIsMetWhateverFollows(
            @ForAll("expressions") String expression, @ForAll("texts") String text, @ForAll("texts") String rest) {
        Regex whole = good(Expressions.compile(entry(expression, false, false), false));
        Regex open = good(Expressions.ofBeginning(entry(expression, false, false), false));
        if (whole != null && open != null && open.in(text)) {
            assertThat(whole.in(text + rest)).isTrue();
            assertThat(whole.in(text)).isTrue();
        }
    }

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> more = Arbitraries.of(
                "[b-a]", "[\\y]", "[^\\dA-C]", "[[:upper:]b-d:]", "[\\Da]", "(?i-s:", "(?-i:", "**", "(?P<n>b");
        return Arbitraries.oneOf(parts(), parts(), parts(), more)
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(parts -> String.join("", parts));
    }

    private static Arbitrary<String> parts() {
        return Arbitraries.of(
                "a",
                "b",
                "ss",
                "fi",
                "\\.",
                "\\n",
                ".",
                "*",
                "?",
                "+",
                "+?",
                "{0,2}",
                "{2}",
                "(",
                ")",
                "(?:",
                "(?P<n>",
                "(?i)",
                "(?-i)",
                "(?m)",
                "(?i:",
                "[ab]",
                "[^]a]",
                "[]-]",
                "[-a]",
                "[^-\\]]",
                "[A-B\\x{61}]",
                "[\\x41-\\103]",
                "[[:upper:]a]",
                "[^[:alpha:]*]",
                "[\\d\\pL]",
                "[a\\-s]",
                "[[:x:]]",
                "[[]",
                "[",
                "|",
                "^",
                "$",
                "\\z",
                "\\A",
                "\\b",
                "\\B",
                "\\d",
                "\\p{Lu}",
                "\\P{Lu}",
                "\\x41",
                "\\x{42}",
                "\\x{110000}",
                "\\101",
                "\\0",
                "\\8",
                "\\Qa*\\E",
                "\\Q\\E",
                "\\Q[",
                "\\E",
                "\\",
                "{",
                "}",
                "{,2}",
                "]",
                "-",
                "B");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abABsfi.*1{}[]-^\\\n").ofMaxLength(8);
    }
}
