package ekiden.http;

import ekiden.base.Reason;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.store.Store;
import ekiden.store.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The mails that a temporary unit took and nobody will fetch, because its call does not come back. Safe from any thread. */
final class AbandonedMails {
    private static final int PAGE = 1_000;

    private final Store store;
    private final StoredBytes bytes;

    AbandonedMails(Store store, StoredBytes bytes) {
        this.store = store;
        this.bytes = bytes;
    }

    /** Removes their files; done again it is the same. Mails and runs stay in the catalogue. */
    void remove(String unit) {
        long last = store.read(tx -> tx.runs().lastNumber(unit));
        for (long after = 0; after < last; after += PAGE) {
            long from = after;
            store.read(tx -> saved(tx, unit, from + 1, Math.min(last, from + PAGE)))
                    .forEach(this::remove);
        }
    }

    private void remove(SavedMail mail) {
        try {
            bytes.remove(mail);
        } catch (IOException wrong) {
            throw Refusal.of(ApiMessage.UNREADABLE_BYTES, "what", mail.folder(), "reason", Reason.of(wrong));
        }
    }

    private static List<SavedMail> saved(Transaction tx, String unit, long first, long last) {
        List<SavedMail> saved = new ArrayList<>();
        for (long number = first; number <= last; number++) {
            tx.runs()
                    .find(unit, number)
                    .map(Run::claim)
                    .flatMap(claim -> tx.claims().find(claim))
                    .map(Claim::saved)
                    .filter(files -> files.mail() != null)
                    .ifPresent(saved::add);
        }
        return saved;
    }
}
