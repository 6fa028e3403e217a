package ekiden.mail.sasl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** PLAIN (RFC 4616): user and password as they are. */
public final class Plain implements Mechanism {
    private final byte[] message;

    /**
     * @param user who
     * @param password the secret
     */
    public Plain(String user, String password) {
        message = ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String name() {
        return "PLAIN";
    }

    @Override
    public byte @Nullable [] first() {
        return message;
    }

    @Override
    public Step next(byte[] challenge) {
        return new Wrong("PLAIN has one message");
    }

    @Override
    public boolean done() {
        return true;
    }
}
