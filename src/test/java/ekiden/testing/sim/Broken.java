package ekiden.testing.sim;

import ekiden.link.Assignment;
import ekiden.link.Report;
import ekiden.model.definition.AfterReceive;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Messages that a broken product would send. */
final class Broken {
    private Broken() {}

    /** New UIDs under which nothing was found again. */
    static Report withoutMoves(Report report) {
        if (!(report instanceof Report.Rebound rebound)) {
            return report;
        }
        Report.Plan plan = rebound.plan();
        return new Report.Rebound(
                rebound.id(),
                rebound.mailbox(),
                rebound.folder(),
                rebound.from(),
                rebound.to(),
                List.of(),
                plan == null ? null : new Report.Plan(0, plan.added(), plan.unknown(), UidSet.EMPTY));
    }

    /** Deeds that nobody wants, or nobody wants yet. */
    static List<Assignment> deeds(SimWorld world, List<Assignment> assignments) {
        return switch (world.canary) {
            case DEED_TOO_EARLY ->
                world.mails().stream()
                        .filter(row -> assignments.stream()
                                .anyMatch(one -> one instanceof Assignment.SaveMail save && save.mail() == row.id()))
                        .filter(CatalogueMail::atServer)
                        .map(Broken::markRead)
                        .toList();
            case TREATS_UNWANTED ->
                world.mails().stream()
                        .filter(row -> row.atServer() && row.state() == CatalogueMail.State.UNREAD)
                        .filter(row ->
                                world.store.read(tx -> tx.claims().of(row.id()).isEmpty()))
                        .map(Broken::markRead)
                        .toList();
            case null, default -> List.of();
        };
    }

    /** A mail is to be saved only when the agent asks what waits. */
    static boolean comesLater(SimWorld world, Assignment assignment) {
        return world.canary == Canary.DEED_TOO_EARLY && assignment instanceof Assignment.SaveMail;
    }

    /** The mailbox that a report says is in trouble. */
    static Optional<String> inTrouble(Report report) {
        String about = "mailbox/";
        return report instanceof Report.AlarmChanged change
                        && change.problem() != null
                        && change.key().startsWith(about)
                ? Optional.of(
                        change.key().substring(about.length(), change.key().indexOf('/', about.length())))
                : Optional.empty();
    }

    private static Assignment markRead(CatalogueMail row) {
        RawMail raw = Objects.requireNonNullElse(row.raw(), new RawMail("none", 0, ""));
        return new Assignment.DoAfterReceive(row.id(), row.identity(), raw, row.trace(), AfterReceive.READ);
    }
}
