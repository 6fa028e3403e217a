package ekiden.mail.receive.imap;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Credentials;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.sasl.Mechanism;
import ekiden.mail.sasl.Mechanisms;
import java.time.Instant;
import java.util.List;

/** Logs in with the best that settings, credentials and server have in common. */
final class Access {
    private final ImapSettings settings;
    private final Credentials credentials;
    private final Clock clock;

    Access(ImapSettings settings, Credentials credentials, Clock clock) {
        this.settings = settings;
        this.credentials = credentials;
        this.clock = clock;
    }

    /** Logs in. {@return the mechanism that was used} */
    String run(ImapConnection connection) throws ImapStop {
        Capability.know(connection);
        Credentials.Key key = key();
        try {
            return run(connection, key);
        } catch (ImapStop stop) {
            boolean again = stop.message() == ReceiveMessage.LOGIN_REFUSED
                    && stop.problem() == null
                    && credentials.refused(key);
            if (!again) {
                throw stop;
            }
        }
        return run(connection, key());
    }

    private Credentials.Key key() throws ImapStop {
        return switch (credentials.key()) {
            case Result.Ok<Credentials.Key>(Credentials.Key found) -> found;
            case Result.Failed<Credentials.Key>(Problem problem) -> throw ImapStop.broken(problem);
        };
    }

    private String run(ImapConnection connection, Credentials.Key key) throws ImapStop {
        Authentication how = Mechanisms.choose(settings.authentication(), key, one -> offers(connection, one));
        if (how == null) {
            throw ImapStop.broken(ReceiveMessage.NO_LOGIN, String.join(" ", offered(connection)));
        }
        String secret = key.secret().reveal();
        connection.wire().words().hide(secret);
        try {
            return enter(connection, how, secret);
        } catch (ImapStop stop) {
            throw told(stop, key);
        }
    }

    private String enter(ImapConnection connection, Authentication how, String secret) throws ImapStop {
        boolean command = how == Authentication.LOGIN && !connection.has("AUTH=LOGIN");
        // RFC 3501 §6.2.2: capabilities change with the log-in. Those in its answer are the new ones.
        connection.capabilitiesMayChange();
        if (command) {
            Login.run(connection, credentials.user(), secret);
            return "LOGIN";
        }
        Mechanism mechanism = Mechanisms.begin(how, credentials.user(), secret, settings.server());
        Authenticate.run(connection, mechanism);
        return mechanism.name();
    }

    /** A refusal ends the session, and names an expired token. */
    private ImapStop told(ImapStop stop, Credentials.Key key) {
        String reply = stop.reply();
        Instant expires = key instanceof Credentials.Token token ? token.expires() : null;
        boolean late = expires != null && expires.isBefore(clock.now());
        return stop.problem() != null
                ? stop
                : ImapStop.broken(stop.message(), late ? reply + " (" + expires + ")" : reply);
    }

    private static boolean offers(ImapConnection connection, Authentication one) {
        return switch (one) {
            case AUTO -> false;
            case LOGIN -> connection.has("AUTH=LOGIN") || !connection.has("LOGINDISABLED");
            case PLAIN, SCRAM_SHA_256, SCRAM_SHA_1, XOAUTH2, OAUTHBEARER ->
                connection.has("AUTH=" + Mechanisms.name(one));
        };
    }

    private static List<String> offered(ImapConnection connection) {
        return connection.capabilities().stream()
                .filter(name -> name.startsWith("AUTH=") || name.equals("LOGINDISABLED"))
                .sorted()
                .toList();
    }
}
