package ekiden.http;

import ekiden.model.mail.UidSet;
import ekiden.store.Store;

/** What {@code reconcile} counts, for tests elsewhere that hold a store and know what lies at the server. */
public final class Reconciling {
    /**
     * @param unexplained mails that nobody can explain
     * @param readElsewhere mails that others read first
     */
    public record Count(long unexplained, long readElsewhere) {}

    private Reconciling() {}

    /** Counts a folder whose content did not change between the two questions. */
    public static Count count(Store store, String profile, String folder, long uidValidity, UidSet all) {
        Profiles.FolderContent content = new Profiles.FolderContent(folder, uidValidity, all, UidSet.EMPTY);
        Views.FolderCount count = store.read(tx -> ReconcileRoutes.count(tx, profile, content, all));
        return new Count(count.unexplained(), count.readElsewhere());
    }
}
