package ekiden.mail.send.smtp;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import ekiden.mail.sasl.Mechanism;
import ekiden.mail.sasl.Mechanisms;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendPhase;
import ekiden.mail.send.SendPhase.Fault;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AUTH (RFC 4954) with the best mechanism that settings, credentials and server have in common. */
final class Login {
    private static final int ROUNDS = 8;

    /** RFC 4954 §4: the longest line, its end included. */
    private static final int LONGEST_LINE = 12_288;

    private final SmtpConnection connection;
    private final String user;
    private final Clock clock;

    Login(SmtpConnection connection, String user, Clock clock) {
        this.connection = connection;
        this.user = user;
        this.clock = clock;
    }

    /** Logs in; once more where the key was an older one and the server refused it. */
    void run(Credentials credentials) throws SmtpFault, SmtpStop {
        Credentials.Key key = key(credentials);
        SmtpReply reply = enter(key);
        if (permanent(reply) && credentials.refused(key)) {
            key = key(credentials);
            reply = enter(key);
        }
        if (reply.positive()) {
            return;
        }
        if (key instanceof Credentials.Token token && permanent(reply)) {
            throw refused(token, reply);
        }
        throw SmtpFault.of(SendPhase.AUTH, reply);
    }

    private static boolean permanent(SmtpReply reply) {
        return reply.code() >= 500;
    }

    private static Credentials.Key key(Credentials credentials) throws SmtpStop {
        return switch (credentials.key()) {
            case Result.Ok<Credentials.Key>(Credentials.Key found) -> found;
            case Result.Failed<Credentials.Key>(Problem problem) -> throw new SmtpStop(problem);
        };
    }

    /** {@return the last answer} */
    private SmtpReply enter(Credentials.Key key) throws SmtpFault, SmtpStop {
        List<String> offered = connection.extensions().mechanisms();
        Authentication how = Mechanisms.choose(
                connection.settings().authentication(),
                key,
                one -> one != Authentication.AUTO && offered.contains(Mechanisms.name(one)));
        if (how == null) {
            throw SmtpStop.of(SendMessage.NO_LOGIN, "host", connection.host(), "offered", String.join(" ", offered));
        }
        String secret = key.secret().reveal();
        connection.wire().words().hide(secret);
        HostPort server = new HostPort(connection.host(), connection.settings().port());
        Mechanism mechanism = Mechanisms.begin(how, user, secret, server);
        SmtpReply reply = exchange(mechanism);
        if (reply.positive() && !mechanism.done()) {
            throw untrue(mechanism, "it said yes before it had proven anything");
        }
        return reply.and(mechanism.refusal());
    }

    private String sent(String proof) {
        connection.wire().words().hideSent(proof);
        return proof;
    }

    private SmtpReply exchange(Mechanism mechanism) throws SmtpFault, SmtpStop {
        byte[] pending = mechanism.first();
        String command = "AUTH " + mechanism.name();
        String whole = pending == null ? command : command + " " + sent(base64(pending));
        if (whole.length() + 2 <= LONGEST_LINE) {
            command = whole;
            pending = null;
        }
        SmtpReply reply = connection.ask(command, SendPhase.AUTH);
        for (int round = 0; reply.intermediate(); round++) {
            if (round == ROUNDS) {
                throw new SmtpFault(SendPhase.AUTH, Fault.GARBAGE, reply, null);
            }
            byte[] answer = answer(mechanism, reply, pending);
            pending = null;
            reply = connection.ask(sent(Base64.getEncoder().encodeToString(answer)), SendPhase.AUTH);
        }
        return reply;
    }

    private byte[] answer(Mechanism mechanism, SmtpReply challenge, byte @Nullable [] pending) throws SmtpStop {
        if (pending != null) {
            return pending;
        }
        return switch (step(mechanism, challenge.lines().getFirst())) {
            case Mechanism.Answer next -> next.bytes();
            // The connection ends here, so there is no need to call the exchange off ("*").
            case Mechanism.Wrong(String reason) -> throw untrue(mechanism, reason);
        };
    }

    private static Mechanism.Step step(Mechanism mechanism, String challenge) {
        try {
            return mechanism.next(Base64.getDecoder().decode(challenge.strip().getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException wrong) {
            return new Mechanism.Wrong("no base64");
        }
    }

    private SmtpStop untrue(Mechanism mechanism, String reason) {
        return SmtpStop.of(
                SendMessage.FALSE_SERVER,
                "host",
                connection.host(),
                "port",
                connection.settings().port(),
                "detail",
                mechanism.name() + ": " + reason);
    }

    private SmtpStop refused(Credentials.Token token, SmtpReply reply) {
        Instant expires = token.expires();
        boolean late = expires != null && expires.isBefore(clock.now());
        return SmtpStop.of(
                SendMessage.TOKEN_REFUSED,
                "host",
                connection.host(),
                "port",
                connection.settings().port(),
                "reply",
                reply.code() + " " + reply.text() + (late ? " (" + expires + ")" : ""));
    }

    /** RFC 4954 §4: no bytes at all are written as "=". */
    private static String base64(byte[] bytes) {
        return bytes.length == 0 ? "=" : Base64.getEncoder().encodeToString(bytes);
    }
}
