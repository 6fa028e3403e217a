package ekiden.http;

import ekiden.base.Ids;
import ekiden.link.AgentLink;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.manager.Command;
import ekiden.manager.Inbox;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Ends the jobs whose outcome a test has given, and leaves the others running. */
public final class ObedientAgent implements AgentLink {
    private final Ids ids;
    private final Map<String, AttemptOutcome> outcomes = new ConcurrentHashMap<>();
    private final List<Assignment> seen = new ArrayList<>();
    private volatile @Nullable Inbox inbox;

    ObedientAgent(Ids ids) {
        this.ids = ids;
    }

    void serve(Inbox manager) {
        inbox = manager;
    }

    /** Jobs of this name end so, as soon as they are assigned. */
    public void ends(String job, AttemptOutcome outcome) {
        outcomes.put(job, outcome);
    }

    /** Ends an attempt that was left running. */
    public void end(AttemptId attempt, AttemptOutcome outcome) {
        report(new Report.AttemptEnded(ids.next(), attempt, outcome));
    }

    /** All assignments so far. */
    public synchronized List<Assignment> seen() {
        return List.copyOf(seen);
    }

    @Override
    public void assigned(List<Assignment> assignments) {
        synchronized (this) {
            seen.addAll(assignments);
        }
        assignments.forEach(this::carryOut);
    }

    private void carryOut(Assignment assignment) {
        switch (assignment) {
            case Assignment.ExecuteCommand command -> end(command.attempt());
            case Assignment.SubmitMail mail -> end(mail.attempt());
            case Assignment.KillAttempt kill -> end(kill.attempt(), new AttemptOutcome.Killed());
            case Assignment.SaveMail _,
                    Assignment.TellDelivered _,
                    Assignment.CallOffSave _,
                    Assignment.DoAfterReceive _,
                    Assignment.TestMails _,
                    Assignment.ProveMail _,
                    Assignment.TreatQuarantined _,
                    Assignment.ReleaseRaw _,
                    Assignment.PruneFiles _,
                    Assignment.ForgetRun _ -> {}
        }
    }

    private void end(AttemptId attempt) {
        AttemptOutcome outcome = outcomes.get(attempt.job());
        if (outcome != null) {
            end(attempt, outcome);
        }
    }

    private void report(Report report) {
        Objects.requireNonNull(inbox).put(new Command.TakeReport(report), reply -> {});
    }

    @Override
    public void watchesChanged(String mailbox) {
        // Nothing is watched here.
    }
}
