package ekiden.manager;

import ekiden.model.mail.Bounce;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailFacts;
import ekiden.model.mail.Returned;
import ekiden.store.SentMails;

/**
 * Ties what comes back of a sent mail to the job that sent it. Only what names a mail that a job sent is noted; that is all that happens: who wrote it is not
 * known, so no status changes, and nothing is deleted.
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
        int room = scope.settings.returnsPerMail() - scope.tx.sentMails().count(messageId);
        for (Bounce.Recipient recipient : bounce.recipients()) {
            if (room <= 0) {
                return;
            }
            Returned returned = new Returned(sender.job(), mail.id(), scope.now, recipient);
            room -= scope.tx.sentMails().returned(messageId, returned) ? 1 : 0;
        }
    }
}
