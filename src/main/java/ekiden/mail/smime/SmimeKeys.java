package ekiden.mail.smime;

import java.security.PrivateKey;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What S/MIME is opened with.
 *
 * @param keys decrypt mails for their certificates; empty where none was given
 * @param anchors vouch for signers, or null where no trust store was given
 */
public record SmimeKeys(List<Key> keys, @Nullable Set<TrustAnchor> anchors) {
    /** Signatures are checked, nobody is vouched for, nothing is decrypted. */
    public static final SmimeKeys NONE = new SmimeKeys(List.of(), null);

    /** Copies the collections. */
    public SmimeKeys {
        keys = List.copyOf(keys);
        anchors = anchors == null ? null : Set.copyOf(anchors);
    }

    /**
     * A key and what it belongs to.
     *
     * @param certificate of the recipient
     * @param key its private key
     */
    public record Key(X509Certificate certificate, PrivateKey key) {}
}
