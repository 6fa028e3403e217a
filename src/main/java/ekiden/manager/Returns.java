package ekiden.manager;

import ekiden.base.Ids;
import ekiden.base.Problem;
import ekiden.engine.BounceRule;
import ekiden.link.Assignment;
import ekiden.model.definition.Job;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.Returned;
import ekiden.model.run.AttemptId;
import ekiden.model.run.BounceCause;
import ekiden.store.Definitions.Definition;
import ekiden.store.SentMails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Ties what comes back of a sent mail to the job that sent it. Only what names a mail that a job sent is noted, and starts the jobnet that the job names for
 * that: who wrote it is not known, so nothing that has ended changes, and nothing is deleted.
 */
final class Returns {
    private final Scope scope;

    Returns(Scope scope) {
        this.scope = scope;
    }

    /** A mail is new in the catalogue. {@return that mail} */
    CatalogueMail look(CatalogueMail mail) {
        MailFacts facts = mail.summary().facts();
        Bounce bounce = facts == null ? null : facts.bounce();
        if (bounce != null) {
            look(bounce, mail);
        }
        return mail;
    }

    private void look(Bounce bounce, CatalogueMail mail) {
        for (String id : bounce.messageIds()) {
            SentMails.Sender sender = scope.tx.sentMails().find(id).orElse(null);
            if (sender != null) {
                note(id, sender, bounce, mail);
                return;
            }
        }
    }

    private void note(String messageId, SentMails.Sender sender, Bounce bounce, CatalogueMail mail) {
        List<Returned> before = scope.tx.sentMails().about(messageId);
        List<Returned> fresh = new ArrayList<>();
        int room = scope.settings.returnsPerMail() - before.size();
        for (Bounce.Recipient recipient : bounce.recipients()) {
            Returned returned = new Returned(sender.job(), mail.id(), scope.now, recipient);
            if (room > 0 && scope.tx.sentMails().returned(messageId, returned)) {
                room--;
                fresh.add(returned);
            }
        }
        scope.tx.runs().find(sender.run()).ifPresent(run -> {
            Job job = scope.runs.definition(run).jobnet().job(sender.job());
            BounceRule.starts(run, job.work(), before, fresh, scope.settings.runsPerReturned())
                    .ifPresent(unit -> start(unit, new BounceCause(messageId, run.label(), job.name(), mail.id())));
            if (fresh.stream().anyMatch(one -> BounceRule.handedOn(one) || BounceRule.failed(one))) {
                tell(new AttemptId(run.id(), job.name(), run.job(job.name()).attempt()), messageId);
            }
        });
    }

    /** Whether a mail has left the queue of its machine is known there, or nowhere: who sends it is told, while it is not at its end. */
    private void tell(AttemptId attempt, String messageId) {
        boolean open = scope.tx
                .outbox()
                .find(Assignment.SubmitMail.key(attempt))
                .filter(row -> row.assignment() instanceof Assignment.SubmitMail mail
                        && mail.messageId().equals(messageId))
                .isPresent();
        if (!open) {
            return;
        }
        // of an alias one member may have it and another one not
        List<Returned> about = scope.tx.sentMails().about(messageId);
        Set<String> missed = BounceRule.missed(about);
        List<Returned> handedOn = about.stream().filter(BounceRule::handedOn).toList();
        if (!handedOn.isEmpty()) {
            scope.tx.outbox().remove(Assignment.TellDelivered.key(attempt));
            scope.assign(new Assignment.TellDelivered(
                    attempt,
                    handedOn.stream()
                            .filter(one -> !missed.contains(BounceRule.whom(one)))
                            .map(one -> one.recipient().address())
                            .distinct()
                            .toList()));
        }
    }

    /** Once for each mail that says so: in the transaction that notes it. */
    private void start(String unit, BounceCause cause) {
        Definition definition = scope.tx.definitions().current(unit).orElse(null);
        if (definition == null) {
            Problem problem =
                    Problem.of(ManagerMessage.NO_UNIT_FOR_BOUNCE, "unit", unit, "run", cause.run(), "job", cause.job());
            scope.tx.alarms().raise("on-bounce/" + cause.messageId(), problem, scope.now);
            return;
        }
        UUID run = Ids.derive(scope.commandId, "bounce/" + cause.messageId() + "/" + cause.mail(), scope.now);
        scope.runs.begin(run, definition, cause);
    }
}
