package ekiden.config;

import static org.assertj.core.api.Assertions.assertThat;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Verification;
import ekiden.model.definition.Proof;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what the mails of a profile are opened and verified. */
class VerificationSettingsTest {
    private static MailSettings read(String profile) {
        String text =
                "version: 1\nmail: {profiles: {p: {receive: {smtpd: {recipients: [o@localhost]}}, " + profile + "}}}\n";
        return switch (SettingsYaml.read(new HomePaths(Path.of("/srv/e")), text)) {
            case SettingsReading.Usable usable -> usable.settings().mail();
            case SettingsReading.Wrong wrong -> throw new AssertionError(wrong);
        };
    }

    private static MailProfile profile(String profile) {
        return Objects.requireNonNull(read(profile).profiles().get("p"));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(profile("trust: ca.pem, key: me.p12, key-password-file: pass, name-server: '127.0.0.1:5353'")
                        .verification())
                .isEqualTo(new Verification("ca.pem", "me.p12", "pass", new HostPort("127.0.0.1", 5353)));
        assertThat(profile("trust: ca.pem").verification()).isEqualTo(new Verification("ca.pem", null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name-server: nowhere",
                "name-server: '127.0.0.1:0'",
                "name-server: '127.0.0.1:70000'",
                "key-password-file: pass"
            })
    void whatCannotBeUsedIsToldWithItsPlace(String wrong) {
        Problem problem = read(wrong).problems().getFirst();
        assertThat(problem.id()).isEqualTo("EKDB0010-E");
        assertThat(problem.values()).containsKeys("line", "column");
    }

    @Test
    void whatCanBeShownOfItsMailsDependsOnTheProfile() {
        assertThat(read("trust: ca.pem").proofs())
                .containsEntry("p", Set.of(Proof.Kind.DKIM, Proof.Kind.DMARC, Proof.Kind.SMIME));
        assertThat(read("authserv-id: mx.example.jp").proofs())
                .containsEntry("p", Set.of(Proof.Kind.DKIM, Proof.Kind.DMARC, Proof.Kind.SPF));
    }
}
