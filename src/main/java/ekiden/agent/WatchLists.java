package ekiden.agent;

import ekiden.link.ManagerLink;
import ekiden.link.WatchList;
import ekiden.mail.match.WatchSet;
import ekiden.model.definition.Conditions;
import ekiden.model.mail.Surroundings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
     * @param surroundings what must be known beside a mail of the mailbox
     */
    record Known(long version, WatchSet set, Surroundings surroundings) {
        Known in(Surroundings present) {
            return present.equals(surroundings) ? this : new Known(version, set, present);
        }
    }

    private static final Known NOTHING = new Known(-1, new WatchSet(Map.of()), Surroundings.NONE);

    private final ManagerLink manager;
    private final Map<String, Known> lists = new ConcurrentHashMap<>();
    private volatile Function<String, Optional<String>> believed = mailbox -> Optional.empty();

    WatchLists(ManagerLink manager) {
        this.manager = manager;
    }

    /** What must be known beside a mail of a mailbox, where the manager has told by what own mails are known. */
    Surroundings surroundings(String mailbox, @Nullable String ownDomain) {
        return new Surroundings(ownDomain, believed.apply(mailbox).orElse(null));
    }

    /** The settings may have changed since the list came. */
    Known of(String mailbox) {
        Known known = lists.getOrDefault(mailbox, NOTHING);
        return known.in(surroundings(mailbox, known.surroundings().ownDomain()));
    }

    void believe(Function<String, Optional<String>> servers) {
        believed = servers;
    }

    /** Something changed: asks for the list. */
    void refresh(String mailbox) {
        manager.watches(mailbox, this::put);
    }

    void put(List<WatchList> newer) {
        newer.forEach(this::put);
    }

    /** Most of a newer list stands in the older one: only the rest is compiled. */
    void put(WatchList list) {
        Known present = lists.getOrDefault(list.mailbox(), NOTHING);
        if (present.version() > list.version()) {
            return;
        }
        Map<String, Conditions> conditions =
                LinkedHashMap.newLinkedHashMap(list.watches().size());
        list.watches().forEach(entry -> conditions.put(entry.id(), entry.conditions()));
        WatchSet set = present.set().with(conditions);
        Known known = new Known(list.version(), set, surroundings(list.mailbox(), list.ownDomain()));
        lists.merge(list.mailbox(), known, (old, next) -> next.version() >= old.version() ? next : old);
    }
}
