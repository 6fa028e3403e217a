package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.model.mail.MailSummary;
import ekiden.regex.Escape;
import ekiden.regex.Regex;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code case: ignore} takes for one: the default case folding of Unicode, in words, globs and expressions alike. */
class CaseRuleTest {
    private static boolean met(String text, Form form, String subject) {
        Entry entry = new Entry(text, form, Look.USUAL, true, false, false);
        Conditions conditions = Conditions.NONE.map((name, none) -> name.equals("subject") ? List.of(entry) : none);
        MailSummary summary = new MailSummary(
                List.of(), List.of(), List.of(), subject, null, null, List.of(), List.of(), null, null, List.of());
        return Matcher.test(conditions, TestedMail.whole(summary, "", name -> List.of(), 1))
                .matched();
    }

    /** One character or several in each form, between two letters: a part of a character is none. */
    private record Each(String characters, List<Regex> expressions) {
        static Each of(String characters) {
            String literal = Escape.literal(characters);
            boolean one = characters.codePointCount(0, characters.length()) == 1;
            List<String> forms = one ? List.of(literal, "[" + literal + "]", "[^" + literal + "]") : List.of(literal);
            List<Regex> expressions = new ArrayList<>();
            for (String form : forms) {
                Entry entry = new Entry("^x" + form + "y$", Form.REGEX, Look.USUAL, true, false, false);
                expressions.add(((Regex.Compiling.Good) Expressions.compile(entry, false)).regex());
            }
            return new Each(characters, expressions);
        }

        List<Boolean> meets(String other) {
            String subject = "x" + other + "y";
            String value = Normalizer.normalize(subject, Normalizer.Form.NFC);
            List<Boolean> each = new ArrayList<>();
            each.add(met("x" + characters + "y", Form.TEXT, subject));
            each.add(met("x" + characters + "y", Form.GLOB, subject));
            expressions.stream().limit(2).forEach(one -> each.add(one.in(value)));
            if (expressions.size() > 2 && value.codePointCount(0, value.length()) == 3) {
                each.add(!expressions.get(2).in(value));
            }
            return each;
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "\u0131 \u0131 true",
                "\u0131 I false",
                "\u0131 i false",
                "i \u0131 false",
                "I \u0131 false",
                "\u0130 i false",
                "i \u0130 false",
                "\u0130 i\u0307 true",
                "i\u0307 \u0130 true",
                "I\u0307 i\u0307 true",
                "\u017f S true",
                "k \u212a true",
                "ß SS true",
                "ss ß true",
                "ẞ ß true",
                "ς Σ true",
                "σ ς true",
                "ﬁ FI true",
                "ⅷ Ⅷ true",
                "Ꭰ ꭰ true",
                "𐒰 𐓘 true",
                "é E false"
            })
    void theRuleIsTheDefaultFoldingWithoutTurkish(String wanted, String subject, boolean met) {
        assertThat(Each.of(wanted).meets(subject)).containsOnly(met);
    }

    private static List<String> characters() {
        return IntStream.concat(IntStream.range(0x21, 0x20000), IntStream.range(0xE0000, 0xE0200))
                .filter(c -> Character.isDefined(c) && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE))
                // no expression without case may have them, and so none meets them
                .filter(c -> c < 0x1C80 || c > 0x1C88)
                .mapToObj(Character::toString)
                .toList();
    }

    private static String key(String character) {
        return Folding.lower(Normalizer.normalize(character, Normalizer.Form.NFC));
    }

    /** Every character that some rule for letters could take for it. */
    private static Set<String> others(String own, List<String> alike) {
        Set<String> others = new TreeSet<>(alike);
        others.add(Character.toString(Character.toTitleCase(own.codePointAt(0))));
        others.add(own.toLowerCase(Locale.ROOT));
        others.add(own.toUpperCase(Locale.ROOT));
        for (String other : List.copyOf(others)) {
            others.add(other.toLowerCase(Locale.ROOT));
            others.add(other.toUpperCase(Locale.ROOT));
        }
        others.remove(own);
        return others;
    }

    @Test
    void wordsGlobsAndExpressionsTakeTheSameCharactersForOne() {
        Map<String, List<String>> alike = new HashMap<>();
        for (String own : characters()) {
            alike.computeIfAbsent(key(own), added -> new ArrayList<>()).add(own);
        }
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (String own : characters()) {
            Set<String> others = others(own, alike.getOrDefault(key(own), List.of()));
            if (!others.isEmpty()) {
                compare(Each.of(own), others, wrong);
                compared += others.size();
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(3_000);
    }

    private static void compare(Each own, Set<String> others, List<String> wrong) {
        for (String other : others) {
            List<Boolean> each = own.meets(other);
            if (each.contains(true) && each.contains(false)) {
                wrong.add("%X %s %s".formatted(own.characters.codePointAt(0), other, each));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[𐒰-𐓀] 𐓘 true",
                "[𐓘-𐓚] 𐒰 true",
                "[^𐒰-𐓀] 𐓘 false",
                "[𐒰-𐒲] 𐓛 false",
                "[\\x{1E900}-\\x{1E902}] 𞤢 true",
                "[а-я] Я true",
                "[h-j] \u0130 false",
                "[h-j] \u0131 false"
            })
    void rangeHasTheOtherCaseOfItsMembers(String range, String subject, boolean met) {
        assertThat(met("^" + range + "$", Form.REGEX, subject)).isEqualTo(met);
    }
}
