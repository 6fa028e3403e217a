package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.send.AttachmentFiles;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.ComposedMail;
import ekiden.mail.send.Composer;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.SendOutcome;
import ekiden.model.mail.Address;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends mails. The folder of an attempt tells after a crash what is sure: {@code outcome}: that became of it;
 * {@code ending-data} without {@code outcome}: uncertain; neither: nothing can have been delivered, and it is sent (again, under
 * the same Message-ID).
 */
final class MailAttempts {
    private static final Logger LOG = System.getLogger(MailAttempts.class.getName());

    private final AgentPorts ports;
    private final Facts facts;
    private final ReportQueue reports;
    private final Composer composer;
    private final AttachmentFiles attachments;
    private final DiskAlarms alarms;
    /** Those that wait to be sent again, with what happens then; whoever removes one does that. */
    private final Map<AttemptId, Runnable> pausing = new ConcurrentHashMap<>();

    MailAttempts(AgentPorts ports, ReportQueue reports, DiskAlarms alarms, ComposeLimits limits) {
        this.ports = ports;
        this.facts = new Facts(ports.disk());
        this.reports = reports;
        this.alarms = alarms;
        this.composer = new Composer(ports.disk(), limits);
        this.attachments = new AttachmentFiles(ports.disk(), limits);
    }

    void submit(Assignment.SubmitMail mail, Runnable done) {
        submit(mail, 0, done);
    }

    private void submit(Assignment.SubmitMail mail, int retries, Runnable done) {
        Path folder = folder(mail.attempt());
        try {
            if (facts.has(folder.resolve("outcome"))) {
                recall(mail, folder, done);
            } else if (facts.has(folder.resolve("ending-data"))) {
                Problem problem = Problem.of(AgentMessage.SEND_INTERRUPTED, "attempt", mail.attempt());
                settle(mail, new AttemptOutcome.Uncertain(problem, null), done);
            } else if (facts.has(folder.resolve("kill"))) {
                settle(mail, new AttemptOutcome.Killed(), done);
            } else {
                begin(mail, folder, retries, done);
            }
        } catch (IOException wrong) {
            later(mail, () -> submit(mail, retries, done));
        }
    }

    private void recall(Assignment.SubmitMail mail, Path folder, Runnable done) throws IOException {
        Optional<AttemptOutcome> outcome = read(facts.read(folder.resolve("outcome")));
        if (outcome.isPresent()) {
            end(mail, outcome.get(), done);
        } else {
            Problem problem = Problem.of(AgentMessage.OUTCOME_UNREADABLE, "attempt", mail.attempt());
            settle(mail, new AttemptOutcome.Uncertain(problem, null), done);
        }
    }

    private static Optional<AttemptOutcome> read(String note) {
        try {
            return Optional.ofNullable(Json.read(note, AttemptOutcome.class));
        } catch (Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "the outcome of a mail cannot be read", damaged);
            return Optional.empty();
        }
    }

    private void begin(Assignment.SubmitMail mail, Path folder, int retries, Runnable done) throws IOException {
        ports.disk().makeFolders(folder);
        if (!facts.has(folder.resolve("started"))) {
            facts.write(folder.resolve("started"), ports.commands().bootId());
        }
        alarms.over(mail.attempt().toString());
        if (retries == 0) {
            reports.put(new Report.AttemptStarted(
                    ports.ids().next(), mail.attempt(), ports.clock().now()));
        }
        switch (send(mail, folder)) {
            case Result.Ok<SendOutcome>(SendOutcome outcome) -> judge(mail, outcome, retries, done);
            case Result.Failed<SendOutcome>(Problem problem) ->
                settle(mail, new AttemptOutcome.NotSent(problem, List.of()), done);
        }
    }

    private Result<SendOutcome> send(Assignment.SubmitMail mail, Path folder) {
        return ports.senders()
                .profile(mail.profile())
                .then(profile -> compose(mail, folder, profile.from())
                        .then(composed -> Result.ok(
                                profile.sender().submit(composed.outgoing(ports.disk()), () -> endingData(folder)))));
    }

    private Result<ComposedMail> compose(Assignment.SubmitMail mail, Path folder, Address from) {
        return attachments
                .resolve(mail.attach(), Path.of(mail.folder()))
                .then(files -> MailDrafts.of(mail, from, files, ports.disk()))
                .then((MailDraft draft) -> composer.compose(draft, folder.resolve("mail.eml")));
    }

    /** Asked before the final dot: from now on a crash leaves the mail uncertain. */
    private boolean endingData(Path folder) {
        try {
            facts.write(folder.resolve("ending-data"), "");
            return true;
        } catch (IOException wrong) {
            LOG.log(
                    Level.WARNING,
                    "the end of the data cannot be noted, so the mail is not sent: {0}",
                    wrong.getMessage());
            return false;
        }
    }

    private void judge(Assignment.SubmitMail mail, SendOutcome outcome, int retries, Runnable done) {
        boolean again = outcome instanceof SendOutcome.Failed
                && retries < ports.settings().sendRetries();
        if (!again) {
            settle(mail, MailDrafts.outcome(outcome), done);
            return;
        }
        sendAgain(mail, retries + 1, done);
    }

    /** The server said no after the end of the data, or was never there: nothing was delivered. */
    private void sendAgain(Assignment.SubmitMail mail, int retries, Runnable done) {
        try {
            ports.disk().delete(folder(mail.attempt()).resolve("ending-data"));
            ports.disk().forceFolder(folder(mail.attempt()));
        } catch (IOException wrong) {
            later(mail, () -> sendAgain(mail, retries, done));
            return;
        }
        alarms.over(mail.attempt().toString());
        pausing.put(mail.attempt(), () -> submit(mail, retries, done));
        ports.tasks().after(ports.settings().sendRetryInterval(), "send again", () -> goOn(mail.attempt()));
        if (facts.has(folder(mail.attempt()).resolve("kill"))) {
            goOn(mail.attempt());
        }
    }

    /** The pause is over, or a kill was noted: who waits to be sent again is looked at now. */
    void goOn(AttemptId attempt) {
        Runnable next = pausing.remove(attempt);
        if (next != null) {
            next.run();
        }
    }

    /** What is known stays known while it cannot be noted. */
    private void settle(Assignment.SubmitMail mail, AttemptOutcome outcome, Runnable done) {
        try {
            ports.disk().makeFolders(folder(mail.attempt()));
            facts.write(folder(mail.attempt()).resolve("outcome"), Json.write(outcome));
        } catch (IOException wrong) {
            later(mail, () -> settle(mail, outcome, done));
            return;
        }
        end(mail, outcome, done);
    }

    private void later(Assignment.SubmitMail mail, Runnable task) {
        alarms.attempts(mail.attempt().toString(), Problem.of(AgentMessage.FOLDER, "attempt", mail.attempt()));
        ports.tasks().after(ports.settings().retry(), "attempt again", task);
    }

    private void end(Assignment.SubmitMail mail, AttemptOutcome outcome, Runnable done) {
        reports.put(new Report.AttemptEnded(ports.ids().next(), mail.attempt(), outcome), done);
        alarms.over(mail.attempt().toString());
    }

    private Path folder(AttemptId attempt) {
        return ports.settings().attempts().resolve(attempt.toString());
    }
}
