package ekiden.agent;

import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.mail.match.TestedMail;
import ekiden.mail.proof.MailTrust;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.Surroundings;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tests watches against mails that were there before them. A mail of which it is not known yet from whom it is holds up none of the others: it is
 * named, and tested alone as often as the manager asks and the time for questions allows. Safe from any thread.
 */
final class LateTests {
    private final AgentPorts ports;
    private final ReportQueue reports;
    private final Opener opener;
    private final LateProofs lateProofs;
    private final KnownMails known;
    private final Receiver receiver;
    private final MailboxReaders readers;

    LateTests(MailWork.Desk desk, KnownMails known, Receiver receiver, MailboxReaders readers) {
        this.ports = desk.ports();
        this.reports = desk.reports();
        this.opener = desk.opener();
        this.lateProofs = desk.lateProofs();
        this.known = known;
        this.receiver = receiver;
        this.readers = readers;
    }

    /** Tests a new watch against mails that were there before it. */
    void test(Assignment.TestMails order, Runnable done) {
        test(order, () -> true, outcome -> tested(order, outcome, done), () -> again(order, done));
    }

    /** Tests one of them alone, of which it was not known from whom it is, where it is its turn. */
    void prove(Assignment.ProveMail order, Runnable done) {
        if (!lateProofs.isDue(order)) {
            done.run();
            return;
        }
        Runnable notNow = () -> {
            lateProofs.notTried(order);
            done.run();
        };
        if (lateProofs.hasTime(order)) {
            test(order.test(), () -> lateProofs.hasTime(order), outcome -> proved(order, outcome, done), notNow);
        } else {
            notNow.run();
        }
    }

    /** What is not known is not in hand any more, and brought again by the manager as long as somebody waits for it. */
    private void proved(Assignment.ProveMail order, FolderTest.@Nullable Outcome outcome, Runnable done) {
        long mail = order.mail().mail();
        FolderHaul.Unproved unproved = outcome == null ? null : outcome.open().get(mail);
        if (unproved != null) {
            lateProofs.failed(order, unproved);
        } else if (outcome == null) {
            lateProofs.notTried(order);
        }
        if (outcome == null || unproved != null) {
            done.run();
            return;
        }
        lateProofs.over(order);
        Report.Match match = outcome.matches().stream().findFirst().orElse(null);
        MailIdentity identity = order.mail().identity();
        reports.put(
                new Report.MailProved(ports.ids().next(), order.watch(), mail, identity, match, outcome.changes()),
                done);
    }

    private void test(
            Assignment.TestMails order,
            BooleanSupplier stillWorth,
            Consumer<FolderTest.@Nullable Outcome> then,
            Runnable notNow) {
        if (order.mails().getFirst().trace() != null) {
            readers.test(order, stillWorth, then);
            return;
        }
        List<Report.Match> matches = new ArrayList<>();
        Map<Long, FolderHaul.Unproved> open = new HashMap<>();
        for (Assignment.Candidate candidate : order.mails()) {
            RawMail raw = candidate.raw();
            switch (raw == null ? Result.ok(false) : matches(order, candidate, raw, open)) {
                case Result.Ok<Boolean>(Boolean matched)
                when matched && raw != null ->
                    matches.add(new Report.Match(candidate.mail(), raw, candidate.summary()));
                case Result.Failed<Boolean>(Problem problem)
                when problem.kind() == MessageId.Kind.RETRYABLE && !open.containsKey(candidate.mail()) -> {
                    notNow.run();
                    return;
                }
                case Result<Boolean> notMatching -> {}
            }
        }
        then.accept(new FolderTest.Outcome(matches, List.of(), open));
    }

    /** Without an outcome it is not in hand any more: the manager's next word on it brings it again. */
    private void tested(Assignment.TestMails order, FolderTest.@Nullable Outcome outcome, Runnable done) {
        if (outcome == null) {
            done.run();
            return;
        }
        Report report = new Report.MailsTested(
                ports.ids().next(),
                order.watch(),
                order.batch(),
                outcome.matches(),
                outcome.changes(),
                List.copyOf(outcome.open().keySet()));
        reports.put(report, done);
    }

    private Result<Boolean> matches(
            Assignment.TestMails order,
            Assignment.Candidate candidate,
            RawMail raw,
            Map<Long, FolderHaul.Unproved> open) {
        Surroundings surroundings = receiver.surroundings(candidate.identity().mailbox(), order.ownDomain());
        MailTrust.Means means = opener.means(candidate.identity().mailbox());
        Instant arrived = Objects.requireNonNullElseGet(
                candidate.received(), () -> ports.clock().now());
        QuestionTime time = lateProofs.time(candidate.identity().mailbox());
        try (QuestionTime.Turn turn = time.turn()) {
            Result<Judged> judged = known.open(candidate.mail(), raw, means, (message, source) -> {
                TestedMail closed =
                        opener.tested(message, source, raw, means, arrived).within(candidate.sender(), surroundings);
                TestedMail now = closed.withAttached(
                        () -> opener.attached(message, source).orElse(null));
                boolean small = message.text().length() <= ports.settings().keptText();
                return Result.ok(
                        small
                                ? Judged.withoutQuestion(order.conditions(), now, closed)
                                : Judged.asking(order.conditions(), now, turn));
            });
            return judged.then(first -> {
                TestedMail question = first.question();
                Judged then = question == null ? first : Judged.asking(order.conditions(), question, turn);
                Problem why = then.unproved();
                if (why != null) {
                    open.put(candidate.mail(), new FolderHaul.Unproved(why, !turn.refused()));
                }
                return switch (then.verdict()) {
                    case MET -> Result.ok(true);
                    case MISSED -> Result.ok(false);
                    case OPEN -> Result.failed(Objects.requireNonNullElseGet(why, opener::noRoom));
                };
            });
        }
    }

    private void again(Assignment.TestMails order, Runnable done) {
        ports.tasks().after(ports.settings().retry(), "test again", new Guarded("test", () -> test(order, done), done));
    }
}
