package ekiden.base;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * UUIDs of version 7 (RFC 9562 §5.7): a millisecond clock in front, so that they sort by age.
 *
 * <p>Pure code never draws one: a command brings its id, and {@link #derive} makes further ones from it, the same every
 * time it is decided again. Safe from any thread.
 */
public final class Ids {
    private final Clock clock;
    private final RandomGenerator random;

    /** Made when the first id is drawn: the JDK takes 12 ms to find its kinds of randomness. */
    private static final class Secret {
        private static final SecureRandom RANDOM = new SecureRandom();
    }

    /**
     * @param clock where the millisecond part comes from
     */
    public Ids(Clock clock) {
        this(clock, () -> Secret.RANDOM.nextLong());
    }

    /**
     * @param clock where the millisecond part comes from
     * @param random where the rest comes from; one that is not secret only where ids are no secret either
     */
    public Ids(Clock clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    /** {@return a new id} */
    public UUID next() {
        return version7(clock.now().toEpochMilli(), random.nextLong(), random.nextLong());
    }

    /**
     * An id that follows from another one.
     *
     * @param parent the id it follows from
     * @param what distinguishes the children of one parent
     * @param at its millisecond part
     * @return always the same id for the same arguments
     */
    public static UUID derive(UUID parent, String what, Instant at) {
        byte[] hash = Sha256.begin().digest((parent + " " + what).getBytes(StandardCharsets.UTF_8));
        return version7(at.toEpochMilli(), longAt(hash, 0), longAt(hash, 8));
    }

    /**
     * @param id an id
     * @return the millisecond that is written in it; the epoch where it is of another version
     */
    public static Instant time(UUID id) {
        return id.version() == 7 ? Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16) : Instant.EPOCH;
    }

    private static UUID version7(long millis, long a, long b) {
        long high = (millis << 16) | 0x7000L | (a & 0x0fffL);
        long low = 0x8000_0000_0000_0000L | (b & 0x3fff_ffff_ffff_ffffL);
        return new UUID(high, low);
    }

    private static long longAt(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + 8; i++) {
            value = (value << 8) | (bytes[i] & 0xffL);
        }
        return value;
    }
}
