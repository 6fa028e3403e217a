package ekiden.agent;

import ekiden.link.ManagerLink;
import ekiden.link.WatchList;
import ekiden.mail.match.WatchSet;
import ekiden.model.definition.Conditions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The watches in the stream of each mailbox, as this agent knows them. May be behind: the manager finds that out at the commit
 * and sends the newer list with its verdict. Safe from any thread.
 */
final class WatchLists {
    /**
     * The watches of a mailbox, ready to be tested.
     *
     * @param version as in {@link WatchList}; -1 while nothing is known
     * @param set compiled
     */
    record Known(long version, WatchSet set) {}

    private static final Known NOTHING = new Known(-1, new WatchSet(Map.of()));

    private final ManagerLink manager;
    private final Map<String, Known> lists = new ConcurrentHashMap<>();

    WatchLists(ManagerLink manager) {
        this.manager = manager;
    }

    Known of(String mailbox) {
        return lists.getOrDefault(mailbox, NOTHING);
    }

    /** Something changed: asks for the list. */
    void refresh(String mailbox) {
        manager.watches(mailbox, this::put);
    }

    void put(List<WatchList> newer) {
        newer.forEach(this::put);
    }

    void put(WatchList list) {
        Map<String, Conditions> conditions = new LinkedHashMap<>();
        list.watches().forEach(entry -> conditions.put(entry.id(), entry.conditions()));
        Known known = new Known(list.version(), new WatchSet(conditions));
        lists.merge(list.mailbox(), known, (old, next) -> next.version() >= old.version() ? next : old);
    }
}
