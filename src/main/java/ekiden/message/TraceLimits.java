package ekiden.message;

/**
 * Bounds of the trace log.
 *
 * @param files how many files are written in turn
 * @param fileBytes after how many bytes the next one is begun
 * @param waiting records that may wait to be written; more are dropped and counted
 * @param textLength of one record, in UTF-16 units
 */
public record TraceLimits(int files, long fileBytes, int waiting, int textLength) {
    /** Four files of 4 MiB, 10,000 records, 2,000 characters. */
    public static final TraceLimits DEFAULT = new TraceLimits(4, 4 * 1024 * 1024, 10_000, 2_000);
}
