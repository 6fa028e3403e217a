package ekiden.mail.profile;

/** How a mailbox or a mail server is logged in to. */
public enum Authentication {
    /** The best the server offers: for a token OAUTHBEARER, XOAUTH2; for a password SCRAM-SHA-256, SCRAM-SHA-1, PLAIN, LOGIN, the command LOGIN. */
    AUTO,
    /** RFC 4616. */
    PLAIN,
    /** SASL LOGIN, or the protocol's own command where the server has no SASL LOGIN. */
    LOGIN,
    /** RFC 7677. */
    SCRAM_SHA_256,
    /** RFC 5802. */
    SCRAM_SHA_1,
    /** A token, as Gmail and Exchange Online have it. */
    XOAUTH2,
    /** A token, RFC 7628. */
    OAUTHBEARER
}
