package ekiden.wait;

import java.time.Duration;

/**
 * Limits of a call that waits.
 *
 * @param batchMails mails that are handled together at most
 * @param batchBytes bytes of the mails of a batch that are held in memory
 * @param segmentBytes the pieces of memory in which they lie; a larger mail has one of its own
 * @param batchesAhead batches that wait for the next step; beyond that the mailbox is not read on
 * @param inMemoryBytes a larger mail goes to a file while it is handled
 * @param aheadBytes bytes that are asked for by one request to the mailbox
 * @param journalBytes a journal longer than this, and twice as long as it need be, is written anew
 * @param recordBytes the longest line of a journal
 * @param openings a mail during whose parsing a process ended so often is tried in a process of its own first
 * @param openingsAtMost and one with so many is not parsed again, whatever its trial would say
 * @param joinWindow how long an equal submission to the listener is the same mail
 * @param joinWindowUndated the same for mails without Message-ID and Date
 * @param look how long the mailbox is trusted to tell of new mail by itself
 * @param retry pause before a mailbox that cannot be reached is tried again, at first
 * @param retryMost and at most
 */
public record WaitLimits(
        int batchMails,
        int batchBytes,
        int segmentBytes,
        int batchesAhead,
        int inMemoryBytes,
        int aheadBytes,
        int journalBytes,
        int recordBytes,
        int openings,
        int openingsAtMost,
        Duration joinWindow,
        Duration joinWindowUndated,
        Duration look,
        Duration retry,
        Duration retryMost) {
    /** The defaults. */
    public static final WaitLimits DEFAULT = new WaitLimits(
            250,
            4 << 20,
            1 << 20,
            1,
            2 << 20,
            64 << 20,
            1 << 20,
            64 << 20,
            2,
            6,
            Duration.ofDays(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofSeconds(1),
            Duration.ofSeconds(60));

    /**
     * @param more when a mail is not parsed again
     * @return these limits with that
     */
    WaitLimits withOpenings(int more) {
        return new WaitLimits(
                batchMails,
                batchBytes,
                segmentBytes,
                batchesAhead,
                inMemoryBytes,
                aheadBytes,
                journalBytes,
                recordBytes,
                more,
                Math.max(more, openingsAtMost),
                joinWindow,
                joinWindowUndated,
                look,
                retry,
                retryMost);
    }

    /**
     * @param bytes when a journal is written anew
     * @return these limits with that
     */
    WaitLimits withJournalBytes(int bytes) {
        return new WaitLimits(
                batchMails,
                batchBytes,
                segmentBytes,
                batchesAhead,
                inMemoryBytes,
                aheadBytes,
                bytes,
                recordBytes,
                openings,
                openingsAtMost,
                joinWindow,
                joinWindowUndated,
                look,
                retry,
                retryMost);
    }
}
