package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import ekiden.regex.Regex;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns see what an operator sees, however mail and pattern are written. */
class PatternTest {
    private static final int MOST = MatchLimits.DEFAULT.patternText();

    private enum How {
        AS_IS,
        CASE,
        WIDTH,
        BOTH
    }

    private static Entry entry(String text, Form form, How how) {
        boolean anyCase = how == How.CASE || how == How.BOTH;
        return new Entry(text, form, Look.USUAL, anyCase, how == How.WIDTH || how == How.BOTH, false);
    }

    private static boolean met(String list, Entry entry, String value) {
        Conditions conditions = Conditions.NONE.map((name, none) -> name.equals(list) ? List.of(entry) : none);
        boolean from = list.equals("from");
        MailSummary summary = new MailSummary(
                from ? List.of(new Address(null, value)) : List.of(),
                List.of(),
                List.of(),
                list.equals("subject") ? value : "",
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        TestedMail mail = TestedMail.whole(summary, list.equals("text") ? value : "", name -> List.of(), 1);
        boolean one = Matcher.test(conditions, mail).matched();
        assertThat(new WatchSet(Map.of("w", conditions)).matching(mail).isEmpty())
                .isNotEqualTo(one);
        assertThat(Matcher.verdict(conditions, mail) == MatchResult.Verdict.MET).isEqualTo(one);
        return one;
    }

    private static boolean regex(String expression, How how, String subject) {
        assertThat(Expressions.compile(entry(expression, Form.REGEX, how), false))
                .isInstanceOf(Regex.Compiling.Good.class);
        return met("subject", entry(expression, Form.REGEX, how), subject);
    }

    private static boolean sender(String expression, How how, String address) {
        assertThat(Expressions.compile(entry(expression, Form.REGEX, how), true))
                .isInstanceOf(Regex.Compiling.Good.class);
        return met("from", entry(expression, Form.REGEX, how), address);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^sales@x \u017fales@x",
                "^(s|t)ales@x \u017fales@x",
                "^[a-z]+@x orders\u017f@x",
                "^[A-Z]+@x orders\u017f@x",
                "^k@x \u212a@x",
                "^[a-k]@x \u212a@x",
                "^\\x6b@x \u212a@x",
                "^[\u00c9]@x \u00e9@x",
                "^[^a]@x A@x",
                "^\\P{Lu}@x A@x",
                "^[^[:upper:]]@x a@x"
            })
    void otherLettersThatUnicodeTakesForThoseOfAsciiAreNotThoseOfAnAddress(String expression, String address) {
        assertThat(sender(expression, How.AS_IS, address)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^SALES@X$ sales@x",
                "^sales@x$ SALES@X",
                "^[A-S]+@x$ sales@x",
                "^[A-S]+@x$ SALES@x",
                "^[SALES]+@x$ sALes@x",
                "^\\x41\\101@x$ aa@x",
                "^\\QAA@X\\E$ aA@x",
                "^\\p{Lu}[\\p{Lu}][[:upper:]]@x$ abc@x",
                "^[\\x41]@x$ a@x",
                "^\u017f@x$ \u017f@X"
            })
    void lettersOfAsciiHaveNoCaseInAnAddress(String expression, String address) {
        assertThat(sender(expression, How.AS_IS, address)).isTrue();
    }

    @Test
    void whoAsksForItHasThemAlikeInAnAddressToo() {
        assertThat(sender("^[a-z]+@x", How.CASE, "order\u017f@x")).isTrue();
        assertThat(sender("(?i)^[a-k]@x", How.AS_IS, "\u212a@x")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "^\uff5e@x\\.example$ \uff5e@x.example true",
                "^\u301c@x\\.example$ \u301c@x.example true",
                "^\uff5e@x\\.example$ \u301c@x.example false",
                "^[\uff5e]@x \uff5e@x true",
                "^[\uff5e]@x \u301c@x false",
                "^e\u0301@x e\u0301@x true",
                "^\u00e9@x \u00e9@x true",
                "^e\u0301@x \u00e9@x false"
            })
    void expressionOfAnAddressIsTakenAsItStandsAsTheAddressIs(String expression, String address, boolean met) {
        assertThat(sender(expression, How.AS_IS, address)).isEqualTo(met);
        String words = expression.replaceAll("[\\\\^$\\[\\]]", "");
        assertThat(met("from", Entry.fromText(words), address)).isEqualTo(met);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10\\x{FF5E}20", "10[\\x{FF5E}]20", "10[a-b\\x{FF5E}]20", "10\\Q\uff5e\\E20", "10\\x{301c}20"})
    void twinWrittenAsAnEscapeIsAsGoodAsTheCharacter(String expression) {
        for (How how : List.of(How.AS_IS, How.WIDTH)) {
            assertThat(regex(expression, how, "10\uff5e20")).isTrue();
            assertThat(regex(expression, how, "10\u301c20")).isTrue();
            assertThat(regex(expression, how, "10x20")).isFalse();
        }
        assertThat(regex("10[^\\x{FF5E}]20", How.AS_IS, "10\u301c20")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "\\Q＊\\E a*b true",
                "\\Q＊\\E a\uff0ab true",
                "^\\Qａ＊ｂ\\E$ a*b true",
                "^\\Qａ＊ｂ\\E$ aaab false",
                "^\\Q(ａ\\E+$ (aaa true",
                "^\\Qａ\\\\E$ a\\ true",
                "^＊?a$ *a true",
                "^（注文）$ (注文) true",
                "^【注文】ＡＢＣ[0-9]+$ 【注文】ＡＢＣ１２ true",
                "^ｶﾞｽ$ ガス true",
                "^カ\u3099?ス$ ス true",
                "^カ\u3099?ス$ カス false",
                "^\\x{ff76}\\x{ff9e}ス$ ガス true",
                "^a*(b)$ aab true",
                "^①$ 1 true",
                "^㈱?山本$ 山本 true",
                "^㈱?山本$ (株)山本 true",
                "^㈱?山本$ ㈱山本 true",
                "^㈱?山本$ (株山本 false",
                "^㈱{2}$ ㈱(株) true",
                "^[㈱㈲]山 (有)山 true",
                "^[㈱㈲]山 有山 false",
                "^[㈱x]?山 山 true",
                "^[^㈱]山 株山 false",
                "^[^㈱]山 有山 true",
                "^[！-～]+$ Ab~1- true",
                "^[ａ-ｃ]+$ abc true",
                "^[ｦ-ﾟ]+$ ｱｲ true",
                "^[０-９]{3}$ １２3 true",
                "^[^０-９]$ 3 false",
                "^[a－z]$ m false",
                "^[ｱ-ﾝﾞﾟｰ]+$ ｶﾞｽ true",
                "^[ｱ-ﾝﾞﾟｰ]+$ ﾊﾟｰｶﾞ true",
                "^[ｱ-ﾝｰ]+$ ｶﾞｽ false",
                "^[ｦ-ﾟ]+$ ｶﾞｽ true",
                "^[ｦ-ﾟ]+$ ﾊﾟ true",
                "^[^ｦ-ﾟ]+$ ｶﾞ false",
                "^[ｶｷｸｹｺﾞ]+$ ｺｺ true",
                "^[ｶｷｸｹｺﾞ]+$ ｺﾞ true",
                "^[ｶｷｸｹｺﾞ]+$ ｻﾞ false",
                "^[\\x{FF9E}カ]$ ガ true",
                "[\\x{80}-\\x{10FFFF}] ORDER-1~K; false",
                "^[^\\x{80}-\\x{10FFFF}]+$ ORDER-1~K; true",
                "[\\x{80}-\\x{10FFFF}] 注 true"
            })
    void whereWidthDoesNotMatterSignsStaySignsAndCharactersStayWhole(String expression, String subject, boolean met) {
        assertThat(regex(expression, How.WIDTH, subject)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "straße STRASSE true",
                "straße Straße true",
                "STRASSE straße true",
                "^stra[xß]e$ STRASSE true",
                "^stra.e$ straße true",
                "^ß?a$ SSa true",
                "^ß{2}$ ssß true",
                "^sss$ ßs true",
                "^sss$ sß true",
                "^ssssssssssss$ ßßßßßß true",
                "^first$ \ufb01r\ufb06 true",
                "^Μα\u0390ου$ Μα\u03aa\u0301ου true",
                "^ΜΑ\u03aa\u0301ΟΥ$ Μα\u0390ου true",
                "^İ$ i\u0307 true",
                "^[^ß]$ s true",
                "straße strase false"
            })
    void whereCaseDoesNotMatterLettersMeetTheirCapitalsThatAreSeveral(String expression, String subject, boolean met) {
        assertThat(regex(expression, How.CASE, subject)).isEqualTo(met);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "stra?e Straße CASE true",
                "stra?e straße AS_IS true",
                "stra??e straße CASE false",
                "stra??e STRASSE CASE true",
                "STRASSE straße CASE true",
                "?山本 ㈱山本 WIDTH true",
                "???山本 ㈱山本 WIDTH false",
                "???山本 (株)山本 WIDTH true",
                "*?本 ㈱山本 WIDTH true",
                "?ス* ｶﾞｽ代 WIDTH true",
                "?ス* カ\u3099ス代 BOTH true",
                "??ス* ｶﾞｽ代 WIDTH false",
                "a* ａ\u0301 WIDTH false",
                "a* ａ\u0301 CASE false",
                "á* ａ\u0301b WIDTH true",
                "?b ａ\u0301b WIDTH true",
                "??b ａ\u0301b WIDTH false",
                "?b? ａ\u3099\u0301b㈱ WIDTH false",
                "??b? ａ\u3099\u0301b㈱ WIDTH true",
                "*(?)* ﾌ\u3099㈱ WIDTH false",
                "?? ﾌ\u3099㈱ WIDTH true",
                "?? ﾊﾟß BOTH true",
                "?x? ßx㌔ BOTH true",
                "?ab? ßx㌔ BOTH false",
                "s? ß CASE false",
                "s* ß CASE true",
                "*? ß CASE true",
                "*s? aß CASE false",
                "a\\＊b a*b WIDTH true",
                "a\\＊b axb WIDTH false",
                "a＊b axxb WIDTH false",
                "a＊b a＊b WIDTH true",
                "a？b axb WIDTH false",
                "a＼*b a\\xxb WIDTH true",
                "a\\ａ*b aaxb WIDTH true",
                "*\\＊ a* WIDTH true",
                "*\\＊ ab WIDTH false"
            })
    void questionMarkOfAGlobIsOneCharacterAsTheMailHasIt(String glob, String subject, How how, boolean met) {
        assertThat(met("subject", entry(glob, Form.GLOB, how), subject)).isEqualTo(met);
    }

    /** What stands there when all are capitals does not hide it: a mark that nobody writes behind that letter. */
    @Test
    void letterThatIsTwoCapitalsIsFoundWithAMarkBehindIt() {
        assertThat(met("subject", entry("ass", Form.TEXT, How.CASE), "aß\u0301"))
                .isTrue();
        assertThat(met("subject", entry("\u0390", Form.TEXT, How.CASE), "\u0390\u3099"))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"*(?)*,false", "???,true", "?*,true", "??,false"})
    void marksThatChangePlacesLeaveTheCharactersAsTheMailHasThem(String glob, boolean met) {
        assertThat(met("subject", entry(glob, Form.GLOB, How.WIDTH), "㈱\u0301\uff9e"))
                .isEqualTo(met);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0390", "\u03b0", "\u1fd2", "\u1fd3", "\u1fd7", "\u1fe2", "\u1fe3", "\u1fe7"})
    void greekLetterWithTwoMarksMeetsItsCapital(String letter) {
        String capital = letter.toUpperCase(java.util.Locale.ROOT);
        for (How how : List.of(How.CASE, How.BOTH)) {
            for (Form form : Form.values()) {
                assertThat(met("subject", entry("x" + letter, form, how), "X" + capital))
                        .isTrue();
                assertThat(met("subject", entry("X" + capital, form, how), "x" + letter))
                        .isTrue();
            }
            assertThat(met("subject", entry("x?", Form.GLOB, how), "x" + letter))
                    .isTrue();
            assertThat(met("subject", entry("x" + capital.charAt(0) + "\u0308.", Form.REGEX, how), "x" + capital))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "[\\x{FA0E}-\\x{FA2D}] \ufa19 true",
                "[\\x{FA0E}-\\x{FA2D}] 神 true",
                "[\\x{FA0E}-\\x{FA2D}] 仏 false",
                "[^\\x{FA0E}-\\x{FA2D}] \ufa19 false",
                "[\\x{F900}-\\x{FAFF}] \uf900 true",
                "[\\x{2F800}-\\x{2FA1D}] \ud87e\udc00 true",
                "[\\x{2129}-\\x{212B}] \u212a true",
                "[\\x{2125}-\\x{2127}] \u2126 true",
                "[\\x{37D}-\\x{37F}] \u037e true",
                "[^\\x{37D}-\\x{37F}] \u037e false",
                "[\\x{5000}-\\x{FFFF}] 䔁 false",
                "[\\x{80}-\\x{10FFFF}] ORDER-1~K; false"
            })
    void rangeHasTheFormsThatValuesHaveOfItsMembers(String expression, String subject, boolean met) {
        assertThat(regex(expression, How.AS_IS, subject)).isEqualTo(met);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"^a+\\Q\\E*b", "^aab?\\Q\\E*$", "^(?:a|b)\\Q\\E*$", "^a?b\\Q\\E?$", "^a{1}\\Q\\E*b", "b\\Q"})
    void emptyQuotationStandsForNothing(String expression) {
        assertThat(regex(expression, How.AS_IS, "aab")).isEqualTo(!expression.startsWith("^a?b"));
        assertThat(regex("^a+\\Q\\E*b", How.AS_IS, "b")).isTrue();
    }

    @Test
    void repetitionBehindFlagsBelongsToTheCharacterBeforeThem() {
        for (String expression : List.of("^ss(?i)*$", "^ss(?-i)(?m)\\Q\\E{0,2}$")) {
            assertThat(regex(expression, How.CASE, "s")).isTrue();
            assertThat(regex(expression, How.CASE, "")).isFalse();
        }
        assertThat(regex("^ss(?i)$", How.CASE, "ß")).isTrue();
    }

    private static boolean acrossLines(String wanted, boolean anyWidth, String text) {
        return met("text", new Entry(wanted, Form.TEXT, Look.USUAL, false, anyWidth, true), text);
    }

    @Test
    void characterThatALineBreakDividesIsFoundAcrossIt() {
        assertThat(acrossLines("ガス", true, "ｶ\nﾞｽ代")).isTrue();
        assertThat(acrossLines("パス", true, "ﾊ\r\n ﾟｽ")).isTrue();
        assertThat(acrossLines("ガス", false, "カ\n\u3099ス")).isTrue();
        assertThat(acrossLines("カ\n\u3099ス", false, "ガス")).isTrue();
        assertThat(acrossLines("カス", false, "カ\n\u3099ス")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0x20, 0x09, 0x0b, 0x85, 0xa0, 0x1680, 0x2003, 0x2009, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000})
    void blanksOfAnyKindAreNothingAcrossLines(int blank) {
        assertThat(acrossLines("注文", false, "注" + (char) blank + "文")).isTrue();
        assertThat(acrossLines("注" + (char) blank + "文", false, "注文")).isTrue();
    }

    private static boolean text(String pattern, Form form, How how, String text) {
        return met("text", entry(pattern, form, how), text);
    }

    @Test
    void patternsSeeSoManyCharactersOfATextAsTheMailHasThem() {
        assertThat(text("z$", Form.REGEX, How.AS_IS, "\n".repeat(MOST - 1) + "z"))
                .isTrue();
        assertThat(text("z$", Form.REGEX, How.AS_IS, "\n".repeat(MOST) + "z")).isFalse();
        assertThat(text("?z", Form.GLOB, How.CASE, "\n".repeat(MOST - 2) + "éz"))
                .isTrue();
        assertThat(text("?z", Form.GLOB, How.CASE, "\n".repeat(MOST - 1) + "éz"))
                .isFalse();
        // one character that is four when it is compared, and two that are one
        assertThat(text("z$", Form.REGEX, How.WIDTH, "㌔".repeat(MOST - 2) + "\nz"))
                .isTrue();
        assertThat(text("z$", Form.REGEX, How.WIDTH, "㌔".repeat(MOST - 1) + "\nz"))
                .isFalse();
        assertThat(text("z$", Form.REGEX, How.AS_IS, "か\u3099".repeat(MOST / 2 - 1) + "\nz"))
                .isTrue();
        assertThat(text("z$", Form.REGEX, How.AS_IS, "か\u3099".repeat(MOST / 2) + "\nz"))
                .isFalse();
    }

    @Test
    void lineThatIsCutHasNoEnd() {
        String cut = "a" + "x".repeat(MOST - 2) + "b";
        assertThat(text("a*b", Form.GLOB, How.AS_IS, cut)).isTrue();
        assertThat(text("a*b", Form.GLOB, How.AS_IS, cut + "\nc")).isTrue();
        assertThat(text("a*b", Form.GLOB, How.AS_IS, cut + "cd")).isFalse();
        assertThat(text("a*", Form.GLOB, How.AS_IS, cut + "cd")).isTrue();
        assertThat(text("a*\\*", Form.GLOB, How.AS_IS, cut + "cd")).isFalse();
        assertThat(text("b$", Form.REGEX, How.AS_IS, cut)).isTrue();
        assertThat(text("b$", Form.REGEX, How.AS_IS, cut + "\nc")).isTrue();
        for (String end : List.of(
                "b$", "b\\z", "(?i)b$", "y|b$", "b($|y)", "(?m)b$", "(?-m)b$", "b\\b", "xb\\b|y", "(?m:b$)|x$")) {
            assertThat(text(end, Form.REGEX, How.AS_IS, cut + "cd")).isFalse();
        }
        assertThat(text("xb", Form.REGEX, How.AS_IS, cut + "cd")).isTrue();
        assertThat(text("^a|y$", Form.REGEX, How.AS_IS, cut + "cd")).isTrue();
        assertThat(text("b[$]?|\\$", Form.REGEX, How.AS_IS, cut + "cd")).isTrue();
    }

    @Test
    void whatStandsBeforeTheCutIsMetThoughAnotherPartAsksForTheEnd() {
        String body = "注文番号 12345" + "x".repeat(70_000);
        for (String expression : List.of("注文番号|終了$", "(?i)注文番号|終了$", "\\b12345|y\\b", "^注(.*$)?")) {
            for (boolean anyCase : List.of(false, true)) {
                Entry entry = new Entry(expression, Form.REGEX, Look.USUAL, anyCase, false, true);
                assertThat(met("text", entry, body)).isTrue();
                assertThat(met("text", entry, "x" + body.substring(8))).isFalse();
            }
        }
        String deep = "(".repeat(50) + "ß$|x" + ")".repeat(50);
        assertThat(text(deep, Form.REGEX, How.CASE, body)).isTrue();
    }

    @Test
    void expressionIsRefusedWhereWhatItMeansIsTooLarge() {
        // one character that becomes eighteen
        assertThat(Expressions.compile(entry("\ufdfa{223}", Form.REGEX, How.WIDTH), false))
                .isInstanceOf(Regex.Compiling.Good.class);
        assertThat(Expressions.compile(entry("\ufdfa{224}", Form.REGEX, How.WIDTH), false))
                .isInstanceOf(Regex.Compiling.Wrong.class);
        assertThat(Expressions.compile(entry("㍿".repeat(1_000), Form.REGEX, How.WIDTH), false))
                .isInstanceOf(Regex.Compiling.Good.class);
        assertThat(Expressions.compile(entry("㍿".repeat(1_001), Form.REGEX, How.AS_IS), false))
                .isInstanceOf(Regex.Compiling.Wrong.class);
    }
}
