package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.address.Addressed;
import ekiden.mail.send.AttachmentFiles;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.ComposedMail;
import ekiden.mail.send.Composer;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendOutcome;
import ekiden.model.definition.MailExtras;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends mails. The folder of an attempt tells after a crash what is sure: {@code outcome}: that became of it;
 * {@code ending-data} without {@code outcome}: uncertain; neither: nothing can have been delivered, and it is sent (again, under
 * the same Message-ID), where there is {@code put-off} not before the time that it says.
 */
final class MailAttempts {
    private static final Logger LOG = LazyLogger.of(MailAttempts.class);
    /** A note in the attempt's folder: {@link Tries}. */
    private static final String PUT_OFF = "put-off";
    /** How the mail was written, where people should know it. */
    private static final String WRITTEN = "written";

    private final AgentPorts ports;
    private final Facts facts;
    private final ReportQueue reports;
    private final Composer composer;
    private final ComposedMails composed;
    private final AttachmentFiles attachments;
    private final DiskAlarms alarms;
    private final QueuedMails queued;
    /** Those that wait to be sent again, with what happens then; whoever removes one does that. */
    private final Map<AttemptId, Runnable> pausing = new ConcurrentHashMap<>();

    MailAttempts(AgentPorts ports, ReportQueue reports, DiskAlarms alarms, ComposeLimits limits) {
        this.ports = ports;
        this.facts = new Facts(ports.disk());
        this.reports = reports;
        this.alarms = alarms;
        this.queued = new QueuedMails(ports, reports, QueueLimits.DEFAULT);
        this.composer = new Composer(ports.disk(), limits);
        this.composed = new ComposedMails(ports.disk());
        this.attachments = new AttachmentFiles(ports.disk(), limits);
    }

    void submit(Assignment.SubmitMail mail, Runnable done) {
        Path place = folder(mail.attempt());
        Optional<Queued> stands = facts.has(place.resolve("outcome")) ? Optional.empty() : queued.before(place);
        if (stands.isPresent()) {
            queued.goOn(followed(mail, done), stands.get());
            return;
        }
        Optional<Tries> left = tries(place);
        if (left.isEmpty() || ended(folder(mail.attempt()))) {
            submit(mail, Tries.NONE, done);
            return;
        }
        report(mail, left.get());
        pause(mail, left.get(), done);
    }

    private boolean ended(Path folder) {
        return facts.has(folder.resolve("outcome")) || facts.has(folder.resolve("ending-data"));
    }

    private Optional<Tries> tries(Path folder) {
        Path note = folder.resolve(PUT_OFF);
        try {
            return facts.has(note) ? Optional.ofNullable(Json.read(facts.read(note), Tries.class)) : Optional.empty();
        } catch (IOException | Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "how often a mail was tried cannot be read", damaged);
            return Optional.empty();
        }
    }

    private void submit(Assignment.SubmitMail mail, Tries tries, Runnable done) {
        Path folder = folder(mail.attempt());
        try {
            if (facts.has(folder.resolve("outcome"))) {
                recall(mail, folder, done);
            } else if (facts.has(folder.resolve("ending-data"))) {
                Problem problem = Problem.of(AgentMessage.SEND_INTERRUPTED, "attempt", mail.attempt());
                settle(mail, new AttemptOutcome.Uncertain(problem, null), done);
            } else if (tries.made() == 0 && facts.has(folder.resolve(PUT_OFF))) {
                // some may have it already, and who they are cannot be read
                Problem problem = Problem.of(AgentMessage.OUTCOME_UNREADABLE, "attempt", mail.attempt());
                settle(mail, new AttemptOutcome.Uncertain(problem, null), done);
            } else if (facts.has(folder.resolve("kill"))) {
                settle(mail, tries.killed(), done);
            } else {
                begin(mail, folder, tries, done);
            }
        } catch (IOException wrong) {
            later(mail, () -> submit(mail, tries, done));
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

    private void begin(Assignment.SubmitMail mail, Path folder, Tries tries, Runnable done) throws IOException {
        ports.disk().makeFolders(folder);
        if (!facts.has(folder.resolve("started"))) {
            facts.write(folder.resolve("started"), ports.commands().bootId());
        }
        alarms.over(mail.attempt().toString());
        if (tries.made() == 0) {
            reports.put(new Report.AttemptStarted(
                    ports.ids().next(), mail.attempt(), ports.clock().now()));
        }
        Optional<ComposedMail> kept = tries.made() == 0 ? Optional.empty() : composed.kept(folder);
        Result<SendOutcome> sent = kept.isPresent()
                ? ports.senders().profile(mail.profile()).then(profile -> send(mail, kept.get(), profile, tries))
                : compose(mail, folder, tries);
        switch (sent) {
            case Result.Ok<SendOutcome>(SendOutcome outcome) -> judge(mail, outcome, tries, done);
            case Result.Failed<SendOutcome>(Problem problem) -> settle(mail, tries.cannotGoOn(problem), done);
        }
    }

    private Result<SendOutcome> compose(Assignment.SubmitMail mail, Path folder, Tries tries) {
        return switch (recipients(mail, folder)) {
            // A directory that does not answer is as good as a server that does not.
            case Result.Failed<Addressed>(Problem problem)
            when problem.kind() == MessageId.Kind.RETRYABLE -> Result.ok(new SendOutcome.Failed(problem, List.of()));
            case Result.Failed<Addressed>(Problem problem) -> Result.failed(problem);
            case Result.Ok<Addressed>(Addressed recipients) -> compose(mail, recipients, folder, tries);
        };
    }

    /** Who is meant; noted where {@code run log} finds it. */
    private Result<Addressed> recipients(Assignment.SubmitMail mail, Path folder) {
        return ports.senders()
                .recipients()
                .resolve(mail.to(), mail.cc(), mail.bcc())
                .then(addressed -> {
                    noteNames(addressed, folder);
                    return Result.ok(addressed);
                });
    }

    /** Nothing depends on this note. */
    private void noteNames(Addressed addressed, Path folder) {
        if (addressed.names().isEmpty()) {
            return;
        }
        try {
            facts.write(folder.resolve("stdout"), MailDrafts.names(addressed.names()));
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "what names became cannot be noted: {0}", wrong.getMessage());
        }
    }

    private Result<SendOutcome> compose(Assignment.SubmitMail mail, Addressed recipients, Path folder, Tries tries) {
        return ports.senders()
                .profile(mail.profile())
                .then(profile -> compose(mail, recipients, folder, profile).then(made -> {
                    note(made, folder);
                    return send(mail, made, profile, tries);
                }));
    }

    private Result<SendOutcome> send(
            Assignment.SubmitMail mail, ComposedMail made, Senders.Profile profile, Tries tries) {
        Path folder = folder(mail.attempt());
        return Result.ok(under(mail, profile).submit(outgoing(made, tries), () -> endingData(folder)));
    }

    /** What people should know of how it was written; for the end of the job, and where {@code run log} finds it. */
    private void note(ComposedMail made, Path folder) {
        Problem note = made.note();
        try {
            composed.keep(made, folder);
            if (note == null) {
                return;
            }
            facts.write(folder.resolve(WRITTEN), Json.write(note));
            facts.write(folder.resolve("stderr"), note + "\n");
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "how a mail was written cannot be noted: {0}", wrong.getMessage());
        }
    }

    private AttemptOutcome noted(AttemptOutcome outcome, Path folder) throws IOException {
        Path note = folder.resolve(WRITTEN);
        if (!(outcome instanceof AttemptOutcome.Sent sent) || !facts.has(note)) {
            return outcome;
        }
        try {
            return new AttemptOutcome.Sent(sent.reply(), sent.refused(), Json.read(facts.read(note), Problem.class));
        } catch (Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "how a mail was written cannot be read", damaged);
            return outcome;
        }
    }

    private static MailSender under(Assignment.SubmitMail mail, Senders.Profile profile) {
        return profile.sender().under(mail.extras().ifRefusedOr(profile.rules().ifRefused()));
    }

    /** Nobody who has it gets it again. */
    private OutgoingMail outgoing(ComposedMail made, Tries tries) {
        OutgoingMail all = made.outgoing(ports.disk());
        List<String> open = tries.open();
        return open == null ? all : all.to(open);
    }

    private Result<ComposedMail> compose(
            Assignment.SubmitMail mail, Addressed recipients, Path folder, Senders.Profile profile) {
        return attachments
                .resolve(mail.attach(), mail.extras().attachList(), Path.of(mail.folder()))
                .then(files -> MailDrafts.of(mail, profile, recipients, files, ports.disk()))
                .then((MailDraft draft) -> composer.compose(draft, ComposedMails.mail(folder)));
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

    private void judge(Assignment.SubmitMail mail, SendOutcome outcome, Tries tries, Runnable done) {
        if (outcome instanceof SendOutcome.Queued taken && mail.extras().endsAt() == MailExtras.EndsAt.LEFT) {
            follow(mail, Queued.begin(taken, tries.refused(), ports.clock().now()), done);
            return;
        }
        Tries.Rule rule =
                new Tries.Rule(ports.settings().sendRetries(), ports.settings().sendRetryInterval());
        switch (tries.after(outcome, rule, ports.clock().now())) {
            case Tries.Next.Again(Tries next) -> sendAgain(mail, next, done);
            case Tries.Next.Over(AttemptOutcome over) -> settle(mail, over, done);
        }
    }

    private void follow(Assignment.SubmitMail mail, Queued taken, Runnable done) {
        try {
            queued.begin(followed(mail, done), taken, folder(mail.attempt()));
        } catch (IOException wrong) {
            later(mail, () -> follow(mail, taken, done));
        }
    }

    private QueuedMails.Followed followed(Assignment.SubmitMail mail, Runnable done) {
        return new QueuedMails.Followed(mail, outcome -> settle(mail, outcome, done));
    }

    /** What is noted tells who has it already; only then the note goes that makes the mail uncertain. */
    private void sendAgain(Assignment.SubmitMail mail, Tries tries, Runnable done) {
        Path folder = folder(mail.attempt());
        try {
            composed.force(folder);
            facts.write(folder.resolve(PUT_OFF), Json.write(tries));
            ports.disk().delete(folder.resolve("ending-data"));
            ports.disk().forceFolder(folder);
        } catch (IOException wrong) {
            later(mail, () -> sendAgain(mail, tries, done));
            return;
        }
        alarms.over(mail.attempt().toString());
        report(mail, tries);
        pause(mail, tries, done);
    }

    private void report(Assignment.SubmitMail mail, Tries tries) {
        Problem because = Objects.requireNonNull(tries.problem());
        Instant until = Objects.requireNonNull(tries.until());
        String reply = because.values().getOrDefault("reply", "");
        Problem problem = Problem.of(
                AgentMessage.SEND_PUT_OFF,
                "because",
                because.id(),
                "reply",
                reply.isEmpty() ? "" : ": " + reply,
                "try",
                tries.made(),
                "tries",
                ports.settings().sendRetries(),
                "until",
                until);
        reports.put(new Report.AttemptPutOff(ports.ids().next(), mail.attempt(), problem, until));
    }

    private void pause(Assignment.SubmitMail mail, Tries tries, Runnable done) {
        // a clock that was set back does not make it wait for longer than once
        Duration usual = ports.settings().sendRetryInterval();
        Duration rest = Duration.between(ports.clock().now(), Objects.requireNonNull(tries.until()));
        Duration in = rest.isNegative() ? Duration.ZERO : rest.compareTo(usual) > 0 ? usual : rest;
        pausing.put(mail.attempt(), () -> submit(mail, tries, done));
        ports.tasks().after(in, "send again", () -> goOn(mail.attempt()));
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
        queued.goOn(attempt);
    }

    /** Asked for again until the attempt has ended: what cannot be noted now is noted then. */
    void delivered(Assignment.TellDelivered told, Runnable done) {
        queued.delivered(told);
        done.run();
    }

    /** What is known stays known while it cannot be noted. */
    private void settle(Assignment.SubmitMail mail, AttemptOutcome outcome, Runnable done) {
        AttemptOutcome told;
        try {
            told = noted(outcome, folder(mail.attempt()));
            ports.disk().makeFolders(folder(mail.attempt()));
            facts.write(folder(mail.attempt()).resolve("outcome"), Json.write(told));
        } catch (IOException wrong) {
            later(mail, () -> settle(mail, outcome, done));
            return;
        }
        end(mail, told, done);
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
