package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.match.MatchResult.Field;
import ekiden.mail.match.MatchResult.Matched;
import ekiden.mail.match.MatchResult.NotMatched;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class MatcherTest {
    static MailSummary mail(String from, String subject) {
        List<Address> authors =
                from.isEmpty() ? List.of() : List.of(new Address("X", "first@x.example"), new Address(null, from));
        return new MailSummary(authors, List.of(), List.of(), subject, null, null, List.of(), List.of(), null);
    }

    private static Conditions conditions(List<String> from, List<String> subject, List<String> text) {
        return new Conditions(from, subject, text);
    }

    private static List<Field> failed(Conditions conditions, MailSummary mail, String text) {
        return switch (Matcher.test(conditions, mail, text)) {
            case Matched() -> List.of();
            case NotMatched(var reasons) ->
                reasons.stream().map(MatchResult.Reason::field).toList();
        };
    }

    private static boolean subject(String wanted, String subject) {
        return failed(conditions(List.of(), List.of(wanted), List.of()), mail("a@b", subject), "")
                .isEmpty();
    }

    private static boolean text(String wanted, String text) {
        return failed(conditions(List.of(), List.of(), List.of(wanted)), mail("a@b", ""), text)
                .isEmpty();
    }

    private static boolean from(String wanted, String address) {
        return failed(conditions(List.of(wanted), List.of(), List.of()), mail(address, ""), "")
                .isEmpty();
    }

    @Test
    void senderIsExactAndAnyOfTheAuthors() {
        assertThat(from("edi@customer.example", "EDI@Customer.Example")).isTrue();
        assertThat(from("first@x.example", "edi@customer.example")).isTrue();
        assertThat(from("di@customer.example", "edi@customer.example")).isFalse();
        assertThat(from("edi@customer.example", "edi@customer.example.evil")).isFalse();
        assertThat(from("kate@x.example", "\u212aate@x.example")).isFalse();
    }

    @Test
    void subjectAndTextMatchByPartAndCase() {
        assertThat(subject("注文書", "【至急】注文書の件")).isTrue();
        assertThat(subject("Order", "order 7")).isFalse();
        assertThat(text("承認", "x\n承認します\n")).isTrue();
    }

    @Test
    void decomposedAndComposedAreTheSame() {
        assertThat(subject("カ\u3099ス", "ガス料金")).isTrue();
        assertThat(subject("ガス", "カ\u3099ス料金")).isTrue();
        assertThat(text("ガ", "カ\u3099")).isTrue();
    }

    @Test
    void textNeverMatchesAcrossALineBreak() {
        assertThat(text("ab", "a\nb")).isFalse();
        assertThat(text("a\nb", "a\nb")).isFalse();
        assertThat(text("a b", "a\nb")).isFalse();
    }

    @Test
    void listsAreJoinedByAndEntriesByOr() {
        Conditions both = conditions(List.of("a@b", "c@d"), List.of("x", "y"), List.of());
        assertThat(failed(both, mail("c@d", "..y.."), "")).isEmpty();
        assertThat(failed(both, mail("c@d", "z"), "")).containsExactly(Field.SUBJECT);
        assertThat(failed(both, mail("e@f", "z"), "")).containsExactly(Field.FROM, Field.SUBJECT);
    }

    @Test
    void noConditionTakesNothing() {
        assertThat(failed(conditions(List.of(), List.of(), List.of()), mail("a@b", "x"), ""))
                .containsExactly(Field.NONE);
        assertThat(new WatchSet(Map.of("w", conditions(List.of(), List.of(), List.of())))
                        .matching(mail("a@b", "x"), ""))
                .isEmpty();
    }

    @Test
    void reasonShowsWhatWasSeenButNotAllOfIt() {
        MatchResult result =
                Matcher.test(conditions(List.of(), List.of(), List.of("q")), mail("a@b", "x"), "line\n".repeat(100));
        assertThat(result)
                .isInstanceOfSatisfying(
                        NotMatched.class,
                        not -> assertThat(not.reasons().getFirst().seen())
                                .hasSize(120)
                                .startsWith("line line"));
    }

    @Provide
    Arbitrary<Conditions> someConditions() {
        Arbitrary<List<String>> from =
                Arbitraries.of("a@b", "A@B", "c@d").list().ofMaxSize(2);
        Arbitrary<List<String>> parts = Arbitraries.of("a", "ab", "bc", "注文", "注", "", "a\n", "カ\u3099")
                .list()
                .ofMaxSize(2);
        return Combinators.combine(from, parts, parts).as(Conditions::new);
    }

    @Provide
    Arbitrary<String> someText() {
        return Arbitraries.strings().withChars("abc\n注文ガカ\u3099").ofMaxLength(12);
    }

    @Property(tries = 2000)
    void manyWatchesAnswerAsOneByOne(
            @ForAll("conditionLists") List<Conditions> all,
            @ForAll("someText") String subject,
            @ForAll("someText") String text) {
        Map<String, Conditions> watches = new LinkedHashMap<>();
        for (Conditions conditions : all) {
            watches.put("w" + watches.size(), conditions);
        }
        MailSummary mail = mail("a@b", subject.replace('\n', ' '));
        List<String> oneByOne = watches.entrySet().stream()
                .filter(watch -> Matcher.test(watch.getValue(), mail, text) instanceof Matched)
                .map(Map.Entry::getKey)
                .toList();
        assertThat(new WatchSet(watches).matching(mail, text)).isEqualTo(oneByOne);
    }

    @Provide
    Arbitrary<List<Conditions>> conditionLists() {
        return someConditions().list().ofMaxSize(6);
    }

    @Test
    void setKnowsWhetherTheTextMatters() {
        assertThat(new WatchSet(Map.of("w", conditions(List.of("a@b"), List.of(), List.of()))).needsText())
                .isFalse();
        assertThat(new WatchSet(Map.of("w", conditions(List.of("a@b"), List.of(), List.of("x")))).needsText())
                .isTrue();
    }
}
