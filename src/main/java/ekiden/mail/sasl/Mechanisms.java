package ekiden.mail.sasl;

import ekiden.base.HostPort;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which mechanism to log in with, for every protocol. Safe from any thread. */
public final class Mechanisms {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NONCE_BYTES = 18;

    private Mechanisms() {}

    /**
     * @param wanted what the settings want; {@link Authentication#AUTO} for the best
     * @param key what proves the account
     * @param offered whether the server offers one
     * @return what to use, or null where settings, key and server have nothing in common
     */
    public static @Nullable Authentication choose(
            Authentication wanted, Credentials.Key key, Predicate<Authentication> offered) {
        List<Authentication> order = wanted == Authentication.AUTO
                ? switch (key) {
                    case Credentials.Token token -> List.of(Authentication.OAUTHBEARER, Authentication.XOAUTH2);
                    case Credentials.Password password ->
                        List.of(
                                Authentication.SCRAM_SHA_256,
                                Authentication.SCRAM_SHA_1,
                                Authentication.PLAIN,
                                Authentication.LOGIN);
                }
                : List.of(wanted);
        return order.stream().filter(offered).findFirst().orElse(null);
    }

    /**
     * @param how one that is not {@link Authentication#AUTO}
     * @return its registered name
     */
    public static String name(Authentication how) {
        return how.name().replace('_', '-');
    }

    /**
     * Begins an exchange.
     *
     * @param how one that is not {@link Authentication#AUTO}
     * @param user who
     * @param secret password or token
     * @param server host and port
     * @return the exchange
     */
    public static Mechanism begin(Authentication how, String user, String secret, HostPort server) {
        return switch (how) {
            case AUTO -> throw new IllegalStateException("not chosen");
            case PLAIN -> new Plain(user, secret);
            case LOGIN -> new PromptedLogin(user, secret);
            case SCRAM_SHA_256 -> new Scram(Scram.Hash.SHA_256, user, secret, nonce(), ScramLimits.DEFAULT);
            case SCRAM_SHA_1 -> new Scram(Scram.Hash.SHA_1, user, secret, nonce(), ScramLimits.DEFAULT);
            case XOAUTH2 -> new XOAuth2(user, secret);
            case OAUTHBEARER -> new OAuthBearer(user, server.host(), server.port(), secret);
        };
    }

    private static String nonce() {
        byte[] random = new byte[NONCE_BYTES];
        RANDOM.nextBytes(random);
        return Base64.getEncoder().encodeToString(random);
    }
}
