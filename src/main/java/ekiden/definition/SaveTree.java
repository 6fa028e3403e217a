package ekiden.definition;

import ekiden.model.definition.PartChecks;
import ekiden.model.definition.Retention;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import ekiden.yaml.Fields;
import ekiden.yaml.Quantities;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The key {@code save} as a user would write it, without what is default. Pure. */
final class SaveTree {
    private SaveTree() {}

    static Map<String, Object> of(SaveRule save) {
        SaveOptions how = save.how();
        Map<String, Object> tree = new LinkedHashMap<>();
        JobnetTree.text(tree, "to", save.to());
        JobnetTree.text(tree, "folder-name", how.folderName());
        JobnetTree.text(tree, "body-name", save.bodyName());
        JobnetTree.text(tree, "list-name", save.listName());
        JobnetTree.text(tree, "mail-name", save.mailName());
        JobnetTree.text(tree, "attachment-name", how.attachmentName());
        if (!save.attachments()) {
            tree.put("attachments", false);
        }
        JobnetTree.text(tree, "reception-list", how.receptionList());
        if (how.collision() != SaveOptions.Collision.UNIQUE) {
            tree.put("collision", Fields.word(how.collision()));
        }
        SaveOptions.FileAccess access = how.access();
        if (access != null) {
            JobnetTree.text(tree, "owner", access.owner());
            JobnetTree.text(tree, "group", access.group());
            JobnetTree.text(tree, "mode", access.mode());
            JobnetTree.text(tree, "folder-mode", access.folderMode());
        }
        Retention retention = how.retention();
        if (retention != null) {
            boolean never = retention.equals(Retention.NEVER);
            tree.put("retention", never ? Retention.NEVER_WORD : retention(retention));
        }
        PartChecks checks = how.checks();
        if (checks != null && checks.filter() != null) {
            tree.put("filter", filter(checks.filter()));
        }
        if (checks != null && checks.scan() != null) {
            tree.put("scan", scan(checks.scan()));
        }
        Duration settle = how.settle();
        if (settle != null) {
            tree.put("settle", Quantities.format(settle));
        }
        return tree;
    }

    private static Map<String, Object> retention(Retention retention) {
        Map<String, Object> tree = new LinkedHashMap<>();
        Duration age = retention.age();
        if (age != null) {
            tree.put("age", Quantities.format(age));
        }
        Integer count = retention.count();
        if (count != null) {
            tree.put("count", count);
        }
        Long size = retention.size();
        if (size != null) {
            tree.put("size", size);
        }
        return tree;
    }

    private static Map<String, Object> filter(PartChecks.Filter filter) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("command", filter.command());
        timeout(tree, filter.timeout());
        if (filter.onFailure() != PartChecks.Filter.OnFailure.FAIL) {
            tree.put("on-failure", Fields.word(filter.onFailure()));
        }
        return tree;
    }

    private static Map<String, Object> scan(PartChecks.Scan scan) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("clamd", scan.clamd());
        timeout(tree, scan.timeout());
        if (scan.onInfected() != PartChecks.Scan.OnInfected.SKIP) {
            tree.put("on-infected", Fields.word(scan.onInfected()));
        }
        if (scan.onFailure() != PartChecks.Scan.OnFailure.WAIT) {
            tree.put("on-failure", Fields.word(scan.onFailure()));
        }
        return tree;
    }

    private static void timeout(Map<String, Object> tree, @Nullable Duration timeout) {
        if (timeout != null) {
            tree.put("timeout", Quantities.format(timeout));
        }
    }
}
