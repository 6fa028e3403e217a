package ekiden.mail.receive;

/** Takes the bytes of mails as they come from the server, on the thread that fetches. */
public interface BodySink {
    /**
     * A mail begins.
     *
     * @param uid which
     * @param size bytes that the server announces; exact for what follows
     * @return takes its bytes
     */
    Body begin(long uid, long size);

    /** The bytes of one mail. Exactly one of {@link #end} and {@link #cut} is called, last. */
    interface Body {
        /**
         * @param bytes holds bytes of the mail only until the call returns
         * @param from the first of them
         * @param length how many
         */
        void write(byte[] bytes, int from, int length);

        /** All bytes came. */
        void end();

        /** The connection ended, or the wait for it did, before all bytes came. */
        void cut();
    }
}
