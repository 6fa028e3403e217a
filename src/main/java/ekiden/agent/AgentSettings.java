package ekiden.agent;

import ekiden.base.BackOff;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings and limits of an agent.
 *
 * @param attempts folder of the attempts, absolute
 * @param reports folder of the report queue, absolute
 * @param files folder below which runs of this home have their files, absolute
 * @param canaries folder of what is kept of canary mails, absolute
 * @param askAgain how long an answer of the manager is waited for before it is asked again
 * @param retry pause before disk work that failed for want of room is tried again
 * @param sweep how often the manager is asked for work that may have been lost on the way
 * @param commands commands that run at the same time; more wait
 * @param sendRetries how often a mail is tried again after a failure in which nothing can have been delivered
 * @param sendRetryInterval pause between these
 * @param killGrace time between the polite and the final end of a command
 * @param startGrace time a wrapper has to note its start before its start counts as unprovable
 * @param retests how often mails are matched again because a watch joined meanwhile
 * @param reportsAtOnce reports on their way at the same time
 * @param output bytes that are kept of each output stream of a command: the first half and the last half
 * @param openingBytes text bytes of all mails that are open at the same time; a larger mail is open alone
 * @param openingPatience how long a mail waits for that room before it is tried again later
 * @param keptText characters of a mail's text that are kept while its verdict is waited for; a longer one is read again where needed
 * @param shortLooks looks a second, of all readers together, that may follow a pause of less than ten seconds
 * @param restingLooks looks a second, of all readers together, at folders where nothing happens
 * @param proofTime for questions to the DNS in one look at a folder, or one try of a mail of our own
 * @param proofPause the longest pause before a mail, of which it cannot be known from whom it is, is tried again
 * @param proofTold from so long on people are told of such a mail
 * @param freeSpace bytes that should be free where the home is and where files are saved; 0 for no alarm
 */
public record AgentSettings(
        Path attempts,
        Path reports,
        Path files,
        Path canaries,
        Duration askAgain,
        Duration retry,
        Duration sweep,
        int commands,
        int sendRetries,
        Duration sendRetryInterval,
        Duration killGrace,
        Duration startGrace,
        int retests,
        int reportsAtOnce,
        long output,
        int openingBytes,
        Duration openingPatience,
        int keptText,
        int shortLooks,
        int restingLooks,
        Duration proofTime,
        Duration proofPause,
        Duration proofTold,
        long freeSpace) {
    private static final int MOST_DOUBLINGS = 10;

    /**
     * The defaults below a home.
     *
     * @param home the agent's home, absolute
     * @return the settings
     */
    public static AgentSettings defaults(Path home) {
        return new AgentSettings(
                home.resolve("attempts"),
                home.resolve("reports"),
                home.resolve("files"),
                home.resolve("canaries"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                16,
                3,
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofSeconds(2),
                100,
                256,
                10 << 20,
                16 << 20,
                Duration.ofSeconds(60),
                64 << 10,
                200,
                4,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                1 << 30);
    }

    /**
     * @param newCommands commands that run at the same time
     * @param newSendRetries how often a mail is tried again
     * @param newSendRetryInterval pause between these
     * @param newFreeSpace bytes that should be free
     * @return these settings with those
     */
    public AgentSettings with(int newCommands, int newSendRetries, Duration newSendRetryInterval, long newFreeSpace) {
        return new AgentSettings(
                attempts,
                reports,
                files,
                canaries,
                askAgain,
                retry,
                sweep,
                newCommands,
                newSendRetries,
                newSendRetryInterval,
                killGrace,
                startGrace,
                retests,
                reportsAtOnce,
                output,
                openingBytes,
                openingPatience,
                keptText,
                shortLooks,
                restingLooks,
                proofTime,
                proofPause,
                proofTold,
                newFreeSpace);
    }

    /**
     * How long to wait before a mail, of which it cannot be known from whom it is, is tried again.
     *
     * @param tries how often it was tried before this time, from 0
     * @return {@link #retry}, doubled each time, at most {@link #proofPause}
     */
    Duration proofPause(int tries) {
        return BackOff.doubled(retry, Math.min(tries, MOST_DOUBLINGS), proofPause);
    }
}
