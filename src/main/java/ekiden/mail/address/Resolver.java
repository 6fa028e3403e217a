package ekiden.mail.address;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Decides who is meant, from those who bear a name. Pure. */
public final class Resolver {
    private Resolver() {}

    /**
     * Who bears just this name goes before those whose names only begin with it. Two entries with one address are one.
     *
     * @param found what the book has
     * @param beginnings whether the beginning of a name is enough
     * @return who is meant
     */
    public static Decision decide(Found found, boolean beginnings) {
        boolean whole = !found.whole().isEmpty();
        List<Entry> candidates = distinct(whole ? found.whole() : found.beginning());
        if (candidates.isEmpty() || (!whole && !beginnings)) {
            return new Decision.Nobody(candidates);
        }
        return candidates.size() == 1 && !found.more()
                ? new Decision.One(candidates.getFirst())
                : new Decision.Several(candidates);
    }

    private static List<Entry> distinct(List<Entry> entries) {
        Set<String> seen = new HashSet<>();
        List<Entry> distinct = new ArrayList<>();
        for (Entry entry : entries) {
            if (seen.add(key(entry))) {
                distinct.add(entry);
            }
        }
        return distinct;
    }

    private static String key(Entry entry) {
        String address = switch (entry) {
            case Entry.Person person -> person.address();
            case Entry.Group group -> group.address();
        };
        return address == null ? "id " + entry.id() : "address " + address.toLowerCase(Locale.ROOT);
    }
}
