package ekiden.manager;

import ekiden.link.Report;
import ekiden.model.definition.Jobnet;
import ekiden.model.run.Rerun;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a manager can be asked to do. Brings every id that the decision needs. */
public sealed interface Command {
    /**
     * Define a unit, or a new version of it.
     *
     * @param id of the new version
     * @param jobnet what is defined
     * @param folder where relative paths in it start from
     */
    record Define(UUID id, Jobnet jobnet, String folder) implements Command {}

    /**
     * Delete a unit; runs that have not ended go on, unless their mail cannot be saved.
     *
     * @param unit full name
     */
    record Delete(String unit) implements Command {}

    /**
     * Start a run by hand.
     *
     * @param id of the run; the same id again starts nothing
     * @param unit full name
     */
    record StartRun(UUID id, String unit) implements Command {}

    /**
     * Kill a run.
     *
     * @param run the run
     */
    record KillRun(UUID run) implements Command {}

    /**
     * Execute jobs of a run once more, or say what became of its uncertain mails.
     *
     * @param run the run
     * @param rerun what
     */
    record RerunRun(UUID run, Rerun rerun) implements Command {}

    /**
     * An agent's report on mails.
     *
     * @param report the report
     */
    record TakeMails(Report.MailsFound report) implements Command {}

    /**
     * Any other report.
     *
     * @param report the report
     */
    record TakeReport(Report report) implements Command {}

    /** The manager's process has begun. */
    record Begin() implements Command {}

    /**
     * A timer fired.
     *
     * @param id what it was for
     */
    record TimerFired(String id) implements Command {}

    /**
     * Let a quarantined mail go through again.
     *
     * @param mail its number
     */
    record ReleaseMail(long mail) implements Command {}

    /**
     * Drop a quarantined mail.
     *
     * @param mail its number
     */
    record DropMail(long mail) implements Command {}

    /**
     * Look for saved files that may go, and let them go.
     *
     * @param from where to go on; null for the beginning
     * @param dry whether they are only looked for
     */
    record Prune(FilePruning.@Nullable Position from, boolean dry) implements Command {}

    /**
     * Clear an alarm by hand.
     *
     * @param alarm its number
     */
    record ClearAlarm(long alarm) implements Command {}
}
