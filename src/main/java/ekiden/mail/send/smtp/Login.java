package ekiden.mail.send.smtp;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendPhase;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;

/** AUTH (RFC 4954) with PLAIN (RFC 4616) or LOGIN, the first of these that the server offers. */
final class Login {
    private final SmtpConnection connection;
    private final String user;

    Login(SmtpConnection connection, String user) {
        this.connection = connection;
        this.user = user;
    }

    void run(Supplier<Result<String>> password) throws SmtpFault, SmtpStop {
        List<String> offered = connection.extensions().mechanisms();
        boolean plain = offered.contains("PLAIN");
        if (!plain && !offered.contains("LOGIN")) {
            throw SmtpStop.of(SendMessage.NO_LOGIN, "host", connection.host(), "offered", String.join(" ", offered));
        }
        String secret = switch (password.get()) {
            case Result.Ok<String>(String value) -> value;
            case Result.Failed<String>(Problem problem) -> throw new SmtpStop(problem);
        };
        SmtpReply reply = plain ? plain(secret) : login(secret);
        if (!reply.positive()) {
            throw SmtpFault.of(SendPhase.AUTH, reply);
        }
    }

    private SmtpReply plain(String secret) throws SmtpFault {
        return connection.ask("AUTH PLAIN " + base64("\0" + user + "\0" + secret), SendPhase.AUTH);
    }

    private SmtpReply login(String secret) throws SmtpFault {
        challenge(connection.ask("AUTH LOGIN", SendPhase.AUTH));
        challenge(connection.ask(base64(user), SendPhase.AUTH));
        return connection.ask(base64(secret), SendPhase.AUTH);
    }

    private static void challenge(SmtpReply reply) throws SmtpFault {
        if (!reply.intermediate()) {
            throw SmtpFault.of(SendPhase.AUTH, reply);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
