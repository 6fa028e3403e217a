package ekiden.store;

import java.util.Optional;
import java.util.UUID;

/** The home that a store belongs to. */
public interface Owner {
    /** {@return the id of the home, or empty while the store belongs to none} */
    Optional<UUID> find();

    /**
     * Gives a store that belongs to no home to one; nothing changes where it belongs to one.
     *
     * @param home the id of the home
     */
    void take(UUID home);
}
