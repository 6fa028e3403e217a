package ekiden.link;

import ekiden.model.definition.Conditions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The watches in the stream of one mailbox.
 *
 * @param mailbox the mailbox
 * @param version counts the joins; a report made under an older one is decided again
 * @param watches those in the stream
 * @param ownDomain the right side of the Message-IDs that jobs of this Ekiden give their mails, or null where that is not known
 */
public record WatchList(
        String mailbox,
        long version,
        List<Entry> watches,
        @Nullable String ownDomain) {
    /** Copies the list. */
    public WatchList {
        watches = List.copyOf(watches);
    }

    /**
     * Where it is not known by what own mails are known.
     *
     * @param mailbox the mailbox
     * @param version counts the joins
     * @param watches those in the stream
     */
    public WatchList(String mailbox, long version, List<Entry> watches) {
        this(mailbox, version, watches, null);
    }

    /**
     * One watch.
     *
     * @param id the watch instance's id
     * @param conditions what it waits for
     */
    public record Entry(String id, Conditions conditions) {}
}
