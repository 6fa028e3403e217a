package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Response.Code;
import ekiden.mail.receive.imap.Response.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The server's first words (RFC 3501 §7.1): whether it is an IMAP server at all, and whether it knows us already. */
final class Greeting {
    private static final Duration PROBED_WITHIN = Duration.ofSeconds(2);
    private static final int SNIFFED = 64;

    private record Sign(String begins, String protocol) {}

    private static final List<Sign> SIGNS = List.of(
            new Sign("+OK", "POP3"),
            new Sign("-ERR", "POP3"),
            new Sign("220", "SMTP / LMTP / FTP"),
            new Sign("554", "SMTP / LMTP"),
            new Sign("421", "SMTP / LMTP / FTP"),
            new Sign("HTTP/", "HTTP"),
            new Sign("SSH-", "SSH"),
            new Sign("200 ", "NNTP"),
            new Sign("201 ", "NNTP"),
            new Sign("\u0015\u0003", "TLS"),
            new Sign("\u0016\u0003", "TLS"));

    private Greeting() {}

    /**
     * Waits for it.
     *
     * @return true where the server takes us as logged in already (PREAUTH)
     */
    static boolean await(ImapConnection connection) throws ImapStop {
        ImapWire wire = connection.wire();
        wire.within(connection.timeouts().greeting());
        if (!wire.await(connection.timeouts().greeting())) {
            throw silent(wire);
        }
        wire.within(connection.timeouts().greeting());
        if (wire.peek() != '*') {
            throw other(wire);
        }
        if (connection.next() instanceof Response.Untagged(Status status, Code code, String text)) {
            return switch (status) {
                case OK -> false;
                case PREAUTH -> true;
                case NO, BAD, BYE -> throw ImapStop.broken(Causes.ofBye(code, text), status + " " + text);
            };
        }
        throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no greeting");
    }

    /** A TLS or HTTP server lets the client speak first: what it says to a command tells what it is. */
    private static ImapStop silent(ImapWire wire) throws ImapStop {
        ImapStop stalled = ImapStop.broken(ReceiveMessage.STALLED, "");
        try {
            wire.put("a0 NOOP\r\n\r\n");
            wire.flush();
            if (!wire.await(PROBED_WITHIN)) {
                return stalled;
            }
            wire.within(PROBED_WITHIN);
            return wire.peek() == '*' ? stalled : other(wire);
        } catch (ImapStop gone) {
            stalled.addSuppressed(gone);
            return stalled;
        }
    }

    private static ImapStop other(ImapWire wire) throws ImapStop {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < SNIFFED && wire.ready(); i++) {
            words.append((char) wire.read());
        }
        String protocol = protocol(words.toString());
        return protocol == null
                ? ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, wire.words().shown(words.toString()))
                : ImapStop.broken(ReceiveMessage.OTHER_PROTOCOL, protocol);
    }

    /** {@return the protocol that begins so, or null} */
    static @Nullable String protocol(String words) {
        return SIGNS.stream()
                .filter(sign -> words.startsWith(sign.begins()))
                .map(Sign::protocol)
                .findFirst()
                .orElse(null);
    }
}
