package ekiden.mail.sasl;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * SCRAM-SHA-256 (RFC 7677) and SCRAM-SHA-1 (RFC 5802), without channel binding: the password never travels, and the server must prove that
 * it knows it too.
 */
public final class Scram implements Mechanism {
    private static final String GS2 = "n,,";
    /** Bytes of a block of either hash. */
    private static final int BLOCK = 64;

    /** Which hash. */
    public enum Hash {
        /** SCRAM-SHA-256. */
        SHA_256("SCRAM-SHA-256", "SHA-256"),
        /** SCRAM-SHA-1. */
        SHA_1("SCRAM-SHA-1", "SHA-1");

        private final String mechanism;
        private final String digest;

        Hash(String mechanism, String digest) {
            this.mechanism = mechanism;
            this.digest = digest;
        }

        /** {@return the mechanism's registered name} */
        public String mechanism() {
            return mechanism;
        }
    }

    private enum State {
        FIRST_SENT,
        PROOF_SENT,
        SERVER_PROVEN
    }

    private final Hash hash;
    private final String password;
    private final String nonce;
    private final String firstBare;
    private final ScramLimits limits;
    private State state = State.FIRST_SENT;
    private byte[] serverSignature = {};
    private String refusal = "";

    /**
     * @param hash which hash
     * @param user who
     * @param password the secret
     * @param nonce printable, without comma, never used before
     * @param limits what the server may ask
     */
    public Scram(Hash hash, String user, String password, String nonce, ScramLimits limits) {
        this.hash = hash;
        this.password = SaslPrep.prepare(password);
        this.nonce = nonce;
        this.limits = limits;
        this.firstBare = "n=" + SaslPrep.prepare(user).replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    @Override
    public String name() {
        return hash.mechanism;
    }

    @Override
    public byte @Nullable [] first() {
        return utf8(GS2 + firstBare);
    }

    @Override
    public Step next(byte[] challenge) {
        if (challenge.length > limits.messageBytes()) {
            return new Wrong("a message of " + challenge.length + " bytes");
        }
        String message = new String(challenge, StandardCharsets.UTF_8);
        return switch (state) {
            case FIRST_SENT -> proof(message);
            case PROOF_SENT -> verdict(message);
            case SERVER_PROVEN -> new Wrong("a message after the last one");
        };
    }

    private Step proof(String serverFirst) {
        Map<Character, String> fields = fields(serverFirst);
        String both = fields.getOrDefault('r', "");
        if (fields.containsKey('m')) {
            return new Wrong("an extension that must be understood");
        }
        if (!both.startsWith(nonce) || both.length() == nonce.length()) {
            return new Wrong("the server's nonce does not begin with ours");
        }
        byte[] salt = base64(fields.getOrDefault('s', ""));
        int iterations = number(fields.getOrDefault('i', ""));
        if (salt == null || salt.length == 0 || iterations < 0) {
            return new Wrong("no salt or no iterations");
        }
        if (iterations < limits.leastIterations() || iterations > limits.mostIterations()) {
            return new Wrong(iterations + " iterations");
        }
        String withoutProof = "c=" + Base64.getEncoder().encodeToString(utf8(GS2)) + ",r=" + both;
        String all = firstBare + "," + serverFirst + "," + withoutProof;
        byte[] salted = salted(salt, iterations);
        byte[] clientKey = mac(salted, utf8("Client Key"));
        byte[] proof = mac(digest(clientKey), utf8(all));
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= clientKey[i];
        }
        serverSignature = mac(mac(salted, utf8("Server Key")), utf8(all));
        state = State.PROOF_SENT;
        return new Answer(utf8(withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof)));
    }

    private Step verdict(String serverFinal) {
        Map<Character, String> fields = fields(serverFinal);
        String error = fields.get('e');
        if (error != null) {
            refusal = error.matches("[a-z-]{1,60}") ? error : "";
            return new Answer(new byte[0]);
        }
        byte[] signature = base64(fields.getOrDefault('v', ""));
        if (signature == null || !MessageDigest.isEqual(signature, serverSignature)) {
            return new Wrong("the server did not prove that it knows the password");
        }
        state = State.SERVER_PROVEN;
        return new Answer(new byte[0]);
    }

    @Override
    public boolean done() {
        return state == State.SERVER_PROVEN;
    }

    @Override
    public String refusal() {
        return refusal;
    }

    private static Map<Character, String> fields(String message) {
        Map<Character, String> fields = new HashMap<>();
        for (String field : message.split(",", 64)) {
            if (field.length() >= 2 && field.charAt(1) == '=') {
                fields.putIfAbsent(field.charAt(0), field.substring(2));
            }
        }
        return fields;
    }

    private static byte @Nullable [] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException wrong) {
            return null;
        }
    }

    private static int number(String text) {
        return text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
    }

    /** Hi() of RFC 5802 §2.2, which is PBKDF2 with one block: a short call spends much of its time here. */
    private byte[] salted(byte[] salt, int iterations) {
        Keyed keyed = keyed(utf8(password));
        byte[] first = Arrays.copyOf(salt, salt.length + 4);
        first[salt.length + 3] = 1;
        byte[] round = keyed.mac(first);
        byte[] sum = round.clone();
        for (int i = 1; i < iterations; i++) {
            round = keyed.mac(round);
            for (int j = 0; j < sum.length; j++) {
                sum[j] ^= round[j];
            }
        }
        return sum;
    }

    /**
     * HMAC (RFC 2104) with one key, whose two halves are hashed once and not for each text (§4 there). Not the JDK's: to find that one it loads every
     * provider of ciphers, which takes longer than the whole log-in.
     */
    private record Keyed(MessageDigest inner, MessageDigest outer) {
        byte[] mac(byte[] text) {
            try {
                byte[] once = ((MessageDigest) inner.clone()).digest(text);
                return ((MessageDigest) outer.clone()).digest(once);
            } catch (CloneNotSupportedException impossible) {
                throw new IllegalStateException("the JDK's digests can be copied", impossible);
            }
        }
    }

    private Keyed keyed(byte[] key) {
        byte[] block = Arrays.copyOf(key.length > BLOCK ? digest(key) : key, BLOCK);
        return new Keyed(begun(block, 0x36), begun(block, 0x5c));
    }

    private MessageDigest begun(byte[] block, int pad) {
        byte[] padded = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            padded[i] = (byte) (block[i] ^ pad);
        }
        MessageDigest digest = hasher();
        digest.update(padded);
        return digest;
    }

    private byte[] mac(byte[] key, byte[] text) {
        return keyed(key).mac(text);
    }

    private byte[] digest(byte[] text) {
        return hasher().digest(text);
    }

    private MessageDigest hasher() {
        try {
            return MessageDigest.getInstance(hash.digest);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
