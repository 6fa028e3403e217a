package ekiden.definition;

import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.Job;
import ekiden.model.definition.Jobnet;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SendMail;
import ekiden.yaml.Fields;
import ekiden.yaml.Quantities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A jobnet as the keys and values a user would write, in a fixed order, without what is default. Pure; the one place that knows
 * the way from the model to the written form.
 */
public final class JobnetTree {
    private JobnetTree() {}

    /**
     * @param jobnet any
     * @return keys to texts, numbers, truth values, lists of texts, or further such maps; in the order they are documented
     */
    public static Map<String, Object> of(Jobnet jobnet) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("version", 1);
        tree.put("jobnet", jobnet.name().value());
        ReceiveMail start = jobnet.start();
        if (start != null) {
            Map<String, Object> begins = new LinkedHashMap<>();
            begins.put("receive-mail", receive(start));
            if (jobnet.times() != null) {
                begins.put("times", jobnet.times());
            }
            tree.put("start", begins);
        }
        if (jobnet.overlap() != Jobnet.Overlap.QUEUE) {
            tree.put("overlap", Fields.word(jobnet.overlap()));
        }
        Map<String, Object> jobs = new LinkedHashMap<>();
        for (Job job : jobnet.jobs()) {
            jobs.put(job.name(), job(job));
        }
        if (!jobs.isEmpty()) {
            tree.put("jobs", jobs);
        }
        return tree;
    }

    private static Map<String, Object> job(Job job) {
        Map<String, Object> tree = new LinkedHashMap<>();
        list(tree, "needs", job.needs());
        switch (job.work()) {
            case ReceiveMail receive -> tree.put("receive-mail", receive(receive));
            case RunCommand command -> command(tree, command);
            case SendMail send -> tree.put("send-mail", send(send));
        }
        Duration timeout = job.timeout();
        if (timeout != null) {
            tree.put("timeout", Quantities.format(timeout));
        }
        if (job.onTimeout() != Job.OnTimeout.KILL) {
            tree.put("on-timeout", Fields.word(job.onTimeout()));
        }
        return tree;
    }

    private static Map<String, Object> receive(ReceiveMail receive) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("profile", receive.profile());
        Conditions conditions = receive.conditions();
        ConditionTree.put(tree, conditions);
        Map<String, Object> save = SaveTree.of(receive.save());
        if (!save.isEmpty()) {
            tree.put("save", save);
        }
        if (receive.after() != null) {
            tree.put("after-receive", after(receive.after()));
        }
        if (receive.claim() != ReceiveMail.ClaimRule.ALL) {
            tree.put("claim", Fields.word(receive.claim()));
        }
        if (receive.priority() != DefinitionDefaults.PRIORITY) {
            tree.put("priority", receive.priority());
        }
        return tree;
    }

    private static List<String> after(AfterReceive after) {
        List<String> words = new ArrayList<>();
        if (after.read()) {
            words.add("read");
        }
        if (after.keyword() != null) {
            words.add("keyword:" + after.keyword());
        }
        if (after.moveTo() != null) {
            words.add("move:" + after.moveTo());
        }
        if (after.delete()) {
            words.add("delete");
        }
        return words.isEmpty() ? List.of("none") : words;
    }

    private static void command(Map<String, Object> tree, RunCommand command) {
        tree.put("command", command.command());
        if (!command.environment().isEmpty()) {
            tree.put("environment", new TreeMap<>(command.environment()));
        }
        text(tree, "folder", command.folder());
        if (command.warningAbove() != 0 || command.abnormalAbove() != 0) {
            Map<String, Object> codes = new LinkedHashMap<>();
            codes.put("warning-above", command.warningAbove());
            codes.put("abnormal-above", command.abnormalAbove());
            tree.put("exit-codes", codes);
        }
    }

    private static Map<String, Object> send(SendMail send) {
        Map<String, Object> tree = new LinkedHashMap<>();
        MailExtras extras = send.extras();
        tree.put("profile", send.profile());
        text(tree, "from", extras.from());
        list(tree, "to", send.to());
        list(tree, "cc", send.cc());
        list(tree, "bcc", send.bcc());
        list(tree, "reply-to", extras.replyTo());
        if (!send.subject().isEmpty()) {
            tree.put("subject", send.subject());
        }
        text(tree, "text", send.text());
        text(tree, "text-file", send.textFile());
        text(tree, "text-template", extras.textTemplate());
        text(tree, "html", extras.html());
        text(tree, "html-file", extras.htmlFile());
        text(tree, "html-template", extras.htmlTemplate());
        text(tree, "signature-file", extras.signatureFile());
        if (extras.endsAt() != MailExtras.EndsAt.LEFT) {
            tree.put("ends-at", extras.endsAt().name().toLowerCase(Locale.ROOT));
        }
        text(tree, "on-bounce", extras.onBounce());
        if (extras.importance() != MailExtras.Importance.NORMAL) {
            tree.put("importance", extras.importance().name().toLowerCase(Locale.ROOT));
        }
        list(tree, "attach", send.attach());
        text(tree, "attach-list", extras.attachList());
        IfRefused rule = extras.ifRefused();
        text(tree, "if-refused", rule == null ? null : Fields.word(rule));
        return tree;
    }

    private static void list(Map<String, Object> tree, String key, List<String> items) {
        if (!items.isEmpty()) {
            tree.put(key, items);
        }
    }

    static void text(Map<String, Object> tree, String key, @Nullable String text) {
        if (text != null) {
            tree.put(key, text);
        }
    }
}
