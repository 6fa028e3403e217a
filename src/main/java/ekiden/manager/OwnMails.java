package ekiden.manager;

import ekiden.model.mail.Surroundings;
import ekiden.store.Transaction;
import org.jspecify.annotations.Nullable;

/** By what the mails of jobs of this Ekiden are known again: the right side of their Message-IDs names the home that the store belongs to. */
final class OwnMails {
    private OwnMails() {}

    /** {@return the right side, or null where the store belongs to no home yet} */
    static @Nullable String domain(Transaction tx) {
        return tx.owner().find().map(Surroundings::domainOf).orElse(null);
    }

    /** {@return the right side for a new mail} */
    static String domainForMail(Transaction tx) {
        String own = domain(tx);
        return own == null ? "ekiden" : own;
    }
}
