package ekiden.mail.sasl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** XOAUTH2, as Gmail and Exchange Online have it: an access token in place of a password. A refusal comes as a challenge and is answered with nothing. */
public final class XOAuth2 implements Mechanism {
    private final byte[] message;
    private boolean refused;
    private String refusal = "";

    /**
     * @param user whose mailbox
     * @param token the access token
     */
    public XOAuth2(String user, String token) {
        message = ("user=" + user + "\1auth=Bearer " + token + "\1\1").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "XOAUTH2";
    }

    @Override
    public byte @Nullable [] first() {
        return message;
    }

    @Override
    public Step next(byte[] challenge) {
        if (refused) {
            return new Wrong("XOAUTH2 refuses once");
        }
        refused = true;
        refusal = BearerError.status(challenge);
        return new Answer(new byte[0]);
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
