package ekiden.mail.spool;

/**
 * Limits of the spool.
 *
 * @param bufferBytes what is gathered before the disk is called; one buffer for each mail being written
 * @param idleBuffers how many of those are kept for the next mails
 * @param headerBytes the longest header, which is as long as its recipients
 * @param openings an entry found at start with so many opening marks is suspect: it is tried apart before it is opened again
 * @param openingsAtMost an entry found at start with so many opening marks goes to quarantine, whatever its trial would say
 */
public record SpoolLimits(int bufferBytes, int idleBuffers, int headerBytes, int openings, int openingsAtMost) {
    /** 128 KiB · 16 · 1 MiB · twice · six times. */
    public static final SpoolLimits DEFAULT = new SpoolLimits(128 << 10, 16, 1 << 20, 2, 6);

    /** Refuses what would not work at all. */
    public SpoolLimits {
        if (bufferBytes < 1 || idleBuffers < 0 || headerBytes < 1 || openings < 1 || openingsAtMost < openings) {
            throw new IllegalArgumentException("limits of the spool must be positive");
        }
    }
}
