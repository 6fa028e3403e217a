package ekiden.mail.sasl;

/**
 * What a server may ask of SCRAM.
 *
 * @param leastIterations fewer would let a false server guess the password from one exchange (RFC 5802 §4: at least 4096)
 * @param mostIterations more would keep this side busy
 * @param messageBytes longest message of the server
 */
public record ScramLimits(int leastIterations, int mostIterations, int messageBytes) {
    /** 4096, 1,000,000 iterations; 4096 bytes. */
    public static final ScramLimits DEFAULT = new ScramLimits(4096, 1_000_000, 4096);
}
