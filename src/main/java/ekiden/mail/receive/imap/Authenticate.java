package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.mail.sasl.Mechanism;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** AUTHENTICATE (RFC 3501 §6.2.2), with the first message in the command where the server takes it there (SASL-IR, RFC 4959). */
final class Authenticate {
    private static final int ROUNDS = 8;

    private Authenticate() {}

    static void run(ImapConnection connection, Mechanism mechanism) throws ImapStop {
        byte[] first = mechanism.first();
        boolean inside = first != null && connection.has("SASL-IR");
        String words = "AUTHENTICATE " + mechanism.name();
        String tag = connection.send(new ImapCommand(inside ? words + " " + sent(connection, first) : words));
        byte[] pending = inside ? null : first;
        String challenge = connection.challenge(tag);
        for (int round = 0; challenge != null; round++) {
            if (round == ROUNDS) {
                throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "rounds " + ROUNDS);
            }
            answer(connection, mechanism, challenge, pending);
            pending = null;
            challenge = connection.challenge(tag);
        }
        Response.Tagged end = connection.end(tag, Takers.NONE, any -> {});
        if (end.status() != Response.Status.OK) {
            ReceiveMessage cause = Causes.of(Asked.LOGIN, end.code(), end.text());
            throw ImapStop.broken(cause, (connection.shown(end) + " " + mechanism.refusal()).strip());
        }
        proven(connection, mechanism, end);
    }

    /** A server may put the last words of the mechanism into its OK. A yes of one that has not proven itself is none. */
    private static void proven(ImapConnection connection, Mechanism mechanism, Response.Tagged end) throws ImapStop {
        if (!mechanism.done()) {
            throw ImapStop.broken(ReceiveMessage.FALSE_SERVER, connection.shown(end));
        }
    }

    private static void answer(
            ImapConnection connection, Mechanism mechanism, String challenge, byte @Nullable [] pending)
            throws ImapStop {
        if (pending != null) {
            connection.wire().put(sent(connection, pending) + "\r\n");
            return;
        }
        switch (step(mechanism, challenge)) {
            case Mechanism.Answer next ->
                connection.wire().put(hidden(connection, Base64.getEncoder().encodeToString(next.bytes())) + "\r\n");
            case Mechanism.Wrong(String reason) ->
                // The session ends here, so there is no need to call the exchange off ("*").
                throw ImapStop.broken(ReceiveMessage.FALSE_SERVER, mechanism.name() + ": " + reason);
        }
    }

    private static Mechanism.Step step(Mechanism mechanism, String challenge) {
        try {
            return mechanism.next(Base64.getDecoder().decode(challenge.strip().getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException wrong) {
            return new Mechanism.Wrong("no base64");
        }
    }

    /** RFC 4959 §3: no bytes at all are written as "=". */
    private static String sent(ImapConnection connection, byte @Nullable [] bytes) {
        byte[] some = Objects.requireNonNull(bytes);
        return hidden(connection, some.length == 0 ? "=" : Base64.getEncoder().encodeToString(some));
    }

    private static String hidden(ImapConnection connection, String proof) {
        connection.wire().words().hideSent(proof);
        return proof;
    }
}
