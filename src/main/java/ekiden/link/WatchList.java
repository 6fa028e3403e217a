package ekiden.link;

import ekiden.model.definition.Conditions;
import java.util.List;

/**
 * The watches in the stream of one mailbox.
 *
 * @param mailbox the mailbox
 * @param version counts the joins; a report made under an older one is decided again
 * @param watches those in the stream
 */
public record WatchList(String mailbox, long version, List<Entry> watches) {
    /** Copies the list. */
    public WatchList {
        watches = List.copyOf(watches);
    }

    /**
     * One watch.
     *
     * @param id the watch instance's id
     * @param conditions what it waits for
     */
    public record Entry(String id, Conditions conditions) {}
}
