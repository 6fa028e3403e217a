package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.json.Json;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.send.MailQueue;
import ekiden.mail.send.SendMessage;
import ekiden.model.run.AttemptId;
import ekiden.model.run.AttemptOutcome;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows mails that stand in the queue of this machine, until they have left, have bounced, or cannot be followed any more. The note {@code queued} in the
 * attempt's folder says so after a restart.
 */
final class QueuedMails {
    private static final Logger LOG = LazyLogger.of(QueuedMails.class);
    private static final Duration LONG = Duration.ofDays(1);
    private static final String NOTE = "queued";
    private static final String NOTICES = "delivered";

    private final AgentPorts ports;
    private final Facts facts;
    private final ReportQueue reports;
    private final QueueLimits limits;
    /** Those between two looks, with what happens then; whoever removes one does that. */
    private final Map<AttemptId, Runnable> pausing = new ConcurrentHashMap<>();

    QueuedMails(AgentPorts ports, ReportQueue reports, QueueLimits limits) {
        this.ports = ports;
        this.facts = new Facts(ports.disk());
        this.reports = reports;
        this.limits = limits;
    }

    /**
     * One that is followed.
     *
     * @param mail what was asked for
     * @param end takes what became of it
     */
    record Followed(Assignment.SubmitMail mail, Consumer<AttemptOutcome> end) {}

    /**
     * Begins, once that is noted durably.
     *
     * @throws IOException where it cannot be noted; then nothing has happened
     */
    void begin(Followed followed, Queued queued, Path folder) throws IOException {
        facts.write(folder.resolve(NOTE), Json.write(queued));
        told(followed.mail(), queued, null);
        pause(followed, queued);
    }

    /** {@return how it stood before the restart; empty where it was not followed, or that cannot be read} */
    Optional<Queued> before(Path folder) {
        Path note = folder.resolve(NOTE);
        try {
            return facts.has(note) ? Optional.ofNullable(Json.read(facts.read(note), Queued.class)) : Optional.empty();
        } catch (IOException | Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "how a queued mail stood cannot be read", damaged);
            return Optional.empty();
        }
    }

    /** Goes on after a restart. */
    void goOn(Followed followed, Queued queued) {
        told(followed.mail(), queued, null);
        pause(followed, queued);
    }

    private void pause(Followed followed, Queued queued) {
        AttemptId attempt = followed.mail().attempt();
        pausing.put(attempt, () -> look(followed, queued));
        ports.tasks().after(queued.pause(limits), "look into the queue", () -> goOn(attempt));
        if (killed(attempt)) {
            goOn(attempt);
        }
    }

    /** The pause is over, or a kill was noted. */
    void goOn(AttemptId attempt) {
        Runnable next = pausing.remove(attempt);
        if (next != null) {
            next.run();
        }
    }

    /** Notices of delivery came back; of a mail that was never begun here nothing is kept. */
    void delivered(Assignment.TellDelivered told) {
        Path folder = folder(told.attempt());
        Notices notices = new Notices(told.recipients());
        if (!facts.has(folder.resolve("started")) || notices.equals(notices(folder))) {
            return;
        }
        try {
            facts.write(folder.resolve(NOTICES), Json.write(notices));
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "a notice of delivery cannot be noted: {0}", wrong.getMessage());
            return;
        }
        goOn(told.attempt());
    }

    private Notices notices(Path folder) {
        Path note = folder.resolve(NOTICES);
        try {
            return facts.has(note) ? Json.read(facts.read(note), Notices.class) : Notices.NONE;
        } catch (IOException | Json.Unreadable damaged) {
            LOG.log(Level.WARNING, "the notices of delivery of a mail cannot be read", damaged);
            return Notices.NONE;
        }
    }

    private boolean killed(AttemptId attempt) {
        return facts.has(folder(attempt).resolve("kill"));
    }

    private void look(Followed followed, Queued queued) {
        Assignment.SubmitMail mail = followed.mail();
        if (killed(mail.attempt())) {
            followed.end().accept(queued.killed());
            return;
        }
        MailQueue.Entry entry =
                new MailQueue.Entry(queued.sender(), queued.own(), queued.recipients(), mail.messageId());
        Looked looked = looked(mail.profile(), entry);
        MailQueue.State state =
                queued.shown(looked.state(), notices(folder(mail.attempt())).recipients());
        switch (queued.after(
                state, looked.patience(), looked.limits(), ports.clock().now())) {
            case Queued.Next.Over(AttemptOutcome outcome) -> followed.end().accept(outcome);
            case Queued.Next.Again(Queued next) -> {
                note(mail, queued, next);
                told(mail, next, queued.told());
                pause(followed, next);
            }
        }
    }

    /** What was seen, and how long that may go on. */
    private record Looked(MailQueue.State state, Duration patience, QueueLimits limits) {}

    /** Of whom notices of delivery came back. */
    private record Notices(List<String> recipients) {
        static final Notices NONE = new Notices(List.of());
    }

    private Looked looked(String profile, MailQueue.Entry entry) {
        return switch (ports.senders().profile(profile)) {
            // Settings that cannot be read now may be mended.
            case Result.Failed<Senders.Profile>(Problem problem) ->
                new Looked(hidden(SendMessage.QUEUE_UNREADABLE, profile, problem.id()), LONG, limits);
            case Result.Ok<Senders.Profile>(Senders.Profile present) -> {
                MailQueue queue = present.sender().queue();
                yield queue == null
                        ? new Looked(hidden(SendMessage.NOT_FOLLOWED, profile, ""), LONG, limits)
                        : new Looked(queue.look(entry), queue.patience(), limits(queue));
            }
        };
    }

    /** A notice that was asked for is waited for. */
    private QueueLimits limits(MailQueue queue) {
        return queue.tellsDelivery() ? limits.unseen(queue.patience()) : limits;
    }

    private static MailQueue.State hidden(SendMessage message, String profile, String why) {
        return new MailQueue.State.Hidden(Problem.of(message, "program", profile, "detail", why));
    }

    /** Nothing is lost where this cannot be noted: it is looked for again from the first note. */
    private void note(Assignment.SubmitMail mail, Queued before, Queued next) {
        boolean same = Objects.equals(before.id(), next.id()) && Objects.equals(before.unseen(), next.unseen());
        if (same) {
            return;
        }
        try {
            facts.write(folder(mail.attempt()).resolve(NOTE), Json.write(next));
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "how a queued mail stands cannot be noted: {0}", wrong.getMessage());
        }
    }

    /** People are told again only of what is new. */
    private void told(Assignment.SubmitMail mail, Queued queued, @Nullable Problem before) {
        Problem problem = queued.told();
        if (problem == null) {
            problem = Problem.of(AgentMessage.IN_QUEUE, "id", "?", "reason", "");
        }
        if (!problem.equals(before)) {
            reports.put(new Report.AttemptPutOff(
                    ports.ids().next(),
                    mail.attempt(),
                    problem,
                    ports.clock().now().plus(queued.pause(limits))));
        }
    }

    private Path folder(AttemptId attempt) {
        return ports.settings().attempts().resolve(attempt.toString());
    }
}
