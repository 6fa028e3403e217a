package ekiden.mail.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class X500Test {
    @Test
    void writtenOutAndWrappedFormsAreTheSame() {
        assertThat(X500.of("/O=EXAMPLE/OU=SALES/CN=YAMADA")).isEqualTo("/o=example/ou=sales/cn=yamada");
        assertThat(X500.of("IMCEAEX-_O=EXAMPLE_OU=SALES_CN=YAMADA@example.jp"))
                .isEqualTo("/o=example/ou=sales/cn=yamada");
        assertThat(X500.of("imceaex-_O=A+20B_CN=C+40D+5FE@x")).isEqualTo("/o=a b/cn=c@d_e");
    }

    @Test
    void otherAddressesHaveNone() {
        assertThat(X500.of("a@b")).isEmpty();
        assertThat(X500.of("")).isEmpty();
        assertThat(X500.of("IMCEAEX-+")).isEqualTo("+");
        assertThat(X500.of("IMCEAEX-+4")).isEqualTo("+4");
    }
}
