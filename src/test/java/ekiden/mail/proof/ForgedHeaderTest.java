package ekiden.mail.proof;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.Result;
import ekiden.mail.dkim.TxtRecords;
import ekiden.mail.match.MatchResult.Verdict;
import ekiden.mail.match.Matcher;
import ekiden.mail.match.Prover;
import ekiden.mail.match.TestedMail;
import ekiden.mail.mime.BytesSource;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MessageReader;
import ekiden.mail.mime.MimeLimits;
import ekiden.mail.mime.Reading;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Proof;
import ekiden.model.mail.Surroundings;
import ekiden.testing.DkimSigning;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Somebody has one mail that an author's domain has signed, and puts lines to it which he hopes that the verifier does not see and the reader does.
 */
class ForgedHeaderTest {
    private static final Instant ARRIVED = Instant.parse("2026-11-23T10:00:00Z");
    private static final DkimSigning SIGNING = new DkimSigning();
    private static final String FROM = "From: news@good.example\r\n";
    private static final String SUBJECT = "Subject: Our news\r\n";
    private static final String SIGNED =
            SIGNING.signed(FROM + "To: you@x.example\r\n" + SUBJECT + "\r\nBuy shoes.\r\n", "good.example", "s1");

    /** What is done to the signed mail. */
    private enum Forgery {
        BARE_CR_BRINGS_ANOTHER_HEADER("X: a\rFrom: ceo@good.example\rSubject: pay\r\rPay now.\r\r\n" + SIGNED),
        BARE_CR_BRINGS_A_FIELD("X: a\rSubject: pay\r\n" + SIGNED),
        MARK_HIDES_A_SENDER("\u00ef\u00bb\u00bfFrom: ceo@good.example\r\n" + SIGNED),
        MARK_HIDES_A_SUBJECT("\u00ef\u00bb\u00bfSubject: pay\r\n" + SIGNED),
        LINE_OF_NO_FIELD_JOINS_THE_SENDER(SIGNED.replace(FROM, FROM + ",ceo@good.example\r\n \r\n")),
        LINE_OF_NO_FIELD_JOINS_THE_SUBJECT(SIGNED.replace(SUBJECT, SUBJECT + "pay\r\n \r\n")),
        HYPHENS_END_THE_HEADER(FROM + "--\r\nPay now.\r\n" + SIGNED.replace(FROM, ""));

        private final String mail;

        Forgery(String mail) {
            this.mail = mail;
        }
    }

    private static TxtRecords.Answer dns(String name) {
        return switch (name) {
            case "s1._domainkey.good.example" -> new TxtRecords.Answer.Found(List.of(SIGNING.record()));
            case "_dmarc.good.example" -> new TxtRecords.Answer.Found(List.of("v=DMARC1; p=reject; adkim=s"));
            default -> new TxtRecords.Answer.Absent();
        };
    }

    private static byte[] bytes(String mail) {
        return mail.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Message read(String mail) {
        return ((Reading.Readable) MessageReader.read(new BytesSource(bytes(mail)), MimeLimits.DEFAULT)).message();
    }

    private static Prover.Answer proved(String mail, Proof.Kind kind) {
        return new MailProver(
                        Claim.of(read(mail), ARRIVED, () -> Result.ok(new BytesSource(bytes(mail)))),
                        ForgedHeaderTest::dns,
                        false)
                .prove(kind);
    }

    @Test
    void mailAsItWasSignedIsProved() {
        assertThat(proved(SIGNED, Proof.Kind.DKIM).verdict()).isEqualTo(Verdict.MET);
        assertThat(proved(SIGNED, Proof.Kind.DMARC).verdict()).isEqualTo(Verdict.MET);
    }

    @ParameterizedTest
    @EnumSource
    void mailWithLinesThatReadersReadEachInItsWayIsNotProved(Forgery forgery) {
        assertThat(proved(forgery.mail, Proof.Kind.DKIM).verdict()).isEqualTo(Verdict.MISSED);
        assertThat(proved(forgery.mail, Proof.Kind.DMARC).verdict()).isEqualTo(Verdict.MISSED);
    }

    @Test
    void wordOfTheTrustedServerBehindABareCrIsNotItsWord() {
        String word = "Authentication-Results: mx.x.example; dmarc=pass header.from=good.example";
        String from = "From: ceo@good.example\r\n\r\nPay now.\r\n";
        assertThat(verdict(word + "\r\n" + from)).isEqualTo(Verdict.MET);
        assertThat(verdict("X: a\r" + word + "\r\n" + from)).isEqualTo(Verdict.MISSED);
        assertThat(verdict("\u00ef\u00bb\u00bf" + word + "\r\n" + from)).isEqualTo(Verdict.MISSED);
    }

    private static Verdict verdict(String mail) {
        Message message = read(mail);
        TestedMail tested = TestedMail.whole(message.summary(), message.text(), message.header(), mail.length())
                .within(null, new Surroundings(null, "mx.x.example"));
        Conditions conditions = new Conditions(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null,
                null,
                List.of(Proof.Kind.DMARC.proof()),
                List.of());
        return Matcher.verdict(conditions, tested);
    }
}
