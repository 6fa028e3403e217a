package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Proof;
import ekiden.model.mail.Address;
import ekiden.model.mail.HeaderValues;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.Surroundings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose word counts, and when anything is verified here. */
class ProofsTest {
    private static final Surroundings PINNED = new Surroundings(null, "mx.example.jp");
    private static final HeaderValues PASSED = name -> name.equals("authentication-results")
            ? List.of("mx.example.jp; dkim=pass header.d=b.example; dmarc=pass")
            : List.of();
    private static final HeaderValues NOTHING = name -> List.of();
    private static final Problem SILENT = new Problem("EKDM0235-W", MessageId.Kind.RETRYABLE, Map.of());

    private final List<Proof.Kind> questions = new ArrayList<>();

    /** Answers everything in the same way, and notes what it is asked. */
    private class Scripted implements Prover {
        private final Verdict verdict;
        private final Map<Proof.Kind, Answer> asked = new EnumMap<>(Proof.Kind.class);

        Scripted(Verdict verdict) {
            this.verdict = verdict;
        }

        @Override
        public Answer prove(Proof.Kind proof) {
            questions.add(proof);
            Answer answer = new Answer(verdict, "b.example (s1)", verdict == Verdict.OPEN ? SILENT : null);
            asked.put(proof, answer);
            return answer;
        }

        @Override
        public Map<Proof.Kind, Answer> asked() {
            return asked;
        }
    }

    private static MailSummary summary() {
        return new MailSummary(
                List.of(new Address(null, "a@b.example")),
                List.of(),
                List.of(),
                "order",
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                List.of());
    }

    private static Conditions wanting(String subject, Proof.Kind... proofs) {
        return new Conditions(
                List.of(),
                List.of(),
                List.of(),
                List.of(Entry.fromText(subject)),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                Stream.of(proofs).map(Proof.Kind::proof).toList(),
                List.of());
    }

    private static TestedMail whole(HeaderValues header, Surroundings known, @Nullable Prover prover) {
        return TestedMail.whole(summary(), "text", header, 100)
                .within(null, known)
                .provedBy(prover);
    }

    private static WatchSet.Matching matching(TestedMail mail, Conditions conditions) {
        return new WatchSet(Map.of("w", conditions)).find(mail);
    }

    @ParameterizedTest
    @CsvSource({
        // proof, the server is pinned, its word, verified here, verdict, asked here
        "DKIM, true, true, MISSED, MET, 0",
        "DKIM, true, false, MET, MISSED, 0",
        "DMARC, true, true, OPEN, MET, 0",
        "SPF, true, true, MET, MISSED, 0",
        "SPF, false, true, MET, MISSED, 0",
        "DKIM, false, true, MISSED, MISSED, 1",
        "DKIM, false, false, MET, MET, 1",
        "DKIM, false, false, OPEN, OPEN, 1",
        "DMARC, false, true, MISSED, MISSED, 1",
        "DMARC, false, false, MET, MET, 1",
        "SMIME, true, true, MISSED, MISSED, 1",
        "SMIME, true, false, MET, MET, 1",
        "SMIME, false, false, OPEN, OPEN, 1"
    })
    void eitherTheServerIsBelievedOrItIsVerifiedHere(
            Proof.Kind proof, boolean pinned, boolean word, Verdict here, Verdict verdict, int asked) {
        TestedMail mail = whole(word ? PASSED : NOTHING, pinned ? PINNED : Surroundings.NONE, new Scripted(here));
        WatchSet.Matching matching = matching(mail, wanting("order", proof));
        assertThat(matching.ids()).hasSize(verdict == Verdict.MET ? 1 : 0);
        assertThat(matching.open()).isEqualTo(verdict == Verdict.OPEN);
        assertThat(questions).hasSize(asked);
        assertThat(mail.unproved()).isEqualTo(verdict == Verdict.OPEN ? SILENT : null);
        assertThat(Matcher.test(wanting("order", proof), mail).verdict()).isEqualTo(verdict);
    }

    @Test
    void nobodyIsAskedAboutAMailThatAnotherConditionKeepsAway() {
        TestedMail mail = whole(NOTHING, Surroundings.NONE, new Scripted(Verdict.MET));
        assertThat(matching(mail, wanting("invoice", Proof.Kind.DKIM)).ids()).isEmpty();
        MatchResult shown = Matcher.test(wanting("invoice", Proof.Kind.DKIM, Proof.Kind.SMIME), mail);
        assertThat(shown.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(shown.judgements().getLast().verdict()).isEqualTo(Verdict.OPEN);
        assertThat(shown.judgements().getLast().seen()).isNull();
        assertThat(questions).isEmpty();
    }

    @Test
    void oneProofOfSeveralIsEnoughAndNoneThatIsOpenHidesIt() {
        Prover prover = new Scripted(Verdict.OPEN) {
            @Override
            public Answer prove(Proof.Kind proof) {
                Answer answer = super.prove(proof);
                return proof == Proof.Kind.SMIME ? Answer.holds("a@b.example") : answer;
            }
        };
        TestedMail mail = whole(NOTHING, Surroundings.NONE, prover);
        assertThat(matching(mail, wanting("order", Proof.Kind.DKIM, Proof.Kind.SMIME))
                        .ids())
                .hasSize(1);
    }

    @Test
    void headerAloneAndARowOfTheCatalogueDecideNothingThatIsVerifiedHere() {
        TestedMail header = TestedMail.header(summary(), NOTHING, 100, Surroundings.NONE);
        TestedMail row = TestedMail.catalogue(summary(), 100, null, Surroundings.NONE);
        for (TestedMail mail : List.of(header, row)) {
            assertThat(new WatchSet(Map.of("w", wanting("order", Proof.Kind.DKIM))).mayMatch(mail))
                    .isTrue();
            assertThat(Matcher.mayMatch(wanting("order", Proof.Kind.SMIME), mail))
                    .isTrue();
        }
        TestedMail pinned = TestedMail.header(summary(), NOTHING, 100, PINNED);
        assertThat(Matcher.mayMatch(wanting("order", Proof.Kind.DKIM), pinned)).isFalse();
        assertThat(Matcher.mayMatch(wanting("order", Proof.Kind.SMIME), pinned)).isTrue();
    }

    @Test
    void whatHeldWhenItCameIsKept() {
        TestedMail mail = whole(NOTHING, Surroundings.NONE, new Scripted(Verdict.MET));
        matching(mail, wanting("order", Proof.Kind.SMIME));
        MailFacts facts = mail.facts();
        assertThat(facts.passed()).containsExactly("smime");
        TestedMail gone = TestedMail.catalogue(summary().with(facts), 100, null, Surroundings.NONE);
        assertThat(Matcher.test(wanting("order", Proof.Kind.SMIME), gone)
                        .judgements()
                        .getFirst()
                        .verdict())
                .isEqualTo(Verdict.MET);
        TestedMail later =
                whole(NOTHING, Surroundings.NONE, new Scripted(Verdict.MISSED)).noted(facts);
        assertThat(Matcher.test(wanting("order", Proof.Kind.SMIME), later).verdict())
                .isEqualTo(Verdict.MET);
    }

    @Test
    void whereNothingCanBeVerifiedItIsMissedAndNotOpenForEver() {
        TestedMail mail = whole(NOTHING, Surroundings.NONE, null);
        for (Proof.Kind proof : Proof.Kind.values()) {
            assertThat(matching(mail, wanting("order", proof))).isEqualTo(new WatchSet.Matching(List.of(), false));
        }
    }

    @Test
    void answerIsShownWithWhoSigned() {
        TestedMail mail = whole(NOTHING, Surroundings.NONE, new Scripted(Verdict.MET));
        assertThat(Matcher.test(wanting("order", Proof.Kind.DKIM, Proof.Kind.SMIME), mail)
                        .judgements()
                        .getLast())
                .satisfies(one -> {
                    assertThat(one.wanted()).isEqualTo("dkim | smime");
                    assertThat(one.seen()).isEqualTo("dkim: b.example (s1)");
                });
    }
}
