package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpdIdentityTest {
    private static final String HASH = "ab".repeat(32);

    @Test
    void recipientsOfOneMailboxMakeOneIdentityInWhateverOrder() {
        String key = SmtpdIdentity.key("a@b", List.of("c@d", "e@d"), HASH);
        assertThat(SmtpdIdentity.key("a@b", List.of("e@D", "c@d"), HASH)).isEqualTo(key);
        assertThat(SmtpdIdentity.key("a@b", List.of("c@d"), HASH)).isNotEqualTo(key);
        assertThat(SmtpdIdentity.key("a@b", List.of("c@de@d"), HASH)).isNotEqualTo(key);
    }

    @Test
    void bordersBetweenFieldsCount() {
        assertThat(SmtpdIdentity.key("a@b", List.of("c@d"), HASH))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(SmtpdIdentity.key("a@bc", List.of("@d"), HASH))
                .isNotEqualTo(SmtpdIdentity.key("", List.of("a@bc@d"), HASH))
                .isNotEqualTo(SmtpdIdentity.key("c@d", List.of("a@b"), HASH));
    }

    @Test
    void onlyTheCaseOfTheRecipientsDomainDoesNotCount() {
        String key = SmtpdIdentity.key("a@b", List.of("c@d"), HASH);
        assertThat(SmtpdIdentity.key("a@b", List.of("c@D"), HASH)).isEqualTo(key);
        assertThat(SmtpdIdentity.key("a@b", List.of("C@d"), HASH)).isNotEqualTo(key);
        assertThat(SmtpdIdentity.key("a@B", List.of("c@d"), HASH)).isNotEqualTo(key);
    }

    /** Written down, because keys of five days ago must still be found. */
    @Test
    void keyNeverChanges() {
        assertThat(SmtpdIdentity.key("edi@customer.example", List.of("orders@localhost"), HASH))
                .isEqualTo("1c3a0f694b6c73e71bd29ec83ceb01499789151a8375bbc65cd373d62b12a0b6");
    }
}
