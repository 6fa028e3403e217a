package ekiden.model.definition;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is done in the mailbox with a mail that was taken. Carried out in this order: keyword and read together, then
 * move; delete beats move.
 *
 * @param read mark it read
 * @param keyword set this keyword, or null
 * @param moveTo move it to this folder, or null
 * @param delete remove it
 */
public record AfterReceive(
        boolean read, @Nullable String keyword, @Nullable String moveTo, boolean delete) {
    /** Mark it read. */
    public static final AfterReceive READ = new AfterReceive(true, null, null, false);

    /** Leave it as it is. */
    public static final AfterReceive NONE = new AfterReceive(false, null, null, false);

    /** {@return whether it is left as it is} */
    public boolean none() {
        return !read && keyword == null && moveTo == null && !delete;
    }

    /** How it is written. */
    public static final String FORM = "read | none | delete | move:FOLDER | keyword:WORD";

    /**
     * @param words as a person writes them, at least one
     * @return what they mean; nothing where one is wrong, or comes twice, or {@code none} is not alone
     */
    public static Optional<AfterReceive> of(List<String> words) {
        Map<String, Optional<String>> said = new HashMap<>();
        for (String word : words) {
            String kind = kind(word);
            if (kind.isEmpty() || said.put(kind, Optional.ofNullable(value(word))) != null) {
                return Optional.empty();
            }
        }
        if (said.isEmpty() || (said.containsKey("none") && said.size() > 1)) {
            return Optional.empty();
        }
        Optional<String> nothing = Optional.empty();
        return Optional.of(new AfterReceive(
                said.containsKey("read"),
                said.getOrDefault("keyword", nothing).orElse(null),
                said.getOrDefault("move", nothing).orElse(null),
                said.containsKey("delete")));
    }

    /**
     * @param word for example {@code move:Done}
     * @return its kind, for example {@code move}; empty where it is none
     */
    public static String kind(String word) {
        int colon = word.indexOf(':');
        String kind = colon < 0 ? word : word.substring(0, colon);
        String value = value(word);
        boolean right = switch (kind) {
            case "read", "none", "delete" -> colon < 0;
            case "move" -> value != null && value.chars().noneMatch(Character::isISOControl);
            case "keyword" -> value != null && value.matches("[A-Za-z0-9$._-]{1,64}");
            default -> false;
        };
        return right ? kind : "";
    }

    /**
     * @param word for example {@code move:Done}
     * @return what stands behind the colon, or null for nothing
     */
    public static @Nullable String value(String word) {
        int colon = word.indexOf(':');
        return colon < 0 || word.substring(colon + 1).isBlank() ? null : word.substring(colon + 1);
    }
}
