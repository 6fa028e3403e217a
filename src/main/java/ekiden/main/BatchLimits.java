package ekiden.main;

/**
 * How much one batch holds.
 *
 * @param mails most mails of one file: their ids are held in memory
 * @param lineBytes longest line
 * @param unreachable so many mails in a row may fail because the server cannot be reached; then the rest is left for the next call
 * @param bytesInHand of lines that are read ahead and being sent; a longer line goes alone
 * @param told so many problems are told; the results have all
 */
record BatchLimits(int mails, int lineBytes, int unreachable, long bytesInHand, int told) {
    /** 500 000 mails, 16 MiB a line, 3 mails, 32 MiB, 20 messages. */
    static final BatchLimits DEFAULT = new BatchLimits(500_000, 16 << 20, 3, 32L << 20, 20);
}
