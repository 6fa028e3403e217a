package ekiden.mail.match;

/** Hashes of runs, with some more that were never added: two bits of one word for each. Small enough to stay near the processor. Written only while it is built. */
final class GramFilter {
    /** For each hash, of which it sets two: of the places of a text that has none of them one of seventy is looked at in vain. */
    private static final int BITS = 16;

    private final long[] words;
    private final int shift;

    /** @param count how many are added at most */
    GramFilter(int count) {
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(2 * Long.SIZE, count * BITS) - 1);
        this.words = new long[1 << (bits - 6)];
        this.shift = Long.SIZE - (bits - 6);
    }

    void add(long hash) {
        words[(int) (hash >>> shift)] |= bits(hash);
    }

    /** {@return 1 where it may have the hash, 0 where it has not} */
    int one(long hash) {
        long missing = bits(hash) & ~words[(int) (hash >>> shift)];
        return 1 + (int) ((missing | -missing) >> (Long.SIZE - 1));
    }

    /** Which bits of its word a hash has; the word is told by higher ones. */
    private static long bits(long hash) {
        return (1L << (hash >>> 36)) | (1L << (hash >>> 30));
    }
}
