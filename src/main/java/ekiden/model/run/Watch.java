package ekiden.model.run;

import ekiden.model.definition.ReceiveMail;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A watch instance: what waits for mail. Either a start condition (its id names the definition) or one attempt of a receive-mail
 * job. A new one is first tested against mails that the catalogue holds already, then joins the stream.
 *
 * @param id {@code start/DEFINITION} or {@code job/RUN/JOB/ATTEMPT}
 * @param unit the jobnet
 * @param definition the version of the definition
 * @param attempt the attempt that waits, or null for a start condition
 * @param rule what it waits for
 * @param created when it began to wait; the older goes first
 * @param bornAt the newest mail of the mailbox at that time; later mails are tested whoever else has claimed them
 * @param testedUpTo the newest mail it was tested against while not joined
 * @param joined whether it is in the stream
 * @param left how many mails it takes still, or null where that is not limited (a job's watch is closed by its run)
 */
public record Watch(
        String id,
        String unit,
        UUID definition,
        @Nullable AttemptId attempt,
        ReceiveMail rule,
        Instant created,
        long bornAt,
        long testedUpTo,
        boolean joined,
        @Nullable Integer left) {

    /**
     * @param definition a version of a definition
     * @return the id of its start condition's watch
     */
    public static String startId(UUID definition) {
        return "start/" + definition;
    }

    /**
     * @param attempt an attempt of a receive-mail job
     * @return the id of its watch
     */
    public static String jobId(AttemptId attempt) {
        return "job/" + attempt;
    }

    /**
     * @param more how many mails it takes still
     * @return this watch with that
     */
    public Watch left(int more) {
        return new Watch(id, unit, definition, attempt, rule, created, bornAt, testedUpTo, joined, more);
    }

    /** {@return the mailbox that is watched} */
    public String mailbox() {
        return rule.profile();
    }
}
