package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.profile.AccessToken;
import ekiden.mail.profile.Secret;
import ekiden.mail.profile.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Access tokens that commands gave, kept until shortly before they end: who issues them counts how often it is asked, and may revoke what is asked for
 * too often (jbostoen/itop-jb-mail-to-ticket-automation-v2#224). A token whose end is not told is not kept, nor is one out of a file, which may be
 * renewed at any time and costs nothing to read. One for each command in the settings. Safe from any thread.
 */
final class KeptTokens {
    /** A token that ends this soon is asked for anew. */
    static final Duration AHEAD = Duration.ofMinutes(5);

    /** A token, and whether it was given more than once. */
    private record Kept(AccessToken token, boolean again) {}

    private final Function<SecretSource, Result<Secret>> secrets;
    private final Clock clock;
    private final Map<SecretSource, Kept> kept = new ConcurrentHashMap<>();
    /** When the token ends that was given last, where it said so. */
    private final Map<SecretSource, Instant> ends = new ConcurrentHashMap<>();

    KeptTokens(Function<SecretSource, Result<Secret>> secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** {@return a token of that source, kept or new, or why there is none; may wait for the command} */
    Result<AccessToken> token(SecretSource source) {
        Kept before = kept.get(source);
        if (before != null && lasts(before.token())) {
            kept.replace(source, before, new Kept(before.token(), true));
            return Result.ok(before.token());
        }
        return switch (secrets.apply(source)) {
            case Result.Failed<Secret>(Problem problem) -> Result.failed(problem);
            case Result.Ok<Secret>(Secret text) -> Result.ok(keep(source, AccessToken.of(text, clock.now())));
        };
    }

    private AccessToken keep(SecretSource source, AccessToken fresh) {
        Instant end = fresh.expires();
        if (end == null) {
            ends.remove(source);
        } else {
            ends.put(source, end);
        }
        kept.values().removeIf(old -> !lasts(old.token()));
        if (source instanceof SecretSource.FromCommand && lasts(fresh)) {
            kept.put(source, new Kept(fresh, false));
        }
        return fresh;
    }

    /** {@return when the token ends that was given last; empty where none was, or it did not say so} */
    Optional<Instant> end(SecretSource source) {
        return Optional.ofNullable(ends.get(source));
    }

    private boolean lasts(AccessToken token) {
        Instant end = token.expires();
        return end != null && clock.now().plus(AHEAD).isBefore(end);
    }

    /**
     * The server refused a token; it is not given again.
     *
     * @param source where it came from
     * @param refused the token
     * @return whether it had been given before, so that the source may have a better one by now
     */
    boolean refused(SecretSource source, Secret refused) {
        Kept before = kept.get(source);
        return before != null && before.token().secret() == refused && kept.remove(source) != null && before.again();
    }
}
