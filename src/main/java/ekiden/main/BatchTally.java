package ekiden.main;

import ekiden.base.ExitCode;
import ekiden.base.Problem;
import ekiden.json.Json;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOnce;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What became of the mails of a batch so far, and whether the rest shall be tried. Safe from any thread. */
final class BatchTally {
    private final Told told;
    private final BatchLimits limits;
    private final BatchProgress progress;
    private final Map<String, Integer> counts = new TreeMap<>();
    private ExitCode worst;
    private int unreachable;
    private int problemsTold;
    /** Mails that are through, whatever became of them. */
    private long through;

    private boolean stopped;
    private @Nullable Early early;

    /** Ended before it was through: mails that the next call has to do, whether those are all, and mails of which nothing is known yet. */
    private record Early(long left, boolean whole, int unended) {}

    /**
     * @param told where problems are told
     * @param limits how often
     * @param progress makes room for them
     * @param before what the results of earlier calls ask the command to end with
     */
    BatchTally(Told told, BatchLimits limits, BatchProgress progress, ExitCode before) {
        this.told = told;
        this.limits = limits;
        this.progress = progress;
        this.worst = before;
    }

    /**
     * A mail is through.
     *
     * @param report what became of it
     * @param stays whether it is as uncertain as before nevertheless, and counted at the end
     */
    synchronized void count(SendOnce.Report report, boolean stays) {
        if (!stays) {
            counts.merge(SendReport.outcome(report), 1, Integer::sum);
        }
        through++;
        Problem problem = report.problem();
        worst = Worst.of(
                worst, problem == null || report.exit() == ExitCode.UNCERTAIN ? report.exit() : told.exit(problem));
        if (problem != null && problemsTold++ < limits.told()) {
            tell(problem);
        }
        progress.settled();
    }

    /** Mails that an earlier call left at their end. */
    synchronized void interrupted(List<Problem> mails) {
        for (Problem mail : mails) {
            counts.merge(SendReport.UNCERTAIN, 1, Integer::sum);
            worst = Worst.of(worst, ExitCode.UNCERTAIN);
            if (problemsTold++ < limits.told()) {
                tell(mail);
            }
        }
    }

    /** So many mails were to be sent again and are as uncertain as before. */
    synchronized void stayUncertain(int mails) {
        if (mails > 0) {
            counts.merge(SendReport.UNCERTAIN, mails, Integer::sum);
            worsen(Problem.of(MailCommandMessage.BATCH_STAYS_UNCERTAIN, "count", mails));
        }
    }

    private void tell(Problem problem) {
        if (early != null) {
            // the last word has been said
            return;
        }
        progress.clear();
        told.tell(problem);
    }

    /** Tells something that changes nothing. */
    synchronized void note(Problem problem) {
        tell(problem);
    }

    /**
     * The caller wanted an end; what mails become from now on is not told.
     *
     * @param wanted mails of the file that no earlier call settled
     * @param whole whether those are all
     * @param unended mails that have been begun and are not through
     */
    synchronized void endedEarly(long wanted, boolean whole, int unended) {
        long left = Math.max(0, wanted - through - unended);
        if (left == 0 && whole && unended == 0) {
            return;
        }
        worst = Worst.of(worst, ExitCode.STOPPED);
        tell(Problem.of(MailCommandMessage.BATCH_ENDED_EARLY, "left", (whole ? "" : "≥ ") + left, "unended", unended));
        early = new Early(left, whole, unended);
    }

    /** Something went wrong that ends neither the batch nor a mail. */
    synchronized void worsen(Problem problem) {
        worst = Worst.of(worst, told.exit(problem));
        tell(problem);
    }

    /** The batch has been read to its end, or has been stopped, which was told. Whatever else leaves mails without a result is never taken for success. */
    synchronized void ended(long wanted) {
        if (!stopped && through < wanted) {
            worsen(Problem.of(MailCommandMessage.BATCH_NOT_WHOLE, "count", wanted - through));
        }
    }

    /** Ends the batch; told once. {@return false} */
    synchronized boolean stop(Problem problem) {
        if (!stopped) {
            stopped = true;
            tell(problem);
        }
        worst = Worst.of(worst, told.exit(problem));
        return false;
    }

    /** Whether the server answered to the mail itself, so that others can follow at the same time. */
    static boolean proven(SendOnce.Report report) {
        return report.outcome() != null
                && report.exit() != ExitCode.SETTINGS
                && report.exit() != ExitCode.NOT_REACHABLE;
    }

    /** Whether the mail system can be used for the next mail. A wrong password tried for each mail would lock the account. */
    synchronized boolean usable(BatchEntry entry, SendOnce.Report report) {
        Problem problem = report.problem();
        boolean reached = report.exit() != ExitCode.NOT_REACHABLE;
        unreachable = reached ? 0 : unreachable + 1;
        boolean settings = report.outcome() != null
                && report.exit() == ExitCode.SETTINGS
                && problem != null
                && !problem.id().equals(SendMessage.CONTENT_UNREADABLE.id());
        boolean calledOff = problem != null && problem.id().equals(SendMessage.CALLED_OFF.id());
        boolean tooOften = unreachable >= limits.unreachable();
        return !(settings || calledOff || tooOften)
                || stop(Problem.of(MailCommandMessage.BATCH_STOPPED, "line", entry.line()));
    }

    /** Prints the end of the batch. {@return what the command ends with} */
    synchronized ExitCode summarize(PrintStream out, boolean json, int before) {
        progress.clear();
        if (json) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put(SendReport.ACCEPTED, count(SendReport.ACCEPTED));
            line.put(SendReport.QUEUED, count(SendReport.QUEUED));
            line.put(SendReport.SOME_REFUSED, count(SendReport.SOME_REFUSED));
            line.put(SendReport.REFUSED, count(SendReport.REFUSED));
            line.put(SendReport.UNCERTAIN, count(SendReport.UNCERTAIN));
            line.put(SendReport.FAILED, count(SendReport.FAILED));
            line.put("before", before);
            if (early != null) {
                line.put("left", early.left());
                line.put("unended", early.unended());
            }
            Json.writeLine(line, out);
            return worst;
        }
        out.println(told.line(Problem.of(
                MailCommandMessage.BATCH_DONE,
                "accepted",
                count(SendReport.ACCEPTED),
                "queued",
                count(SendReport.QUEUED),
                "some",
                count(SendReport.SOME_REFUSED),
                "refused",
                count(SendReport.REFUSED),
                "uncertain",
                count(SendReport.UNCERTAIN),
                "failed",
                count(SendReport.FAILED),
                "before",
                before)));
        return worst;
    }

    private int count(String outcome) {
        return counts.getOrDefault(outcome, 0);
    }
}
