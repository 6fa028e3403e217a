package ekiden.mail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.dkim.TxtRecords;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.mail.match.Prover;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.RawSource;
import ekiden.mail.mime.Signature;
import ekiden.model.definition.Proof;
import ekiden.model.mail.Address;
import ekiden.testing.DkimSigning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailProverTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-23T00:00:00Z");
    private static final DkimSigning SIGNING = new DkimSigning();
    private static final String MAIL = "From: orders@shop.example.jp\r\nSubject: order\r\n\r\n4711\r\n";

    private final Map<String, TxtRecords.Answer> dns = new HashMap<>();
    private final List<String> asked = new ArrayList<>();

    private TxtRecords.Answer answer(String name) {
        asked.add(name);
        return dns.getOrDefault(name, new TxtRecords.Answer.Absent());
    }

    private void publish(String name, String... texts) {
        dns.put(name, new TxtRecords.Answer.Found(List.of(texts)));
    }

    private void key(String domain) {
        publish("s1._domainkey." + domain, SIGNING.record());
    }

    private Prover prover(String mail, String... authors) {
        Supplier<Result<RawSource>> bytes =
                () -> Result.ok(new BytesSource(mail.getBytes(StandardCharsets.ISO_8859_1)));
        return new MailProver(new Claim(addresses(authors), List.of(), ARRIVED, bytes), this::answer, false);
    }

    private static List<Address> addresses(String... authors) {
        return List.of(authors).stream()
                .map(address -> new Address(null, address))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "shop.example.jp, orders@shop.example.jp, MET",
        "example.jp, orders@shop.example.jp, MET",
        "example.jp, Orders@SHOP.EXAMPLE.JP, MET",
        "other.example.jp, orders@shop.example.jp, MISSED",
        "evil.example, orders@shop.example.jp, MISSED",
        "jp, orders@shop.example.jp, MISSED",
        "shop.example.jp, orders@example.jp, MISSED",
        "ple.jp, orders@shop.example.jp, MISSED"
    })
    void signatureOfADomainCountsForWhomItSpeaks(String domain, String author, Verdict verdict) {
        key(domain);
        Prover.Answer answer =
                prover(SIGNING.signed(MAIL, domain, "s1"), author).prove(Proof.Kind.DKIM);
        assertThat(answer.verdict()).isEqualTo(verdict);
        // about a domain that could not help nobody is asked: else any sender could make us ask about any name
        assertThat(asked).hasSize(verdict == Verdict.MET ? 1 : 0);
        assertThat(answer.told()).contains(verdict == Verdict.MET ? domain + " (s1)" : "no domain that speaks");
    }

    @Test
    void everyAuthorMustBeSpokenFor() {
        key("example.jp");
        String mail = SIGNING.signed(MAIL, "example.jp", "s1");
        assertThat(prover(mail, "a@example.jp", "b@evil.example")
                        .prove(Proof.Kind.DKIM)
                        .verdict())
                .isEqualTo(Verdict.MISSED);
        assertThat(prover(mail, "a@example.jp", "b@example.jp")
                        .prove(Proof.Kind.DKIM)
                        .verdict())
                .isEqualTo(Verdict.MET);
        assertThat(prover(mail).prove(Proof.Kind.DKIM).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void questionThatMayNotBeAskedIsOpenAndAskedByTheNextThatMay() {
        key("example.jp");
        Prover usual = prover(SIGNING.signed(MAIL, "example.jp", "s1"), "orders@shop.example.jp");
        Prover.Answer answer = usual.asking(() -> false).prove(Proof.Kind.DKIM);
        assertThat(answer.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(answer.later()).isNotNull();
        assertThat(asked).isEmpty();
        assertThat(usual.asking(() -> true).prove(Proof.Kind.DKIM).verdict()).isEqualTo(Verdict.MET);
    }

    @Test
    void silenceOfTheDnsIsNoAnswerAndNeverAFailure() {
        dns.put("s1._domainkey.example.jp", new TxtRecords.Answer.Unavailable("no answer"));
        Prover prover = prover(SIGNING.signed(MAIL, "example.jp", "s1"), "orders@shop.example.jp");
        Prover.Answer answer = prover.prove(Proof.Kind.DKIM);
        assertThat(answer.verdict()).isEqualTo(Verdict.OPEN);
        assertThat(answer.later())
                .isEqualTo(Problem.of(MimeMessage.NOT_PROVED_YET, "domain", "example.jp", "reason", "no answer"));
        assertThat(prover.prove(Proof.Kind.DKIM)).isSameAs(answer);
        assertThat(asked).hasSize(1);
        assertThat(prover.asked()).containsOnlyKeys(Proof.Kind.DKIM);
    }

    @Test
    void oneSignatureThatHoldsIsEnoughWhateverBecameOfOthers() {
        key("shop.example.jp");
        dns.put("s1._domainkey.example.jp", new TxtRecords.Answer.Unavailable("no answer"));
        String twice = SIGNING.signed(SIGNING.signed(MAIL, "shop.example.jp", "s1"), "example.jp", "s1");
        assertThat(prover(twice, "orders@shop.example.jp")
                        .prove(Proof.Kind.DKIM)
                        .verdict())
                .isEqualTo(Verdict.MET);
        dns.remove("s1._domainkey.shop.example.jp");
        assertThat(prover(twice, "orders@shop.example.jp")
                        .prove(Proof.Kind.DKIM)
                        .verdict())
                .isEqualTo(Verdict.OPEN);
    }

    @Test
    void changedMailDoesNotHoldAndSaysWhy() {
        key("example.jp");
        String mail = SIGNING.signed(MAIL, "example.jp", "s1").replace("4711", "4712");
        Prover.Answer answer = prover(mail, "orders@shop.example.jp").prove(Proof.Kind.DKIM);
        assertThat(answer.verdict()).isEqualTo(Verdict.MISSED);
        assertThat(answer.told()).isEqualTo("example.jp (s1): the body was changed");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop.example.jp|v=DMARC1; p=none|MET",
                "example.jp|v=DMARC1; p=reject; adkim=r|MET",
                "example.jp|v = DMARC1;p=reject; adkim=s|MISSED",
                "example.jp|v=DMARC2; p=none|MISSED",
                "example.jp|p=none; v=DMARC1|MISSED",
                "jp|v=DMARC1; p=none|MISSED"
            })
    void policyOfTheAuthorsDomainOrOneAboveItSaysHowStrictly(String at, String policy, Verdict verdict) {
        key("example.jp");
        publish("_dmarc." + at, policy);
        Prover prover = prover(SIGNING.signed(MAIL, "example.jp", "s1"), "orders@shop.example.jp");
        assertThat(prover.prove(Proof.Kind.DMARC).verdict()).isEqualTo(verdict);
        assertThat(asked).doesNotContain("_dmarc.jp");
    }

    @Test
    void severalPoliciesAreNoneAndOneBesideOtherTextsCounts() {
        key("example.jp");
        String mail = SIGNING.signed(MAIL, "example.jp", "s1");
        publish("_dmarc.example.jp", "v=DMARC1; p=none", "v=DMARC1; p=reject");
        assertThat(prover(mail, "a@example.jp").prove(Proof.Kind.DMARC).verdict())
                .isEqualTo(Verdict.MISSED);
        publish("_dmarc.example.jp", "v=DMARC1; p=none", "hello");
        assertThat(prover(mail, "a@example.jp").prove(Proof.Kind.DMARC).verdict())
                .isEqualTo(Verdict.MET);
    }

    @Test
    void ownDomainCountsUnderAStrictPolicy() {
        key("shop.example.jp");
        publish("_dmarc.shop.example.jp", "v=DMARC1; p=reject; adkim=s");
        String mail = SIGNING.signed(MAIL, "shop.example.jp", "s1");
        assertThat(prover(mail, "a@shop.example.jp").prove(Proof.Kind.DMARC).verdict())
                .isEqualTo(Verdict.MET);
    }

    @Test
    void withoutASignatureNobodyIsAskedForAPolicyAndItsSilenceIsNoAnswer() {
        publish("_dmarc.example.jp", "v=DMARC1; p=none");
        assertThat(prover(MAIL, "a@example.jp").prove(Proof.Kind.DMARC).verdict())
                .isEqualTo(Verdict.MISSED);
        assertThat(asked).isEmpty();
        key("example.jp");
        dns.put("_dmarc.example.jp", new TxtRecords.Answer.Unavailable("no answer"));
        String mail = SIGNING.signed(MAIL, "example.jp", "s1");
        assertThat(prover(mail, "a@example.jp").prove(Proof.Kind.DMARC).verdict())
                .isEqualTo(Verdict.OPEN);
    }

    @Test
    void bytesThatCannotBeHadNowLeaveItOpen() {
        Prover prover = new MailProver(
                new Claim(
                        addresses("a@b.example"),
                        List.of(),
                        ARRIVED,
                        () -> Result.failed(MimeMessage.BYTES_NOT_READABLE, "reason", "disk")),
                this::answer,
                false);
        assertThat(prover.prove(Proof.Kind.DKIM).verdict()).isEqualTo(Verdict.OPEN);
    }

    private static Signature by(String address, boolean valid, boolean whole, @Nullable Boolean trusted) {
        return new Signature(List.of(address), "CN=x", valid, valid ? null : Signature.Reason.CHANGED, whole, trusted);
    }

    private Prover.Answer smime(boolean trusting, String author, Signature... signatures) {
        Claim claim = new Claim(
                addresses(author), List.of(signatures), ARRIVED, () -> Result.failed(MimeMessage.BYTES_NOT_READABLE));
        return new MailProver(claim, this::answer, trusting).prove(Proof.Kind.SMIME);
    }

    @Test
    void signerCountsWhoIsTheAuthorTrustedAndSignedAllOfIt() {
        Signature good = by("boss@example.jp", true, true, true);
        assertThat(smime(true, "Boss@Example.JP", good)).isEqualTo(Prover.Answer.holds("boss@example.jp"));
        assertThat(smime(true, "boss@example.jp", by("x@example.jp", true, true, true), good)
                        .verdict())
                .isEqualTo(Verdict.MET);
        assertThat(smime(true, "fraud@example.jp", good).told()).contains("not the author");
        assertThat(smime(true, "boss@example.jp", by("boss@example.jp", true, true, false))
                        .told())
                .contains("does not vouch");
        assertThat(smime(true, "boss@example.jp", by("boss@example.jp", true, true, null))
                        .told())
                .contains("does not vouch");
        assertThat(smime(true, "boss@example.jp", by("boss@example.jp", true, false, true))
                        .told())
                .contains("part of the mail only");
        assertThat(smime(true, "boss@example.jp", by("boss@example.jp", false, true, true))
                        .told())
                .contains("changed");
        assertThat(smime(true, "boss@example.jp").told()).contains("nobody has signed");
        assertThat(smime(false, "boss@example.jp", good).told()).contains("no trust store");
    }

    @Test
    void letterThatOnlyLooksLikeAnotherIsAnotherAddress() {
        assertThat(smime(true, "boss@\u212aobe.example", by("boss@kobe.example", true, true, true))
                        .verdict())
                .isEqualTo(Verdict.MISSED);
    }
}
