package ekiden.mail.address;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The entries of a book in memory, found by name and by id. Never changes; safe from any thread. */
public final class EntryIndex {
    private final List<Entry> entries;
    private final Map<String, Entry> ids = new HashMap<>();
    private final NavigableMap<String, List<Entry>> names = new TreeMap<>();

    /**
     * @param entries in the order of the book
     */
    public EntryIndex(List<Entry> entries) {
        this.entries = List.copyOf(entries);
        for (Entry entry : this.entries) {
            ids.putIfAbsent(entry.id(), entry);
            Set<String> folded = new LinkedHashSet<>();
            entry.names().forEach(name -> folded.add(Names.fold(name)));
            folded.remove("");
            folded.forEach(key ->
                    names.computeIfAbsent(key, none -> new ArrayList<>(1)).add(entry));
        }
    }

    /**
     * @param name not blank
     * @param most how many are taken
     * @return who bears it
     */
    public Found find(String name, int most) {
        String key = Names.fold(name);
        if (key.isEmpty()) {
            return Found.NOBODY;
        }
        List<Entry> whole = names.getOrDefault(key, List.of());
        if (!whole.isEmpty()) {
            return new Found(whole.subList(0, Math.min(most, whole.size())), List.of(), whole.size() > most);
        }
        Set<Entry> beginning = new LinkedHashSet<>();
        for (Map.Entry<String, List<Entry>> next : names.tailMap(key, true).entrySet()) {
            if (!next.getKey().startsWith(key) || beginning.size() > most) {
                break;
            }
            beginning.addAll(next.getValue());
        }
        return new Found(List.of(), beginning.stream().limit(most).toList(), beginning.size() > most);
    }

    /**
     * @param id of an entry
     * @return that entry, or null where there is none
     */
    public @Nullable Entry byId(String id) {
        return ids.get(id);
    }

    /**
     * @param most how many
     * @return the first entries
     */
    public AddressBook.Listing list(int most) {
        return new AddressBook.Listing(entries.subList(0, Math.min(most, entries.size())), entries.size() > most);
    }
}
