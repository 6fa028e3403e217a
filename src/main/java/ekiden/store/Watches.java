package ekiden.store;

import ekiden.model.run.Watch;
import java.util.List;
import java.util.Optional;

/** Watch instances that are waiting. */
public interface Watches {
    /**
     * @param watch a new watch
     */
    void insert(Watch watch);

    /**
     * Replaces the row of {@code watch.id()}.
     *
     * @param watch the changed watch
     */
    void update(Watch watch);

    /**
     * Nothing happens where it is absent.
     *
     * @param id the watch's id
     */
    void remove(String id);

    /**
     * @param id the watch's id
     * @return it, while it waits
     */
    Optional<Watch> find(String id);

    /**
     * @param mailbox a mailbox
     * @return all that wait on it, oldest first
     */
    List<Watch> on(String mailbox);

    /**
     * How often a watch has joined the stream of a mailbox. A report on new mail made under an older number is decided again.
     *
     * @param mailbox a mailbox
     * @return the number, 0 at first
     */
    long version(String mailbox);

    /**
     * Counts {@link #version} up by one.
     *
     * @param mailbox a mailbox
     * @return the new number
     */
    long nextVersion(String mailbox);
}
