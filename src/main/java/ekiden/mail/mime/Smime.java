package ekiden.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Opens S/MIME (RFC 8551) and checks its signatures. Never throws for what a mail holds. Safe from any thread. */
public interface Smime {
    /** What was signed apart from its signature. */
    @FunctionalInterface
    interface Content {
        /**
         * Opens it; called more than once.
         *
         * @return its bytes
         * @throws IOException when the mail cannot be read
         */
        InputStream open() throws IOException;
    }

    /** What came of opening a wrapping. */
    sealed interface Opened {
        /** It is open. */
        final class Inside implements Opened {
            private final byte[] bytes;
            private final List<Signature> signatures;

            /**
             * @param bytes the part of a mail that was in it, with its header; not copied
             * @param signatures who signed it; empty where it was encrypted only
             */
            public Inside(byte[] bytes, List<Signature> signatures) {
                this.bytes = bytes;
                this.signatures = List.copyOf(signatures);
            }

            /** {@return the part of a mail that was in it; not to be changed} */
            public byte[] bytes() {
                return bytes;
            }

            /** {@return who signed it} */
            public List<Signature> signatures() {
                return signatures;
            }
        }

        /** It is encrypted for others, or for a key that was not given. */
        record Locked() implements Opened {}

        /** It is damaged, of a kind that is not known, or holds no part of a mail. */
        record Unknown() implements Opened {}
    }

    /** {@return the same for one mail, where its limits count for all that is in it} */
    default Smime forOneMail() {
        return this;
    }

    /**
     * Opens {@code application/pkcs7-mime}.
     *
     * @param wrapped its decoded bytes
     * @return what is in it
     */
    Opened open(byte[] wrapped);

    /**
     * Checks {@code multipart/signed}.
     *
     * @param content the part that was signed, as it stands in the mail
     * @param signature the decoded {@code application/pkcs7-signature}
     * @return who signed it
     * @throws IOException when the mail cannot be read
     */
    List<Signature> check(Content content, byte[] signature) throws IOException;
}
