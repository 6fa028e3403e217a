package ekiden.mail.receive.imap;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One answer of a server, or one thing it tells unasked (RFC 3501 §7). What is large was handed on while it was read. */
sealed interface Response {
    /** The five words of RFC 3501 §7.1. */
    enum Status {
        OK,
        NO,
        BAD,
        BYE,
        PREAUTH
    }

    /**
     * A response code (RFC 3501 §7.1, RFC 5530).
     *
     * @param name upper case, empty for none
     * @param arguments what follows it inside the brackets
     */
    record Code(String name, String arguments) {
        static final Code NONE = new Code("", "");

        boolean is(String wanted) {
            return name.equals(wanted);
        }
    }

    /** The server waits for more. */
    record Continue(String text) implements Response {}

    /** A command has come to its end. */
    record Tagged(String tag, Status status, Code code, String text) implements Response {}

    /** A status that belongs to no command. */
    record Untagged(Status status, Code code, String text) implements Response {}

    /** So many mails are in the folder. */
    record Exists(long count) implements Response {}

    /** One mail is gone. */
    record Expunged(long number) implements Response {}

    /** What the server offers; upper case. */
    record Capabilities(Set<String> names) implements Response {}

    /** A folder. The name is as it was on the wire, the separator empty for none. */
    record Listed(Set<String> attributes, String separator, String name) implements Response {}

    /** What the server calls itself (RFC 2971). */
    record Identified(Map<String, String> fields) implements Response {}

    /** What was told of a mail. */
    record Fetched(MailData mail) implements Response {}

    /** A search's hits, which were handed on. The tag is that of the command, null where the server did not say. */
    record Searched(@Nullable String tag) implements Response {}

    /** What we may do with a folder (RFC 4314). */
    record Rights(String letters) implements Response {}

    /** Something that does not matter here. */
    record Other(String word) implements Response {}
}
