package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.model.mail.Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthResultsTest {
    private static final List<Address> AUTHOR = List.of(new Address("", "a@b.example"));

    private static List<String> passed(String... fields) {
        return AuthResults.passed(List.of(fields), "mx.example.jp", AUTHOR);
    }

    @Test
    void whatTheTrustedServerFoundCounts() {
        assertThat(
                        passed(
                                "mx.example.jp; spf=pass smtp.mailfrom=a@b.example; dkim=fail header.d=b.example; DMARC = Pass (p=none)"))
                .containsExactly("dmarc", "spf");
        assertThat(passed("MX.EXAMPLE.JP 1; dkim/1=pass header.d=b.example")).containsExactly("dkim");
        assertThat(passed("mx.example.jp; none")).isEmpty();
    }

    @Test
    void wordOfAnotherServerDoesNotCount() {
        assertThat(passed("mx.evil.example; dkim=pass header.d=b.example")).isEmpty();
        assertThat(passed("mx.example.jp.evil.example; dkim=pass header.d=b.example"))
                .isEmpty();
        assertThat(passed("evil.example mx.example.jp; dkim=pass header.d=b.example"))
                .isEmpty();
    }

    @Test
    void forgedFieldBelowThatOfAnotherServerDoesNotCount() {
        assertThat(passed(
                        "mx.example.jp; spf=pass smtp.mailfrom=b.example",
                        "mx.hop.example; dkim=none",
                        "mx.example.jp; dkim=pass header.d=b.example"))
                .containsExactly("spf");
    }

    @Test
    void severalFieldsOfTheTrustedServerCountTogetherUpToALimit() {
        assertThat(passed(
                        "mx.example.jp; spf=pass smtp.mailfrom=b.example",
                        "mx.example.jp; dkim=pass header.d=b.example"))
                .containsExactly("dkim", "spf");
        List<String> many = new ArrayList<>(Collections.nCopies(10, "mx.example.jp; spf=pass smtp.mailfrom=b.example"));
        many.add("mx.example.jp; dkim=pass header.d=b.example");
        assertThat(AuthResults.passed(many, "mx.example.jp", AUTHOR)).containsExactly("spf");
    }

    @Test
    void passInACommentOrAQuotedStringIsNoResult() {
        assertThat(
                        passed(
                                "mx.example.jp; dkim=fail (dkim=pass header.d=b.example; dkim=pass header.d=b.example) reason=\"; dkim=pass header.d=b.example\""))
                .isEmpty();
        assertThat(passed("mx.example.jp; x=\"a\\\"; dkim=pass header.d=b.example"))
                .isEmpty();
        assertThat(passed("mx.example.jp; (a (b) dkim=pass header.d=b.example")).isEmpty();
    }

    @Test
    void methodOfAnotherVersionOrNameIsNotUnderstood() {
        assertThat(
                        passed(
                                "mx.example.jp; dkim/2=pass header.d=b.example; x-dkim=pass header.d=b.example; dkim=passed header.d=b.example"))
                .isEmpty();
        assertThat(passed("mx.example.jp 2; dkim=pass header.d=b.example")).isEmpty();
    }

    @Test
    void fieldThatIsCutOffHasWhatStandsInIt() {
        assertThat(passed("")).isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass header.d=b.example; spf=")).containsExactly("dkim");
    }

    @Test
    void signatureOrEnvelopeOfAnotherDomainSaysNothingOfTheAuthor() {
        assertThat(passed("mx.example.jp; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=x@evil.example"))
                .isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass header.d=evilb.example")).isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass header.d=example; spf=pass"))
                .isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass header.i=@B.example")).containsExactly("dkim");
        assertThat(passed("mx.example.jp; dmarc=pass header.from=evil.example")).isEmpty();
        assertThat(passed("mx.example.jp; dmarc=pass header.from=b.example")).containsExactly("dmarc");
    }

    @Test
    void domainAboveTheAuthorsCounts() {
        List<Address> below = List.of(new Address("", "a@shop.b.example"));
        assertThat(AuthResults.passed(List.of("mx.example.jp; dkim=pass header.d=b.example"), "mx.example.jp", below))
                .containsExactly("dkim");
    }

    @Test
    void eachOfSeveralAuthorsMustBeMeant() {
        List<Address> two = List.of(new Address("", "a@b.example"), new Address("", "boss@c.example"));
        String field = "mx.example.jp; dkim=pass header.d=b.example; dmarc=pass";
        assertThat(AuthResults.passed(List.of(field), "mx.example.jp", two)).isEmpty();
        assertThat(AuthResults.passed(List.of(field), "mx.example.jp", List.of()))
                .isEmpty();
    }

    @Test
    void addressThatLooksLikeAResultIsAnAddress() {
        assertThat(passed("mx.example.jp; spf=pass smtp.mailfrom=x=smtp.mailfrom=b.example=@evil.example"))
                .isEmpty();
        assertThat(passed("mx.example.jp; spf=pass smtp.mailfrom==smtp.mailfrom=b.example=@evil.example"))
                .isEmpty();
        assertThat(passed("mx.example.jp; spf=pass smtp.mailfrom = (a) =smtp.mailfrom=b.example=@evil.example"))
                .isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass (ok) header.i=x=header.d=b.example=@evil.example header.s=s"))
                .isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass header.i=\"x\"=header.d=b.example=@evil.example"))
                .isEmpty();
        assertThat(passed(
                        "mx.example.jp; spf=pass smtp.mailfrom=bounce+you=x.example@b.example; dkim=pass header.b=a=\n"
                                + " header.d=b.example"))
                .containsExactly("dkim", "spf");
    }
}
