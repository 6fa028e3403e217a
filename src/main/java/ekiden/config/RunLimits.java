package ekiden.config;

/**
 * Bounds of the work.
 *
 * @param commands command jobs that run at the same time
 * @param commandOutput bytes of a command's output that are kept
 * @param queuedRuns runs of one jobnet that may wait for the one before
 */
public record RunLimits(int commands, long commandOutput, int queuedRuns) {
    /** 16 commands, 16 MiB, 10,000 runs. */
    public static final RunLimits DEFAULT = new RunLimits(16, 16L * 1024 * 1024, 10_000);

    static final int MOST_COMMANDS = 1_000;
    static final long MOST_OUTPUT = 1024L * 1024 * 1024;
    static final int MOST_QUEUED = 1_000_000;
}
