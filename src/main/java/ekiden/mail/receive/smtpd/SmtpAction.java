package ekiden.mail.receive.smtpd;

import ekiden.mail.spool.SpoolRecipient;
import java.util.List;

/** What the session wants done, in this order, by who has the socket and the spool. */
sealed interface SmtpAction {
    /** Tell the client; one or more whole lines, each with its CRLF. */
    record Reply(String lines) implements SmtpAction {}

    /** Begin an entry in the spool, then tell {@link SmtpSession#begun}. */
    record Begin(String sender, List<SpoolRecipient> recipients, String helo, String protocol) implements SmtpAction {}

    /** Read dotted lines into the entry, up to CRLF . CRLF, then tell {@link SmtpSession#received}. */
    record ReadDotted() implements SmtpAction {}

    /** Read so many bytes into the entry, then tell {@link SmtpSession#received}. */
    record ReadChunk(long bytes) implements SmtpAction {}

    /** Tell the listener that a mail was refused for its size before any of it came. */
    record TellTooLarge() implements SmtpAction {}

    /** Read so many bytes and drop them. */
    record Swallow(long bytes) implements SmtpAction {}

    /** Remove the entry that was begun, if any. */
    record Abandon() implements SmtpAction {}

    /** Finish the entry and hand it on, then tell {@link SmtpSession#answered}. */
    record Deliver() implements SmtpAction {}

    /** Send what was replied, forget what was read, shake hands, then tell {@link SmtpSession#secured}. */
    record StartTls() implements SmtpAction {}

    /** Send what was replied and hang up. */
    record Close() implements SmtpAction {}
}
