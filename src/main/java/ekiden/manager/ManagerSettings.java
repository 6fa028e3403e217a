package ekiden.manager;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Settings and limits of a manager.
 *
 * @param agent the name of the agent that does the work
 * @param files the folder below which runs have their files, absolute
 * @param attempts the folder below which the agent keeps attempts, absolute
 * @param inbox commands that may wait; one more is refused
 * @param batch commands that share one commit
 * @param testBatch catalogue mails that are opened for a new watch at a time
 * @param lookBatch catalogue mails whose rows are looked at for a new watch in one transaction
 * @param joinWindow how long an equal submission joins the first
 * @param joinWindowUndated the same for mails without Message-ID and Date
 * @param keepReports how long the ids of reports are remembered
 * @param forgetReports so often ids that are older are forgotten
 * @param forgetBatch of them in one transaction
 * @param forgetPause before the next batch where there are more
 * @param keepMails how long the bytes of mails stay that were taken
 * @param keepRuns how long runs that have ended stay
 * @param keepQuarantine how long mails in quarantine whose bytes are here stay there
 * @param returnsPerMail notes of what became of one sent mail
 * @param runsPerReturned runs that one sent mail starts when it comes back
 * @param sweepBatch rows that are looked at in one transaction for what may go
 */
public record ManagerSettings(
        String agent,
        Path files,
        Path attempts,
        int inbox,
        int batch,
        int testBatch,
        int lookBatch,
        Duration joinWindow,
        Duration joinWindowUndated,
        Duration keepReports,
        Duration forgetReports,
        int forgetBatch,
        Duration forgetPause,
        Duration keepMails,
        Duration keepRuns,
        Duration keepQuarantine,
        int returnsPerMail,
        int runsPerReturned,
        int sweepBatch) {
    /**
     * The defaults.
     *
     * @param agent the agent's name
     * @param files the folder below which runs have their files, absolute
     * @param attempts the folder below which the agent keeps attempts, absolute
     * @return the settings
     */
    public static ManagerSettings defaults(String agent, Path files, Path attempts) {
        return new ManagerSettings(
                agent,
                files,
                attempts,
                10_000,
                256,
                50,
                1_000,
                Duration.ofDays(5),
                Duration.ofMinutes(5),
                Duration.ofDays(30),
                Duration.ofHours(1),
                1_000,
                Duration.ofSeconds(1),
                Duration.ofDays(90),
                Duration.ofDays(90),
                Duration.ofDays(36_500),
                1_000,
                10,
                200);
    }

    /**
     * @param mails how long the bytes of mails stay that were taken
     * @param runs how long runs that have ended stay
     * @param quarantine how long mails in quarantine stay there
     * @return these settings with those
     */
    public ManagerSettings keeping(Duration mails, Duration runs, Duration quarantine) {
        return new ManagerSettings(
                agent,
                files,
                attempts,
                inbox,
                batch,
                testBatch,
                lookBatch,
                joinWindow,
                joinWindowUndated,
                keepReports,
                forgetReports,
                forgetBatch,
                forgetPause,
                mails,
                runs,
                quarantine,
                returnsPerMail,
                runsPerReturned,
                sweepBatch);
    }
}
