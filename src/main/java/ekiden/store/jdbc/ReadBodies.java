package ekiden.store.jdbc;

import ekiden.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that were read or written lately, by their JSON: a definition is read several times for each mail, a run for each report, and
 * to parse it costs more than all else in a transaction. The text is the key, so what is given back is always what stands in the row. Only
 * records go in here, which nobody can change. Safe from any thread.
 */
final class ReadBodies {
    /** Rows that are remembered. */
    static final int ROWS = 512;
    /** Characters of a row that is remembered; a longer one is parsed each time. */
    static final int CHARACTERS = 16_384;
    /** Characters of all remembered rows. */
    static final int ALL_CHARACTERS = 2_000_000;

    private final Map<Key, Object> lately = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

    private record Key(Class<?> type, String json) {}

    /**
     * @param json the text of a row
     * @param type the record in it
     * @param <T> that type
     * @return the record
     * @throws Json.Unreadable when it is not that
     */
    <T> T read(String json, Class<T> type) {
        Object known = json.length() > CHARACTERS ? null : get(new Key(type, json));
        if (known != null) {
            return type.cast(known);
        }
        T read = Json.read(json, type);
        remember(json, read);
        return read;
    }

    /**
     * @param json the text of a row
     * @param row the record in it
     */
    void remember(String json, Object row) {
        if (json.length() <= CHARACTERS) {
            put(new Key(row.getClass(), json), row);
        }
    }

    private synchronized @Nullable Object get(Key key) {
        return lately.get(key);
    }

    private synchronized void put(Key key, Object read) {
        if (lately.put(key, read) == null) {
            characters += key.json().length();
        }
        while (lately.size() > ROWS || characters > ALL_CHARACTERS) {
            Key eldest = lately.keySet().iterator().next();
            lately.remove(eldest);
            characters -= eldest.json().length();
        }
    }

    /** {@return rows that are remembered now} */
    synchronized int size() {
        return lately.size();
    }
}
