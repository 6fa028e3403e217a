package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.mail.match.MatchResult.Field;
import ekiden.mail.match.MatchResult.Judgement;
import ekiden.mail.match.MatchResult.Parted;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.Address;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Surroundings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatcherTest {
    static MailSummary mail(String from, String subject) {
        List<Address> authors =
                from.isEmpty() ? List.of() : List.of(new Address("X", "first@x.example"), new Address(null, from));
        return new MailSummary(
                authors, List.of(), List.of(), subject, null, null, List.of(), List.of(), null, null, List.of());
    }

    private static Conditions conditions(List<String> from, List<String> subject, List<String> text) {
        return new Conditions(from, subject, text);
    }

    private static MatchResult test(Conditions conditions, MailSummary mail, String text) {
        return Matcher.test(conditions, TestedMail.whole(mail, text, name -> List.of(), text.length()));
    }

    private static List<Field> failed(Conditions conditions, MailSummary mail, String text) {
        return test(conditions, mail, text).missed().stream()
                .map(Judgement::field)
                .toList();
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
        assertThat(failed(Conditions.NONE, mail("a@b", "x"), "")).containsExactly(Field.NONE);
        assertThat(new WatchSet(Map.of("w", Conditions.NONE)).matching(mail("a@b", "x"), ""))
                .isEmpty();
    }

    @Test
    void anyTakesAMailWithoutSubject() {
        assertThat(test(Conditions.ANY, mail("", ""), "").matched()).isTrue();
        assertThat(new WatchSet(Map.of("w", Conditions.ANY)).matching(mail("", ""), ""))
                .containsExactly("w");
    }

    @Test
    void whatWasSeenIsShownButNotAllOfIt() {
        MatchResult result =
                test(conditions(List.of(), List.of(), List.of("q")), mail("a@b", "x"), "line\n".repeat(100));
        assertThat(result.judgements().getFirst().seen()).hasSize(120).startsWith("line line");
    }

    @Test
    void placeWhereWordsAndMailPartIsTold() {
        Conditions order = conditions(List.of(), List.of("請求書", "注文書の件"), List.of());
        Judgement one = test(order, mail("a@b", "【至急】注文書について"), "").missed().getFirst();
        assertThat(one.wanted()).isEqualTo("請求書 | 注文書の件");
        assertThat(one.seen()).isEqualTo("【至急】注文書について");
        assertThat(one.parted()).isEqualTo(new Parted("注文書の件", 3, "について"));
        Conditions sender = conditions(List.of("edi@customer.example"), List.of(), List.of());
        Judgement other =
                test(sender, mail("EDI@customer.example.evil", ""), "").missed().getFirst();
        assertThat(other.parted()).isEqualTo(new Parted("edi@customer.example", 20, ".evil"));
    }

    @Test
    void wordThatIsNotThereAtAllPartsAtItsBeginning() {
        Judgement one = test(conditions(List.of(), List.of("xyz"), List.of()), mail("a@b", "注文書"), "")
                .missed()
                .getFirst();
        assertThat(one.parted()).isEqualTo(new Parted("xyz", 0, "注文書"));
    }

    @Test
    void whatIsNotKnownLeavesAConditionOpen() {
        Conditions text = conditions(List.of("a@b"), List.of(), List.of("urgent"));
        TestedMail header = TestedMail.header(mail("a@b", ""), name -> List.of(), 10, Surroundings.NONE);
        assertThat(Matcher.test(text, header).verdict()).isEqualTo(Verdict.OPEN);
        assertThat(Matcher.mayMatch(text, header)).isTrue();
        assertThat(Matcher.mayMatch(conditions(List.of("c@d"), List.of(), List.of("urgent")), header))
                .isFalse();
        WatchSet set = new WatchSet(Map.of("w", text));
        assertThat(set.mayMatch(header)).isTrue();
        assertThat(set.find(header)).isEqualTo(new WatchSet.Matching(List.of(), true));
    }

    @Test
    void textOfAMailWhoseBytesAreGoneIsShownByItsBeginning() {
        MailFacts facts = new MailFacts(null, List.of(), "first line", 500, List.of(), 0);
        TestedMail gone = TestedMail.catalogue(mail("a@b", "").with(facts), -1, null, Surroundings.NONE);
        MatchResult result = Matcher.test(conditions(List.of(), List.of(), List.of("urgent")), gone);
        assertThat(result.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(result.judgements().getFirst().seen()).isEqualTo("first line…");
    }

    @Test
    void setKnowsWhetherTheTextMatters() {
        assertThat(new WatchSet(Map.of("w", conditions(List.of("a@b"), List.of(), List.of()))).needsText())
                .isFalse();
        assertThat(new WatchSet(Map.of("w", conditions(List.of("a@b"), List.of(), List.of("x")))).needsText())
                .isTrue();
    }
}
