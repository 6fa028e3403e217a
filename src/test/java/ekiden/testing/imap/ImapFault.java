package ekiden.testing.imap;

import java.util.Locale;

/** What an IMAP server, or the network before it, can do wrong or lack. */
public enum ImapFault {
    /** Accepts the connection and never says a word. */
    HALF_OPEN,
    /** Ends the connection instead of answering. */
    DROP,
    /** Never answers. */
    STALL,
    /** BYE instead of an answer. */
    BYE,
    /** NO with OVERQUOTA. */
    OVERQUOTA,
    /** NO with LIMIT. */
    LIMIT,
    /** NO with UNAVAILABLE. */
    UNAVAILABLE,
    /** NO with what the client has logged in with, as it is and in Base64, in the code and in the words. */
    QUOTE_LOGIN,
    /** Ends the connection in the middle of a body. */
    CUT_LITERAL,
    /** Stops in the middle of a body, and keeps the connection. */
    STALL_LITERAL,
    /** Puts the UID behind the body. */
    UID_AFTER_BODY,
    /** Names another UID than the one asked for. */
    LIE_ABOUT_UIDS,
    /** Sends a mail twice. */
    TWICE,
    /** A mail is found and cannot be fetched yet; once for each mail. */
    ANNOUNCE_EARLY,
    /** Another client removes a mail while it is fetched. */
    EXPUNGE_IN_FETCH,
    /** Tells a new UIDVALIDITY in mid-session. */
    NEW_UIDVALIDITY,
    /** All mails get new UIDs and the folder a new UIDVALIDITY when it is opened. */
    RENUMBER,
    /** One byte at a time. */
    ONE_BYTE,
    /** Answers of pipelined commands change places. */
    OUT_OF_ORDER,
    /** Offers no IDLE. */
    NO_IDLE,
    /** Offers IDLE and says BAD to it. */
    BAD_IDLE,
    /** Says OK to IDLE instead of going on with it. */
    OK_TO_IDLE,
    /** Ends each IDLE as soon as it has begun. */
    BRIEF_IDLE,
    /** Offers no UIDPLUS. */
    NO_UIDPLUS,
    /** Offers no MOVE. */
    NO_MOVE,
    /** Offers no ESEARCH. */
    NO_ESEARCH,
    /** Answers COPY without COPYUID. */
    NO_COPYUID,
    /** Has no UIDVALIDITY. */
    NO_UIDVALIDITY,
    /** Opens every folder for reading only. */
    READ_ONLY,
    /** Greets like a POP3 server. */
    POP3,
    /** Greets like an SMTP server. */
    SMTP,
    /** Answers like an HTTP server, when asked. */
    HTTP,
    /** Greets with BYE. */
    BYE_AT_ONCE,
    /** Greets with PREAUTH. */
    PREAUTH,
    /** Says more than the answer before TLS begins. */
    INJECT_BEFORE_TLS,
    /** A line without end. */
    ENDLESS_LINE,
    /** Answers without end. */
    ENDLESS_ANSWERS,
    /** Says something again and again, slowly, and never ends the command. */
    TRICKLE;

    /** {@return its name on a command line, for example {@code cut-literal}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * @param word its name on a command line
     * @return the fault
     * @throws IllegalArgumentException when there is none of that name
     */
    public static ImapFault of(String word) {
        return valueOf(word.strip().toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
