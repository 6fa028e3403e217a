package ekiden.mail.profile;

import ekiden.base.HostPort;
import org.jspecify.annotations.Nullable;

/**
 * By what the mails of a profile are opened and verified. Files are absolute, or relative to the home folder.
 *
 * @param trust certificates in PEM form, or PKCS#12 without a password, that vouch for signers (S/MIME), or null for none
 * @param key PKCS#12 file with the key that opens encrypted mails (S/MIME), or null for none
 * @param keyPassword file with its password, or null where it has none
 * @param nameServer whom to ask for the keys and policies of domains (DKIM, DMARC), or null for the name servers of this machine
 */
public record Verification(
        @Nullable String trust,
        @Nullable String key,
        @Nullable String keyPassword,
        @Nullable HostPort nameServer) {
    /** Nothing is opened, nobody vouched for. */
    public static final Verification NONE = new Verification(null, null, null, null);
}
