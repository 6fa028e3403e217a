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
        words[(int) (hash >>> shift)] |= (1L << (hash >>> 36)) | (1L << (hash >>> 30));
    }

    /** {@return 1 where it may have the hash, 0 where it has not} */
    long one(long hash) {
        // that the place is masked says to the compiler that it lies in the array
        long word = words[(int) (hash >>> shift) & (words.length - 1)];
        return (word >>> (hash >>> 36)) & (word >>> (hash >>> 30)) & 1;
    }
}
