package ekiden.mail.profile;

/** How a connection is protected. */
public enum Security {
    /** TLS from the first byte. */
    IMPLICIT,
    /** TLS after STARTTLS, without which nothing is sent. */
    STARTTLS,
    /** Not at all. */
    NONE
}
