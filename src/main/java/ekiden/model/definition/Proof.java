package ekiden.model.definition;

/** What shows that a mail is from whom it says. Who else can show it stands here, too, once it can be asked for. */
public sealed interface Proof {
    /**
     * The mailbox's own server has found so, and wrote it into an Authentication-Results field (RFC 8601) under the name that the
     * profile trusts.
     *
     * @param method what must have passed
     */
    record ByServer(Method method) implements Proof {}

    /** What a server can find (RFC 8601 §2.7). */
    enum Method {
        /** A signature of a domain. */
        DKIM,
        /** The domain of the From address stands behind the mail. */
        DMARC,
        /** The domain of the envelope sender lets the sending server send. */
        SPF
    }
}
