package ekiden.mail.dkim;

import ekiden.base.Ascii;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code name=value; name=value} (RFC 6376 §3.2). Names are told apart by case; blanks around names and values do not count. */
final class TagList {
    private final Map<String, String> tags;

    private TagList(Map<String, String> tags) {
        this.tags = tags;
    }

    /** {@return the tags, or null where a tag stands twice or is none: the whole list is void then} */
    static @Nullable TagList of(String text) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String part : text.split(";", -1)) {
            if (part.isBlank()) {
                continue;
            }
            int is = part.indexOf('=');
            String name = is < 0 ? "" : part.substring(0, is).strip();
            if (name.isEmpty() || tags.put(name, part.substring(is + 1).strip()) != null) {
                return null;
            }
        }
        return new TagList(tags);
    }

    /** {@return the value, or null where the tag is absent} */
    @Nullable
    String get(String name) {
        return tags.get(name);
    }

    String get(String name, String otherwise) {
        return tags.getOrDefault(name, otherwise);
    }

    boolean isFirst(String name) {
        return !tags.isEmpty() && tags.keySet().iterator().next().equals(name);
    }

    /** {@return a list between colons, in lower case; empty where the tag is absent} */
    List<String> list(String name) {
        String value = tags.get(name);
        return value == null ? List.of() : List.of(Ascii.lower(value).split("\\s*:\\s*", -1));
    }

    /** {@return a value without any blanks, as base64 is folded in a header} */
    String dense(String name) {
        String value = tags.getOrDefault(name, "");
        StringBuilder dense = new StringBuilder(value.length());
        value.chars().filter(c -> c > ' ').forEach(c -> dense.append((char) c));
        return dense.toString();
    }
}
