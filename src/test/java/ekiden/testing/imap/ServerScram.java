package ekiden.testing.imap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The other side of SCRAM-SHA-256, written against the JDK's PBKDF2, so that it shares no code with the product. */
public final class ServerScram {
    private static final byte[] SALT = "some salt".getBytes(StandardCharsets.US_ASCII);

    private final String password;
    private final int iterations;
    private String firstBare = "";
    private String serverFirst = "";
    private byte[] serverSignature = {};

    /** A server that knows this password. */
    public ServerScram(String password, int iterations) {
        this.password = password;
        this.iterations = iterations;
    }

    /** {@return the first message of the server} */
    public String first(String clientFirst) {
        firstBare = clientFirst.substring(clientFirst.indexOf("n=", 3));
        String nonce = firstBare.substring(firstBare.indexOf(",r=") + 3);
        serverFirst = "r=" + nonce + "MORE,s=" + Base64.getEncoder().encodeToString(SALT) + ",i=" + iterations;
        return serverFirst;
    }

    /** {@return whether the client knows the password} */
    public boolean proven(String clientFinal) throws GeneralSecurityException {
        int at = clientFinal.lastIndexOf(",p=");
        String all = firstBare + "," + serverFirst + "," + clientFinal.substring(0, at);
        byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, iterations, 256))
                .getEncoded();
        byte[] clientKey = mac(salted, "Client Key");
        byte[] stored = MessageDigest.getInstance("SHA-256").digest(clientKey);
        byte[] proof = Base64.getDecoder().decode(clientFinal.substring(at + 3));
        byte[] signature = mac(stored, all);
        for (int i = 0; i < proof.length; i++) {
            proof[i] ^= signature[i];
        }
        serverSignature = mac(mac(salted, "Server Key"), all);
        return MessageDigest.isEqual(MessageDigest.getInstance("SHA-256").digest(proof), stored);
    }

    /** {@return the last message of the server; a false one where it only pretends to know the password} */
    public String last(boolean pretend) {
        byte[] shown = pretend ? new byte[32] : serverSignature;
        return "v=" + Base64.getEncoder().encodeToString(shown);
    }

    private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }
}
