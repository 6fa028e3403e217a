package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.config.MailSettings;
import ekiden.mail.profile.AccessToken;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Send;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.send.SendMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks whether access tokens that are in use end soon, asks for others in time, and tells people where there is none: a connection that lasts does not
 * ask, and the next log-in would be too late. After its end a command is asked by log-ins only; a file, which costs nothing to read, is looked at still. One
 * thread at a time.
 */
final class TokenWatch {
    /** What the keys of its alarms begin with. */
    static final String ALARM = "token/";

    private static final String NO_REASON = "-";

    /** Pause between two looks. */
    static final Duration LOOK = Duration.ofMinutes(1);

    private final Supplier<MailSettings> settings;
    private final KeptTokens tokens;
    private final Consumer<Map<String, Problem>> told;
    private final Clock clock;
    private final Tasks tasks;
    private final BooleanSupplier over;
    private final Map<SecretSource, String> reasons = new HashMap<>();

    /**
     * @param settings the profiles
     * @param tokens those in use
     * @param told hears at each look of all that is wrong, by the keys of its alarms
     * @param clock the clock
     * @param tasks where it looks
     * @param over whether the process ends
     */
    TokenWatch(
            Supplier<MailSettings> settings,
            KeptTokens tokens,
            Consumer<Map<String, Problem>> told,
            Clock clock,
            Tasks tasks,
            BooleanSupplier over) {
        this.settings = settings;
        this.tokens = tokens;
        this.told = told;
        this.clock = clock;
        this.tasks = tasks;
        this.over = over;
    }

    /** How it stands with a token. */
    enum Life {
        /** It lasts. */
        LASTS,
        /** It ends soon. */
        ENDS,
        /** It has ended. */
        ENDED
    }

    static Life life(Instant end, Instant now) {
        if (now.plus(KeptTokens.AHEAD).isBefore(end)) {
            return Life.LASTS;
        }
        return now.isBefore(end) ? Life.ENDS : Life.ENDED;
    }

    /** Looks now and then from now on. Arms itself first, so that no bug ends it. */
    void begin() {
        if (!over.getAsBoolean()) {
            tasks.after(LOOK, "look at the access tokens", this::begin);
            look();
        }
    }

    void look() {
        Map<String, Problem> open = new LinkedHashMap<>();
        for (MailProfile profile : settings.get().profiles().values()) {
            SecretSource receiving = receiving(profile);
            SecretSource sending = sending(profile);
            if (receiving != null) {
                look(ReceiveMessage.TOKEN_ENDS, profile.name(), receiving)
                        .ifPresent(problem -> open.put(ALARM + profile.name(), problem));
            }
            if (sending != null && !sending.equals(receiving)) {
                look(SendMessage.TOKEN_ENDS, profile.name(), sending)
                        .ifPresent(problem -> open.put(ALARM + profile.name() + "/send", problem));
            }
        }
        told.accept(open);
    }

    private static @Nullable SecretSource receiving(MailProfile profile) {
        return profile.receive() instanceof Receive.Imap imap
                        && imap.key() instanceof Receive.Token(SecretSource source)
                ? source
                : null;
    }

    private static @Nullable SecretSource sending(MailProfile profile) {
        Send.Login login = profile.send() instanceof Send.Smtp smtp ? smtp.login() : null;
        return login != null && login.key() instanceof Receive.Token(SecretSource source) ? source : null;
    }

    private Optional<Problem> look(MessageId message, String profile, SecretSource source) {
        Instant end = tokens.end(source).orElse(null);
        return end == null
                ? Optional.empty()
                : switch (life(end, clock.now())) {
                    case LASTS -> Optional.empty();
                    case ENDS -> notRenewed(message, profile, source);
                    case ENDED ->
                        source instanceof SecretSource.FromCommand
                                ? Optional.of(problem(message, profile, end, reasons.getOrDefault(source, NO_REASON)))
                                : notRenewed(message, profile, source);
                };
    }

    private Optional<Problem> notRenewed(MessageId message, String profile, SecretSource source) {
        Result<AccessToken> asked = tokens.token(source);
        String reason = asked instanceof Result.Failed<AccessToken>(Problem problem) ? problem.id() : NO_REASON;
        reasons.put(source, reason);
        return tokens.end(source)
                .filter(end -> life(end, clock.now()) != Life.LASTS)
                .map(end -> problem(message, profile, end, reason));
    }

    private static Problem problem(MessageId message, String profile, Instant end, String reason) {
        return Problem.of(message, "profile", profile, "until", end, "reason", reason);
    }
}
