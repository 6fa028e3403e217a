package ekiden.tidy;

import ekiden.base.MessageId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The message catalogue: complete in both languages, nothing left over, ids of one form and unique. */
public final class Messages {
    static final List<String> LANGUAGES = List.of("en", "ja");
    private static final List<String> PARTS = List.of("text", "cause", "next");
    private static final Pattern FORM = Pattern.compile("EKD[BUSMACD]\\d{4}-[EWI]|KAVT\\d{4}-[EWI]");
    private static final Pattern HOLE = Pattern.compile("\\{([A-Za-z][A-Za-z0-9]*)}");

    private Messages() {}

    /**
     * @param ids all ids of the product
     * @param texts texts by language and then by key
     * @return what is wrong with them
     */
    public static List<Finding> check(List<? extends MessageId> ids, Map<String, Map<String, String>> texts) {
        List<Finding> findings = new ArrayList<>();
        Map<String, MessageId> seen = new HashMap<>();
        for (MessageId id : ids) {
            MessageId other = seen.put(id.id(), id);
            if (other != null) {
                findings.add(new Finding(id.id(), "is both " + name(id) + " and " + name(other)));
            }
            if (!FORM.matcher(id.id()).matches()) {
                findings.add(new Finding(name(id), id.id() + " has not the form EKDA0001-E"));
            }
            for (String part : PARTS) {
                findings.addAll(part(id.id() + "." + part, texts));
            }
        }
        for (String language : LANGUAGES) {
            for (String key : texts.getOrDefault(language, Map.of()).keySet()) {
                int dot = key.lastIndexOf('.');
                if (dot < 0 || !seen.containsKey(key.substring(0, dot)) || !PARTS.contains(key.substring(dot + 1))) {
                    findings.add(new Finding(key, "is a text (" + language + ") of no message"));
                }
            }
        }
        return findings;
    }

    private static List<Finding> part(String key, Map<String, Map<String, String>> texts) {
        List<Finding> findings = new ArrayList<>();
        Set<Set<String>> holes = new HashSet<>();
        for (String language : LANGUAGES) {
            String text = texts.getOrDefault(language, Map.of()).getOrDefault(key, "");
            if (text.isBlank()) {
                findings.add(new Finding(key, "has no text in " + language));
            }
            holes.add(holes(text));
        }
        if (findings.isEmpty() && holes.size() > 1) {
            findings.add(new Finding(key, "has other holes in one language than in the other: " + holes));
        }
        return findings;
    }

    private static Set<String> holes(String text) {
        Set<String> names = new TreeSet<>();
        HOLE.matcher(text).results().forEach(hole -> names.add(hole.group(1)));
        return names;
    }

    private static String name(MessageId id) {
        return id instanceof Enum<?> constant
                ? constant.getDeclaringClass().getSimpleName() + "." + constant.name()
                : id.getClass().getSimpleName();
    }
}
