package ekiden.mail.dkim;

import java.time.Duration;

/**
 * What one mail may cost.
 *
 * @param headerBytes a longer header is not verified, in bytes
 * @param signatures only so many signatures are looked at, from the top; each may cost one question to the DNS
 * @param keyBits a longer RSA key does not count, in bits
 * @param answer for one question to the DNS, all servers and tries together
 * @param answers of the DNS that are kept, for as long as each may be
 * @param silence for so long a name for which there was no answer is not asked about again
 */
public record DkimLimits(int headerBytes, int signatures, int keyBits, Duration answer, int answers, Duration silence) {
    /** The defaults. */
    public static final DkimLimits DEFAULT =
            new DkimLimits(1 << 20, 5, 8192, Duration.ofSeconds(5), 1000, Duration.ofSeconds(5));

    /** A shorter RSA key does not count, in bits (RFC 8301 §3.2). */
    static final int LEAST_KEY_BITS = 1024;

    public DkimLimits {
        if (headerBytes < 1 || signatures < 1 || keyBits < LEAST_KEY_BITS) {
            throw new IllegalArgumentException("a limit below its least value");
        }
    }
}
