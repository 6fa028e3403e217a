package ekiden.mail.sasl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** OAUTHBEARER (RFC 7628): an access token in place of a password. A refusal comes as a challenge and is answered with {@code ^A} (§3.2.3). */
public final class OAuthBearer implements Mechanism {
    private final byte[] message;
    private boolean refused;
    private String refusal = "";

    /**
     * @param user whose mailbox
     * @param host the server's name
     * @param port its port
     * @param token the access token
     */
    public OAuthBearer(String user, String host, int port, String token) {
        // RFC 5801 §4: in the GS2 header "," and "=" are written as codes.
        String name = user.replace("=", "=3D").replace(",", "=2C");
        message = ("n,a=" + name + ",\1host=" + host + "\1port=" + port + "\1auth=Bearer " + token + "\1\1")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "OAUTHBEARER";
    }

    @Override
    public byte @Nullable [] first() {
        return message;
    }

    @Override
    public Step next(byte[] challenge) {
        if (refused) {
            return new Wrong("OAUTHBEARER refuses once");
        }
        refused = true;
        refusal = BearerError.status(challenge);
        return new Answer(new byte[] {1});
    }

    @Override
    public boolean done() {
        return !refused;
    }

    @Override
    public String refusal() {
        return refusal;
    }
}
