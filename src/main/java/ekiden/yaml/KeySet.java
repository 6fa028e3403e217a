package ekiden.yaml;

import java.util.List;

/**
 * The keys one kind of mapping may have: what the parser accepts, the schema lists and the documents describe.
 *
 * @param name what the mapping describes, for example {@code job}
 * @param keys all of them, in the order they are documented
 */
public record KeySet(String name, List<String> keys) {
    /** Copies the keys. */
    public KeySet {
        keys = List.copyOf(keys);
    }

    /**
     * @param name what the mapping describes
     * @param keys all of them
     * @return the set
     */
    public static KeySet of(String name, String... keys) {
        return new KeySet(name, List.of(keys));
    }
}
