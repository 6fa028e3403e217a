package ekiden.mail.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** A public key as its domain publishes it (RFC 6376 §3.6.1, RFC 8463 §4.2), judged for one signature. */
final class KeyRecord {
    /** What stands before the 32 bytes of an Ed25519 key in its usual wrapping (RFC 8410 §4). */
    private static final byte[] ED25519_WRAPPING = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private KeyRecord() {}

    /** A key, or why it is none for this signature. */
    sealed interface Judged {
        /** It may be used. */
        record Usable(PublicKey key) implements Judged {}

        /** It may not. */
        record Unusable(String why) implements Judged {}
    }

    static Judged judge(String record, SignatureField signature, int mostBits) {
        TagList tags = TagList.of(record);
        if (tags == null) {
            return new Judged.Unusable("its key record cannot be read");
        }
        if (tags.get("v") != null && !(tags.isFirst("v") && tags.get("v", "").equals("DKIM1"))) {
            return new Judged.Unusable("its key record is of another version than DKIM1");
        }
        if (!tags.get("k", "rsa").equalsIgnoreCase(signature.keyKind())) {
            return new Judged.Unusable("its key is of another kind than its signature");
        }
        List<String> hashes = tags.list("h");
        List<String> services = tags.list("s");
        List<String> flags = tags.list("t");
        if (!hashes.isEmpty() && !hashes.contains("sha256")) {
            return new Judged.Unusable("its key is not for SHA-256");
        }
        if (!services.isEmpty() && !services.contains("*") && !services.contains("email")) {
            return new Judged.Unusable("its key is not for mail");
        }
        if (flags.contains("y")) {
            return new Judged.Unusable("its key is in test mode");
        }
        if (flags.contains("s") && !signature.identityDomain().equals(signature.domain())) {
            return new Judged.Unusable("its key is not for subdomains");
        }
        return decode(tags, signature.keyKind(), mostBits);
    }

    private static Judged decode(TagList tags, String kind, int mostBits) {
        String encoded = tags.dense("p");
        if (encoded.isEmpty()) {
            return new Judged.Unusable("its key was revoked");
        }
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            return kind.equals("rsa") ? rsa(bytes, mostBits) : ed25519(bytes);
        } catch (IllegalArgumentException | GeneralSecurityException broken) {
            return new Judged.Unusable("its key cannot be read");
        }
    }

    private static Judged rsa(byte[] bytes, int mostBits) throws GeneralSecurityException {
        PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(bytes));
        int bits = ((RSAPublicKey) key).getModulus().bitLength();
        if (bits < DkimLimits.LEAST_KEY_BITS || bits > mostBits) {
            return new Judged.Unusable("its key has " + bits + " bits");
        }
        return new Judged.Usable(key);
    }

    private static Judged ed25519(byte[] bytes) throws GeneralSecurityException {
        if (bytes.length != ED25519_BYTES) {
            return new Judged.Unusable("its key has " + 8 * bytes.length + " bits");
        }
        byte[] wrapped = new byte[ED25519_WRAPPING.length + ED25519_BYTES];
        System.arraycopy(ED25519_WRAPPING, 0, wrapped, 0, ED25519_WRAPPING.length);
        System.arraycopy(bytes, 0, wrapped, ED25519_WRAPPING.length, ED25519_BYTES);
        return new Judged.Usable(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(wrapped)));
    }
}
