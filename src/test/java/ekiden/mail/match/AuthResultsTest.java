package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuthResultsTest {
    private static List<String> passed(String... fields) {
        return AuthResults.passed(List.of(fields), "mx.example.jp");
    }

    @Test
    void whatTheTrustedServerFoundCounts() {
        assertThat(passed("mx.example.jp; spf=pass smtp.mailfrom=a@b; dkim=fail header.d=b; DMARC = Pass (p=none)"))
                .containsExactly("dmarc", "spf");
        assertThat(passed("MX.EXAMPLE.JP 1; dkim/1=pass header.d=b")).containsExactly("dkim");
        assertThat(passed("mx.example.jp; none")).isEmpty();
    }

    @Test
    void wordOfAnotherServerDoesNotCount() {
        assertThat(passed("mx.evil.example; dkim=pass")).isEmpty();
        assertThat(passed("mx.example.jp.evil.example; dkim=pass")).isEmpty();
        assertThat(passed("evil.example mx.example.jp; dkim=pass")).isEmpty();
    }

    @Test
    void forgedFieldBelowThatOfAnotherServerDoesNotCount() {
        assertThat(passed("mx.example.jp; spf=pass", "mx.hop.example; dkim=none", "mx.example.jp; dkim=pass"))
                .containsExactly("spf");
    }

    @Test
    void severalFieldsOfTheTrustedServerCountTogetherUpToALimit() {
        assertThat(passed("mx.example.jp; spf=pass", "mx.example.jp; dkim=pass"))
                .containsExactly("dkim", "spf");
        List<String> many = new ArrayList<>(Collections.nCopies(10, "mx.example.jp; spf=pass"));
        many.add("mx.example.jp; dkim=pass");
        assertThat(AuthResults.passed(many, "mx.example.jp")).containsExactly("spf");
    }

    @Test
    void passInACommentOrAQuotedStringIsNoResult() {
        assertThat(passed("mx.example.jp; dkim=fail (dkim=pass; dkim=pass) reason=\"; dkim=pass\""))
                .isEmpty();
        assertThat(passed("mx.example.jp; x=\"a\\\"; dkim=pass")).isEmpty();
        assertThat(passed("mx.example.jp; (a (b) dkim=pass")).isEmpty();
    }

    @Test
    void methodOfAnotherVersionOrNameIsNotUnderstood() {
        assertThat(passed("mx.example.jp; dkim/2=pass; x-dkim=pass; dkim=passed"))
                .isEmpty();
        assertThat(passed("mx.example.jp 2; dkim=pass")).isEmpty();
    }

    @Test
    void fieldThatIsCutOffHasWhatStandsInIt() {
        assertThat(passed("")).isEmpty();
        assertThat(passed("mx.example.jp; dkim=pass; spf=")).containsExactly("dkim");
    }
}
