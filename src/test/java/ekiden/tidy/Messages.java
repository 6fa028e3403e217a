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
            findings.addAll(missing(id, texts));
            findings.addAll(otherHoles(id, texts));
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

    private static List<Finding> missing(MessageId id, Map<String, Map<String, String>> texts) {
        List<String> missing = new ArrayList<>();
        for (String language : LANGUAGES) {
            for (String part : PARTS) {
                if (text(texts, language, id.id() + "." + part).isBlank()) {
                    missing.add(language + " " + part);
                }
            }
        }
        return missing.isEmpty() ? List.of() : List.of(new Finding(id.id(), "lacks " + missing));
    }

    private static List<Finding> otherHoles(MessageId id, Map<String, Map<String, String>> texts) {
        List<Finding> findings = new ArrayList<>();
        for (String part : PARTS) {
            String key = id.id() + "." + part;
            Set<Set<String>> holes = new HashSet<>();
            LANGUAGES.stream()
                    .map(language -> text(texts, language, key))
                    .filter(text -> !text.isBlank())
                    .forEach(text -> holes.add(holes(text)));
            if (holes.size() > 1) {
                findings.add(new Finding(key, "has other holes in one language than in the other: " + holes));
            }
        }
        return findings;
    }

    private static String text(Map<String, Map<String, String>> texts, String language, String key) {
        return texts.getOrDefault(language, Map.of()).getOrDefault(key, "");
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
