package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Response.Code;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a refusal means: a literal table over the response codes (RFC 5530, RFC 3501 §7.1) and, where there is none, over words that servers are
 * known to use. Words can only make a cause more exact, never turn a code round.
 */
final class Causes {
    /** For what the server was asked. */
    enum Asked {
        /** Anything before the log-in. */
        HELLO,
        /** To log in. */
        LOGIN,
        /** To open the folder. */
        FOLDER,
        /** To search or fetch. */
        READ,
        /** To change flags. */
        FLAGS,
        /** To copy or move to another folder. */
        TARGET,
        /** To remove. */
        REMOVE
    }

    private record Words(ReceiveMessage message, List<String> any) {}

    private static final List<Words> BUSY = List.of(new Words(
            ReceiveMessage.NOT_NOW,
            List.of(
                    "too many",
                    "overquota",
                    "rate limit",
                    "bandwidth limit",
                    "command or bandwidth",
                    "throttl",
                    "try again",
                    "temporar",
                    "server busy",
                    "server unavailable",
                    "server error",
                    "maximum number of connections",
                    "connection limit",
                    "limit exceeded",
                    "in use")));

    private static final List<Words> ACCOUNT = List.of(
            new Words(
                    ReceiveMessage.DISABLED,
                    List.of(
                            "authenticated but not connected",
                            "account has been disabled",
                            "account is disabled",
                            "account disabled",
                            "account is locked",
                            "account has been locked",
                            "account suspended",
                            "account is suspended",
                            "not enabled for imap",
                            "imap access is disabled",
                            "imap is disabled",
                            "imap disabled",
                            "domain policy",
                            "not licensed",
                            "license",
                            "mailbox is disabled",
                            "basicauthblocked",
                            "basic authentication is disabled",
                            "password has expired",
                            "password expired")),
            new Words(ReceiveMessage.CLEAR_PASSWORD, List.of("plaintext authentication disallowed", "encrypt")));

    private Causes() {}

    /** A NO or BAD to a command. */
    static ReceiveMessage of(Asked asked, Code code, String text) {
        ReceiveMessage byCode = byCode(asked, code.name());
        if (byCode != null) {
            return byCode;
        }
        ReceiveMessage byWords = asked == Asked.LOGIN || asked == Asked.FOLDER ? words(ACCOUNT, text) : null;
        byWords = byWords == null ? words(BUSY, text) : byWords;
        if (byWords != null) {
            return byWords;
        }
        return switch (asked) {
            case LOGIN -> ReceiveMessage.LOGIN_REFUSED;
            case FOLDER -> ReceiveMessage.NO_FOLDER;
            case HELLO, READ, FLAGS, TARGET, REMOVE -> ReceiveMessage.REFUSED;
        };
    }

    /** A BYE: the server ends the session, for good reasons or for none. */
    static ReceiveMessage ofBye(Code code, String text) {
        ReceiveMessage byCode = byCode(Asked.HELLO, code.name());
        boolean limit = byCode == ReceiveMessage.NOT_NOW && !code.is("UNAVAILABLE");
        return limit || words(BUSY, text) != null ? ReceiveMessage.NOT_NOW : ReceiveMessage.CLOSING;
    }

    private static @Nullable ReceiveMessage byCode(Asked asked, String code) {
        return switch (code) {
            case "UNAVAILABLE", "LIMIT", "OVERQUOTA", "INUSE", "SERVERBUG", "THROTTLED" -> ReceiveMessage.NOT_NOW;
            case "AUTHENTICATIONFAILED" -> ReceiveMessage.LOGIN_REFUSED;
            case "AUTHORIZATIONFAILED", "EXPIRED" -> ReceiveMessage.DISABLED;
            case "CONTACTADMIN" ->
                asked == Asked.LOGIN || asked == Asked.FOLDER ? ReceiveMessage.DISABLED : ReceiveMessage.REFUSED;
            case "PRIVACYREQUIRED" -> ReceiveMessage.CLEAR_PASSWORD;
            case "NONEXISTENT" -> asked == Asked.TARGET ? ReceiveMessage.NO_TARGET : ReceiveMessage.NO_FOLDER;
            case "TRYCREATE" -> ReceiveMessage.NO_TARGET;
            case "NOPERM" -> noPermission(asked);
            case "READ-ONLY" -> ReceiveMessage.READ_ONLY;
            case "CANNOT" -> asked == Asked.TARGET ? ReceiveMessage.NO_TARGET : ReceiveMessage.REFUSED;
            default -> null;
        };
    }

    private static ReceiveMessage noPermission(Asked asked) {
        return switch (asked) {
            case LOGIN -> ReceiveMessage.DISABLED;
            case FOLDER -> ReceiveMessage.NO_FOLDER;
            case FLAGS, REMOVE -> ReceiveMessage.READ_ONLY;
            case TARGET -> ReceiveMessage.NO_TARGET;
            case HELLO, READ -> ReceiveMessage.REFUSED;
        };
    }

    private static @Nullable ReceiveMessage words(List<Words> table, String text) {
        String said = text.toLowerCase(Locale.ROOT);
        for (Words row : table) {
            if (row.any().stream().anyMatch(said::contains)) {
                return row.message();
            }
        }
        return null;
    }
}
