package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Form;
import ekiden.model.definition.Entry.Look;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.Include;
import ekiden.model.definition.SizeRange;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Surroundings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** All watches in one pass say what {@link PlainMatcher} says of each, which knows no index. */
class WatchSetTest {
    private static final List<String> WORDS = List.of(
            "a", "ab", "bc", "注文", "注", "カ\u3099", "ﾌﾞ", "ブ", "ａＢ", "B c", "～a", "−", "‖", "ass", "aß", "\u0390", "㈱");
    private static final List<String> GLOBS = List.of(
            "*", "a*", "*b", "?b*", "*注*", "a", "*ａ*", "\\**", "*〜*", "?a*", "*ß?", "a?s*", "*?ﾌﾞ", "\\＊*", "*(?)*");
    private static final List<String> REGEXES = List.of(
            "a",
            "^a",
            "b$",
            "a+b",
            "[ab]c",
            "注文?",
            "(a|注)b",
            "(?i)AB",
            "a.*c",
            "x{0}",
            "ab|bc",
            "\\s",
            "[\\x{FF5E}b]",
            "\\x{FF5E}",
            "^\\Q～\\E",
            "\\Q＊\\E",
            "^㈱?a",
            "[㈱b]a",
            "aß",
            "ass",
            "ﾌﾞ+");

    /** Marks behind letters that never have them: nobody writes that, and whether the letter is still there when all are capitals nobody says. */
    private static final String STRANGE_MARKS =
            "(?<=ß[\\s\u0301\u3099ﾞ]{0,20})[\u0301\u3099ﾞ]|(?<=[\u0390\u03aa][\\s\u0301\u3099ﾞ]{0,20})[\u3099ﾞ]";

    static Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.oneOf(
                Arbitraries.strings()
                        .withChars("abcABC\n 注文ガカ\u3099ﾌﾞブａＢ*〜～~−－-‖∥＊㈱ßs\u0390\u03aa\u0301")
                        .ofMaxLength(12),
                Arbitraries.of(WORDS).list().ofMaxSize(4).map(words -> String.join("\n", words)));
        return any.map(text -> text.replaceAll(STRANGE_MARKS, ""));
    }

    private static Arbitrary<Entry> entries(List<Look> looks, boolean lines) {
        Arbitrary<Form> forms = Arbitraries.of(Form.values());
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return forms.flatMap(form -> Combinators.combine(
                        Arbitraries.of(
                                switch (form) {
                                    case TEXT -> WORDS;
                                    case GLOB -> GLOBS;
                                    case REGEX -> REGEXES;
                                }),
                        Arbitraries.of(looks),
                        flags,
                        flags,
                        flags)
                .as((text, look, anyCase, anyWidth, across) ->
                        new Entry(text, form, look, anyCase, anyWidth, lines && across)));
    }

    private static Arbitrary<List<Entry>> lists(List<Look> looks, boolean lines) {
        return Arbitraries.frequencyOf(
                Tuple.of(2, Arbitraries.just(List.of())),
                Tuple.of(1, entries(looks, lines).list().ofMinSize(1).ofMaxSize(3)));
    }

    private static Arbitrary<Entry> addresses() {
        Arbitrary<Entry> whole =
                Arbitraries.of("a@b", "A@B", "c@d", "～ß@b", "k@b").map(Entry::fromText);
        return Arbitraries.oneOf(whole, entries(List.of(Look.USUAL, Look.NAME, Look.SHOWN, Look.X500), false));
    }

    private static Arbitrary<List<Entry>> addressLists() {
        return Arbitraries.oneOf(Arbitraries.just(List.of()), addresses().list().ofMaxSize(2));
    }

    @Provide
    Arbitrary<List<Conditions>> watches() {
        Arbitrary<List<HeaderCondition>> headers = Combinators.combine(
                        Arbitraries.of("x-a", "X-B"), lists(List.of(Look.USUAL), false))
                .as(HeaderCondition::new)
                .list()
                .ofMaxSize(1);
        Arbitrary<@Nullable SizeRange> sizes = Arbitraries.of(new SizeRange(0, 10), new SizeRange(5, Long.MAX_VALUE))
                .injectNull(0.7);
        Arbitrary<List<Include>> includes =
                Arbitraries.of(List.of(), List.of(Include.OWN), List.of(Include.AUTOMATIC, Include.OWN));
        Arbitrary<Conditions> some = Combinators.combine(
                        addressLists(),
                        addressLists(),
                        lists(List.of(Look.USUAL), false),
                        lists(List.of(Look.USUAL, Look.ATTACHMENTS, Look.ALL), true),
                        lists(List.of(Look.USUAL), false),
                        headers,
                        sizes,
                        includes)
                .as((from, to, subject, text, attachment, header, size, include) -> new Conditions(
                        from, to, List.of(), subject, text, attachment, header, size, null, List.of(), include));
        return some.list().ofMaxSize(8);
    }

    @Provide
    Arbitrary<TestedMail> mails() {
        Arbitrary<List<Address>> people = Combinators.combine(
                        texts().map(name -> name.replace('\n', ' ')).injectNull(0.3),
                        Arbitraries.of(
                                "a@b",
                                "A@b",
                                "c@d",
                                "/o=a/cn=b",
                                "IMCEAEX-_O=A_CN=B@x",
                                "～ß@b",
                                "〜SS@b",
                                "\u212a@b",
                                "a\u017fs@b"))
                .as(Address::new)
                .list()
                .ofMaxSize(2);
        Arbitrary<List<AttachmentSummary>> files = texts().map(
                        name -> new AttachmentSummary(name.replace('\n', ' '), "text/plain", 1))
                .list()
                .ofMaxSize(2);
        Arbitrary<String> signs = Arbitraries.of("no", "auto-generated", "auto-replied");
        return Combinators.combine(people, people, texts(), texts(), texts(), files, signs)
                .as((from, to, subject, text, attached, attachments, sign) -> new TestedMail(
                        new MailSummary(
                                from,
                                to,
                                List.of(),
                                subject.replace('\n', ' '),
                                null,
                                subject.length() > 8 ? "<1@home.ekiden>" : "<1@x>",
                                attachments,
                                List.of(),
                                null,
                                null,
                                List.of()),
                        true,
                        text.length(),
                        null,
                        text,
                        () -> attached,
                        name -> switch (name) {
                            case "x-a" -> List.of(subject.replace('\n', ' '), attached.replace('\n', ' '));
                            case "auto-submitted" -> List.of(sign);
                            default -> List.of();
                        },
                        new Surroundings("home.ekiden", null),
                        null));
    }

    @Property(tries = 3000)
    void manyWatchesAnswerAsOneByOne(@ForAll("watches") List<Conditions> all, @ForAll("mails") TestedMail mail) {
        Map<String, Conditions> watches = new LinkedHashMap<>();
        List<String> expected = new ArrayList<>();
        for (Conditions conditions : all) {
            String id = "w" + watches.size();
            watches.put(id, conditions);
            if (PlainMatcher.matches(conditions, mail)) {
                expected.add(id);
            }
        }
        assertThat(new WatchSet(watches).find(mail)).isEqualTo(new WatchSet.Matching(expected, false));
    }

    /** Who has less of a mail may only be less sure. */
    @Property(tries = 1500)
    void headerAloneNeverDeniesWhatTheWholeMailHas(
            @ForAll("watches") List<Conditions> all, @ForAll("mails") TestedMail mail) {
        TestedMail header = TestedMail.header(mail.summary(), mail.header(), mail.size(), mail.surroundings());
        TestedMail row = TestedMail.catalogue(mail.summary(), mail.size(), null, mail.surroundings());
        for (Conditions conditions : all) {
            WatchSet set = new WatchSet(Map.of("w", conditions));
            boolean matches = PlainMatcher.matches(conditions, mail);
            if (matches) {
                assertThat(set.mayMatch(header)).isTrue();
                assertThat(set.mayMatch(row)).isTrue();
                assertThat(Matcher.mayMatch(conditions, row)).isTrue();
            }
            assertThat(Matcher.test(conditions, mail).matched()).isEqualTo(matches);
            assertThat(Matcher.verdict(conditions, mail) == MatchResult.Verdict.MET)
                    .isEqualTo(matches);
            assertThat(Matcher.verdict(conditions, header))
                    .isEqualTo(Matcher.test(conditions, header).verdict());
        }
    }

    @Provide
    Arbitrary<List<Map<String, Conditions>>> listsInARow() {
        Arbitrary<Map<String, Conditions>> some = Combinators.combine(
                        watches(), Arbitraries.integers().between(0, 9).list().ofSize(8))
                .as((conditions, names) -> {
                    Map<String, Conditions> list = new LinkedHashMap<>();
                    for (int i = 0; i < conditions.size(); i++) {
                        list.put("w" + names.get(i), conditions.get(i));
                    }
                    return list;
                });
        return some.list().ofMinSize(1).ofMaxSize(6);
    }

    /** Watches join, go, change and change places. */
    @Property(tries = 1500)
    void setThatCameOfOthersAnswersAsOneByItself(
            @ForAll("listsInARow") List<Map<String, Conditions>> lists,
            @ForAll("mails") TestedMail mail,
            @ForAll @IntRange(max = 3) int few,
            @ForAll boolean grow) {
        TestedMail header = TestedMail.header(mail.summary(), mail.header(), mail.size(), mail.surroundings());
        WatchSet set = new WatchSet(Map.of());
        Map<String, Conditions> list = new LinkedHashMap<>();
        for (Map<String, Conditions> next : lists) {
            if (!grow) {
                list.clear();
            }
            list.putAll(next);
            set = set.with(list, few);
            WatchSet whole = new WatchSet(list);
            assertThat(set.find(mail)).isEqualTo(whole.find(mail));
            assertThat(set.find(header)).isEqualTo(whole.find(header));
            assertThat(set.mayMatch(header)).isEqualTo(whole.mayMatch(header));
            assertThat(set.needsText()).isEqualTo(whole.needsText());
        }
    }

    private static Conditions from(int sender) {
        return new Conditions(List.of("user" + sender + "@x.example"), List.of(), List.of());
    }

    private static TestedMail fromUser(int sender) {
        return TestedMail.whole(MatcherTest.mail("user" + sender + "@x.example", ""), "", name -> List.of(), 1);
    }

    @Test
    void watchOfWordsAloneIsMissedByOwnAndAutomaticMailsAndOpenWhereThatIsNotKnown() {
        Conditions wanted = from(7);
        Conditions all = new Conditions(
                wanted.from(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(),
                List.of(Include.OWN, Include.AUTOMATIC));
        Map<String, Conditions> list = new LinkedHashMap<>();
        list.put("usual", wanted);
        list.put("all", all);
        WatchSet set = new WatchSet(list);
        MailSummary mail = MatcherTest.mail("user7@x.example", "");
        assertThat(set.find(TestedMail.whole(mail, "", name -> List.of(), 1)).ids())
                .containsExactly("usual", "all");
        assertThat(set.find(TestedMail.whole(
                        mail, "", name -> name.equals("auto-submitted") ? List.of("auto-replied") : List.of(), 1)))
                .isEqualTo(new WatchSet.Matching(List.of("all"), false));
        assertThat(set.find(TestedMail.catalogue(mail, 1, null, Surroundings.NONE)))
                .isEqualTo(new WatchSet.Matching(List.of("all"), true));
        MailSummary own = new MailSummary(
                mail.from(),
                List.of(),
                List.of(),
                "",
                null,
                "<1@home.ekiden>",
                List.of(),
                List.of(),
                null,
                null,
                List.of());
        assertThat(set.find(TestedMail.whole(own, "", name -> List.of(), 1)
                        .within(null, new Surroundings("home.ekiden", null))))
                .isEqualTo(new WatchSet.Matching(List.of("all"), false));
    }

    @Test
    void watchesThatWaitUnderOneWordAreAllFoundAndThoseUnderAnotherAreNot() {
        Map<String, Conditions> list = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            // one waits under the first word, two under the second, and so on
            list.put("w" + i, from((int) (Math.sqrt(8 * i + 1) - 1) / 2));
        }
        WatchSet set = new WatchSet(list);
        for (int sender = 0; sender < 12; sender++) {
            Conditions wanted = from(sender);
            List<String> expected = list.entrySet().stream()
                    .filter(one -> one.getValue().equals(wanted))
                    .map(Map.Entry::getKey)
                    .toList();
            assertThat(expected).hasSize(sender == 10 ? 5 : sender == 11 ? 0 : sender + 1);
            assertThat(set.matching(fromUser(sender))).isEqualTo(expected);
        }
    }

    @Test
    void watchesThatJoinOneByOneStandInFewPartsAndThoseThatGoLeaveThem() {
        Map<String, Conditions> list = new LinkedHashMap<>();
        WatchSet set = new WatchSet(list);
        long compiled = 0;
        for (int i = 0; i < 2_000; i++) {
            List<Integer> before = set.sizes();
            list.put("w" + i, from(i));
            set = set.with(list);
            List<Integer> after = set.sizes();
            compiled += after.getLast();
            assertThat(after.size()).isLessThanOrEqualTo(4);
            assertThat(after.subList(0, after.size() - 1)).isEqualTo(before.subList(0, after.size() - 1));
        }
        // all anew each time would be two millions
        assertThat(compiled).isLessThan(200_000);
        assertThat(set.matching(fromUser(7))).containsExactly("w7");
        list.keySet().removeIf(id -> !id.endsWith("7"));
        set = set.with(list);
        assertThat(set.sizes()).containsExactly(200);
        assertThat(set.matching(fromUser(7))).containsExactly("w7");
        assertThat(set.matching(fromUser(8))).isEmpty();
        assertThat(set.with(Map.of()).sizes()).isEmpty();
    }
}
