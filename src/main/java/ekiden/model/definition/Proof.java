package ekiden.model.definition;

/** What shows that a mail is from whom it says. */
public sealed interface Proof {
    /**
     * What a server can find when it takes a mail. Whether its word counts or it is verified here says the profile.
     *
     * @param method what must have passed
     */
    record ByServer(Method method) implements Proof {
        @Override
        public Kind kind() {
            return switch (method) {
                case DKIM -> Kind.DKIM;
                case DMARC -> Kind.DMARC;
                case SPF -> Kind.SPF;
            };
        }
    }

    /** The author himself has signed the whole mail (RFC 8551), and the profile's trust store vouches for him: verified here. */
    record BySigner() implements Proof {
        @Override
        public Kind kind() {
            return Kind.SMIME;
        }
    }

    /** What a server can find (RFC 8601 §2.7). */
    enum Method {
        /** A signature of a domain. */
        DKIM,
        /** The domain of the From address stands behind the mail. */
        DMARC,
        /** The domain of the envelope sender lets the sending server send. */
        SPF
    }

    /** All of them, by the words of definitions. */
    enum Kind {
        /** A signature of the author's domain, or one above it (RFC 6376). */
        DKIM,
        /** The author's domain says what its mails must show (RFC 7489), and this one does. */
        DMARC,
        /** The domain of the envelope sender lets the sending server send (RFC 7208); nobody can verify it afterwards. */
        SPF,
        /** A signature of the author (RFC 8551). */
        SMIME;

        /** {@return the proof} */
        public Proof proof() {
            return switch (this) {
                case DKIM -> new ByServer(Method.DKIM);
                case DMARC -> new ByServer(Method.DMARC);
                case SPF -> new ByServer(Method.SPF);
                case SMIME -> new BySigner();
            };
        }
    }

    /** {@return which} */
    Kind kind();
}
