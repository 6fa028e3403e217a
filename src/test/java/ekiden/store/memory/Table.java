package ekiden.store.memory;

import java.util.Collection;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows by key, in the order of their keys; every change can be taken back. */
final class Table<K extends Comparable<K>, V> {
    private final NavigableMap<K, V> rows = new TreeMap<>();
    private final Undo undo;

    Table(Undo undo) {
        this.undo = undo;
    }

    @Nullable
    V get(K key) {
        return rows.get(key);
    }

    void put(K key, V row) {
        restoreLater(key, rows.put(key, row));
    }

    void remove(K key) {
        V old = rows.remove(key);
        if (old != null) {
            restoreLater(key, old);
        }
    }

    Collection<V> values() {
        return rows.values();
    }

    NavigableMap<K, V> rows() {
        return rows;
    }

    private void restoreLater(K key, @Nullable V old) {
        undo.add(() -> {
            if (old == null) {
                rows.remove(key);
            } else {
                rows.put(key, old);
            }
        });
    }
}
