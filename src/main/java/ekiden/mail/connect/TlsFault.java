package ekiden.mail.connect;

/**
 * Why there is no TLS.
 *
 * @param why what is wrong
 * @param words the JDK's, for people who know TLS; one line
 */
public record TlsFault(Why why, String words) {
    /** What is wrong. */
    public enum Why {
        /** The certificates of the settings cannot be read. */
        CA_UNREADABLE,
        /** The server's certificate has run out, or does not hold yet. */
        EXPIRED,
        /** It is one for another name. */
        OTHER_NAME,
        /** Nobody we believe vouches for it. */
        UNTRUSTED,
        /** The other side does not speak TLS. */
        NOT_TLS,
        /** No agreement on version, cipher or the like. */
        HANDSHAKE
    }

    /** {@return whether the certificate is what is wrong} */
    public boolean certificate() {
        return why == Why.EXPIRED || why == Why.OTHER_NAME || why == Why.UNTRUSTED;
    }
}
