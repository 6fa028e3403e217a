package ekiden.definition;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.SizeRange;
import ekiden.yaml.Fields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Conditions as the keys and values a user would write. */
final class ConditionTree {
    private ConditionTree() {}

    static void put(Map<String, Object> tree, Conditions conditions) {
        if (conditions.any()) {
            tree.put("any", true);
        } else {
            list(tree, "from", conditions.from());
            list(tree, "to", conditions.to());
            list(tree, "cc", conditions.cc());
            list(tree, "subject", conditions.subject());
            list(tree, "text", conditions.text());
            list(tree, "attachment", conditions.attachment());
            header(tree, conditions.header());
            size(tree, conditions);
            if (conditions.hasAttachment() != null) {
                tree.put("has-attachment", conditions.hasAttachment());
            }
            words(
                    tree,
                    "authenticated",
                    conditions.authenticated().stream()
                            .map(proof -> Fields.word(proof.kind()))
                            .toList());
        }
        words(tree, "include", conditions.include().stream().map(Fields::word).toList());
    }

    private static void words(Map<String, Object> tree, String key, List<String> words) {
        if (!words.isEmpty()) {
            tree.put(key, words);
        }
    }

    private static void header(Map<String, Object> tree, List<HeaderCondition> header) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (HeaderCondition one : header) {
            fields.put(one.name(), one.entries().isEmpty() ? (Object) true : entries(one.entries()));
        }
        if (!fields.isEmpty()) {
            tree.put("header", fields);
        }
    }

    private static void size(Map<String, Object> tree, Conditions conditions) {
        SizeRange size = conditions.size();
        if (size != null) {
            Map<String, Object> range = new LinkedHashMap<>();
            range.put("min", size.min());
            if (size.max() != Long.MAX_VALUE) {
                range.put("max", size.max());
            }
            tree.put("size", range);
        }
    }

    private static void list(Map<String, Object> tree, String key, List<Entry> entries) {
        if (!entries.isEmpty()) {
            tree.put(key, entries(entries));
        }
    }

    private static List<Object> entries(List<Entry> entries) {
        return entries.stream().map(ConditionTree::entry).toList();
    }

    private static Object entry(Entry entry) {
        if (entry.plain()) {
            return entry.text();
        }
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(Fields.word(entry.form()), entry.text());
        if (entry.look() != Entry.Look.USUAL) {
            tree.put("in", Fields.word(entry.look()));
        }
        if (entry.anyCase()) {
            tree.put("case", "ignore");
        }
        if (entry.anyWidth()) {
            tree.put("width", "ignore");
        }
        if (entry.acrossLines()) {
            tree.put("line-breaks", "ignore");
        }
        return tree;
    }
}
