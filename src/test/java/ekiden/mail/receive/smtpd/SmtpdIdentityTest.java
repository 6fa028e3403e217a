package ekiden.mail.receive.smtpd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmtpdIdentityTest {
    private static final String HASH = "ab".repeat(32);

    @Test
    void bordersBetweenFieldsCount() {
        assertThat(SmtpdIdentity.key("a@b", "c@d", HASH))
                .matches("[0-9a-f]{64}")
                .isNotEqualTo(SmtpdIdentity.key("a@bc", "@d", HASH))
                .isNotEqualTo(SmtpdIdentity.key("", "a@bc@d", HASH))
                .isNotEqualTo(SmtpdIdentity.key("c@d", "a@b", HASH));
    }

    @Test
    void onlyTheCaseOfTheRecipientsDomainDoesNotCount() {
        String key = SmtpdIdentity.key("a@b", "c@d", HASH);
        assertThat(SmtpdIdentity.key("a@b", "c@D", HASH)).isEqualTo(key);
        assertThat(SmtpdIdentity.key("a@b", "C@d", HASH)).isNotEqualTo(key);
        assertThat(SmtpdIdentity.key("a@B", "c@d", HASH)).isNotEqualTo(key);
    }

    /** Written down, because keys of five days ago must still be found. */
    @Test
    void keyNeverChanges() {
        assertThat(SmtpdIdentity.key("edi@customer.example", "orders@localhost", HASH))
                .isEqualTo("1c3a0f694b6c73e71bd29ec83ceb01499789151a8375bbc65cd373d62b12a0b6");
    }
}
