package ekiden.mail.spool;

/**
 * Limits of the spool.
 *
 * @param bufferBytes what is gathered before the disk is called; one buffer for each mail being written
 * @param idleBuffers how many of those are kept for the next mails
 * @param headerBytes the longest header, which is as long as its recipients
 * @param openings an entry found at start with so many opening marks goes to quarantine
 */
public record SpoolLimits(int bufferBytes, int idleBuffers, int headerBytes, int openings) {
    /** 128 KiB · 16 · 1 MiB · twice. */
    public static final SpoolLimits DEFAULT = new SpoolLimits(128 << 10, 16, 1 << 20, 2);

    /** Refuses what would not work at all. */
    public SpoolLimits {
        if (bufferBytes < 1 || idleBuffers < 0 || headerBytes < 1 || openings < 1) {
            throw new IllegalArgumentException("limits of the spool must be positive");
        }
    }
}
