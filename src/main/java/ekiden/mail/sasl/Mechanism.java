package ekiden.mail.sasl;

import org.jspecify.annotations.Nullable;

/** One exchange of one mechanism; used once, by one thread. */
public interface Mechanism {
    /** {@return its registered name, for example {@code SCRAM-SHA-256}} */
    String name();

    /** {@return what the client says first, or null where the server speaks first} */
    byte @Nullable [] first();

    /**
     * @param challenge what the server said
     * @return the answer, or why there is none
     */
    Step next(byte[] challenge);

    /** {@return whether this side has all it needs to believe a server that says yes} */
    boolean done();

    /** {@return what the server told about a refusal inside the exchange: a word of its protocol, never a secret; empty for nothing} */
    default String refusal() {
        return "";
    }

    /** What a challenge is met with. */
    sealed interface Step {}

    /** Goes on. */
    final class Answer implements Step {
        private final byte[] bytes;

        /**
         * @param bytes to the server, possibly none; not touched afterwards
         */
        public Answer(byte[] bytes) {
            this.bytes = bytes;
        }

        /** {@return what goes to the server} */
        public byte[] bytes() {
            return bytes;
        }
    }

    /**
     * The exchange must end: what came is not of this mechanism, or the server did not prove that it knows the secret.
     *
     * @param reason for people
     */
    record Wrong(String reason) implements Step {}
}
