package ekiden.wait;

/** How many mails are asked for at a time: as many as make a bounded number of bytes, judged by the last ones. */
final class Portion {
    private static final int FIRST = 16;
    private static final int LARGEST = 2_000;

    private final long bytes;
    private int mails = FIRST;

    /** @param bytes so many are wanted at a time */
    Portion(long bytes) {
        this.bytes = bytes;
    }

    int mails() {
        return mails;
    }

    void judge(Bodies last) {
        long came = Math.max(1, last.whole().size());
        long mean = Math.max(1, last.bytes() / came);
        mails = (int) Math.max(1, Math.min(LARGEST, bytes / mean));
    }

    /** Nothing is known of the mails that come now. */
    void begin() {
        mails = FIRST;
    }
}
