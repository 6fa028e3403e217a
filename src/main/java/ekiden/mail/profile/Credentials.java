package ekiden.mail.profile;

import ekiden.base.Result;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who logs in. Asked at each log-in, so that a changed password or a renewed token is used by the next session. Safe from any thread. */
public interface Credentials {
    /** {@return the account} */
    String user();

    /** {@return what proves it now, or why there is nothing; may wait for a command that fetches a token, within that command's limit} */
    Result<Key> key();

    /**
     * The server refused what {@link #key} gave.
     *
     * @param key what it gave
     * @return whether that was an older one, so that it is worth asking again at once
     */
    default boolean refused(Key key) {
        return false;
    }

    /** What proves an account. */
    sealed interface Key {
        /** {@return the password or token itself} */
        Secret secret();
    }

    /**
     * A password.
     *
     * @param secret the password
     */
    record Password(Secret secret) implements Key {}

    /**
     * An OAuth access token.
     *
     * @param secret the token
     * @param expires when it ends, or null where that is not known
     */
    record Token(Secret secret, @Nullable Instant expires) implements Key {}
}
