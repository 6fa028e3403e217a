package ekiden.mail.mime;

/** What of one mail S/MIME may still be handed. Used by one thread. */
final class SmimeRoom {
    private final OpeningLimits limits;
    private final long mailBytes;
    private int wrappings;
    private int wrappedBytes;
    private long signedBytes;

    /**
     * @param limits how much there is at first
     * @param mailBytes size of the mail: each of its bytes may be signed once without counting
     */
    SmimeRoom(OpeningLimits limits, long mailBytes) {
        this.limits = limits;
        this.mailBytes = mailBytes;
    }

    /**
     * Takes room for a wrapping or a signature.
     *
     * @param leaf which
     * @param signed bytes that a signature stands for; 0 for a wrapping
     * @return whether there was enough
     */
    boolean take(Leaf leaf, long signed) {
        boolean enough = leaf.size() <= Math.min(limits.smimeBytes(), limits.wrappedBytes() - wrappedBytes)
                && wrappings < limits.wrappings()
                && signedBytes + signed <= mailBytes + limits.signedBytes();
        if (enough) {
            wrappings++;
            wrappedBytes += (int) leaf.size();
            signedBytes += signed;
        }
        return enough;
    }
}
