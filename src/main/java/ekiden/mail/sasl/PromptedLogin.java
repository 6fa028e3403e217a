package ekiden.mail.sasl;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** LOGIN (draft-murchison-sasl-login): the server asks for the user, then for the password; what its questions say does not matter. */
public final class PromptedLogin implements Mechanism {
    private final String user;
    private final String password;
    private int asked;

    /**
     * @param user who
     * @param password the secret
     */
    public PromptedLogin(String user, String password) {
        this.user = user;
        this.password = password;
    }

    @Override
    public String name() {
        return "LOGIN";
    }

    @Override
    public byte @Nullable [] first() {
        return null;
    }

    @Override
    public Step next(byte[] challenge) {
        asked++;
        if (asked > 2) {
            return new Wrong("LOGIN has two questions");
        }
        return new Answer((asked == 1 ? user : password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean done() {
        return asked == 2;
    }
}
