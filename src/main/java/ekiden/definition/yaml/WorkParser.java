package ekiden.definition.yaml;

import ekiden.definition.DefinitionDefaults;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.yaml.TemplateUse.Role;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.Proof;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job does, or what starts a run. Each method gives null where something is wrong, after noting it. */
final class WorkParser {
    private static final String ADDRESS = "name@example.jp";
    /** Whose answers go there is no matter of address books. */
    static final String REPLY_TO = "reply-to";

    private final Notes notes;
    private final SavePlaces places;

    WorkParser(Notes notes) {
        this.notes = notes;
        this.places = new SavePlaces(notes);
    }

    @Nullable
    ReceiveMail receive(String job, YamlNode node, String where) {
        Fields fields = notes.open(node, where, DefinitionKeys.RECEIVE_MAIL);
        if (fields == null) {
            return null;
        }
        String profile = profile(fields, true);
        Conditions conditions = new ConditionParser(notes, job, fields).parse(where);
        YamlNode saveNode = fields.node("save");
        SaveRule save = saveNode == null
                ? SaveRule.DEFAULT
                : new SaveParser(notes, this, places).save(job, saveNode, where + ".save");
        ReceiveMail.ClaimRule claim = fields.choice("claim", ReceiveMail.ClaimRule.class, ReceiveMail.ClaimRule.ALL);
        int priority = fields.number("priority", 1, 9, DefinitionDefaults.PRIORITY);
        AfterReceive after = AfterParser.parse(fields, notes);
        if (profile == null) {
            return null;
        }
        notes.proofs(
                fields,
                profile,
                conditions.authenticated().stream().map(Proof::kind).toList());
        if (after != null && after.moveTo() != null) {
            notes.move(fields, profile, after.moveTo());
        }
        return new ReceiveMail(profile, conditions, save, after, claim, priority);
    }

    private static void notBlank(Fields fields, String key, List<Located> texts) {
        for (Located text : texts) {
            if (text.text().isBlank()) {
                fields.badItem(key, text, "\"…\"");
            }
        }
    }

    @Nullable
    String path(String job, Fields fields, String key) {
        return path(job, fields, key, Role.SINGLE);
    }

    @Nullable
    String path(String job, Fields fields, String key, Role role) {
        String text = nonBlank(fields, key);
        if (text != null) {
            Located located = new Located(text, fields.at(key));
            notes.path(fields.where(key), located);
            notes.template(job, fields.where(key), located, role);
        }
        return text;
    }

    private static @Nullable String nonBlank(Fields fields, String key) {
        String text = fields.text(key);
        if (text != null && text.isBlank()) {
            fields.badValue(key, "\"…\"");
            return null;
        }
        return text;
    }

    private @Nullable String profile(Fields fields, boolean receives) {
        String name = fields.requiredText("profile");
        if (name != null) {
            notes.profile(fields.where("profile"), new Located(name, fields.at("profile")), receives);
        }
        return name;
    }

    @Nullable
    SendMail send(String job, YamlNode node, String where) {
        Fields fields = notes.open(node, where, DefinitionKeys.SEND_MAIL);
        if (fields == null) {
            return null;
        }
        String profile = profile(fields, false);
        List<String> to = recipients(job, fields, "to");
        List<String> cc = recipients(job, fields, "cc");
        List<String> bcc = recipients(job, fields, "bcc");
        if (fields.node("to") == null && fields.node("cc") == null && fields.node("bcc") == null) {
            notes.add(DefinitionMessage.NO_RECIPIENT, fields.at(), "where", where, "expected", "to | cc | bcc");
        }
        String subject = fields.text("subject");
        if (subject != null && subject.chars().anyMatch(Character::isISOControl)) {
            fields.badValue("subject", "\"…\"");
        }
        note(job, fields, "subject", subject, Role.TEXT);
        String text = fields.text("text");
        note(job, fields, "text", text, Role.TEXT);
        MailExtras extras = new ExtrasParser(notes, this).parse(job, fields, where);
        String file = path(job, fields, "text-file");
        List<Located> attach = fields.texts("attach");
        notBlank(fields, "attach", attach);
        attach.forEach(a -> notes.path(fields.where("attach"), a));
        List<String> attached = notes.items(job, fields.where("attach"), attach, Role.ITEM);
        return profile == null
                ? null
                : new SendMail(profile, to, cc, bcc, subject == null ? "" : subject, text, file, attached, extras);
    }

    void note(String job, Fields fields, String key, @Nullable String text, Role role) {
        if (text != null) {
            notes.template(job, fields.where(key), new Located(text, fields.at(key)), role);
        }
    }

    List<String> recipients(String job, Fields fields, String key) {
        List<Located> texts = fields.texts(key);
        boolean emptyList = texts.isEmpty()
                && fields.node(key) instanceof YamlNode.Sequence list
                && list.items().isEmpty();
        if (emptyList) {
            fields.badValue(key, "[" + ADDRESS + "]");
        }
        texts.forEach(text -> recipient(fields, key, text, !key.equals(REPLY_TO)));
        return notes.items(job, fields.where(key), texts, Role.ITEM);
    }

    /** Without an at sign it is a name, for the address books of the agent, where that is allowed. */
    void recipient(Fields fields, String key, Located text, boolean name) {
        boolean odd = text.text().isBlank() || text.text().chars().anyMatch(Character::isISOControl);
        int at = text.text().indexOf('@');
        boolean address = at > 0 || (at < 0 && name);
        if (odd || (!text.text().contains("${") && !address)) {
            fields.badItem(key, text, ADDRESS);
        }
    }

    @Nullable
    Work command(String job, Fields fields) {
        boolean script = fields.node("script") != null;
        List<Located> command = script ? script(fields) : arguments(fields);
        CommandCheck.check(job, fields.where(script ? "script" : "command"), command, notes);
        Map<String, String> environment = environment(job, fields);
        String folder = path(job, fields, "folder");
        int[] codes = exitCodes(fields);
        List<String> texts = command.stream().map(Located::text).toList();
        return texts.isEmpty() ? null : new RunCommand(texts, environment, folder, codes[0], codes[1]);
    }

    private static List<Located> script(Fields fields) {
        String path = nonBlank(fields, "script");
        return path == null ? List.of() : List.of(new Located(path, fields.at("script")));
    }

    private List<Located> arguments(Fields fields) {
        int known = notes.problems().count();
        List<Located> command = fields.texts("command");
        boolean line = fields.node("command") instanceof YamlNode.Scalar;
        if (line && !command.isEmpty() && command.getFirst().text().strip().matches("(?s).*\\s.*")) {
            notes.add(
                    DefinitionMessage.SHELL_LINE,
                    fields.at("command"),
                    "where",
                    fields.where("command"),
                    "found",
                    YamlNode.shorten(command.getFirst().text()),
                    "expected",
                    "[PROGRAM, ARGUMENT, …]");
        } else if (notes.problems().count() == known
                && (command.isEmpty() || command.getFirst().text().isBlank())) {
            fields.badValue("command", "[PROGRAM, ARGUMENT, …]");
        }
        return command;
    }

    private Map<String, String> environment(String job, Fields fields) {
        Map<String, String> environment = new LinkedHashMap<>();
        YamlNode node = fields.node("environment");
        String where = fields.where("environment");
        List<YamlNode.Entry> entries = node == null ? List.of() : Fields.entries(node, where, notes.problems());
        for (YamlNode.Entry entry : entries) {
            if (!entry.key().matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
                notes.problems()
                        .fault(
                                YamlFault.BAD_VALUE,
                                entry.at(),
                                "where",
                                where,
                                "found",
                                YamlNode.shorten(entry.key()),
                                "expected",
                                "A-Z a-z 0-9 _");
            }
            String path = where + "." + YamlNode.shorten(entry.key());
            String text = Fields.text(entry.value(), path, notes.problems());
            if (text != null) {
                environment.put(entry.key(), text);
                Role role = CommandCheck.findsPrograms(entry.key()) ? Role.PROGRAM : Role.SINGLE;
                Located located = new Located(text, entry.value().at());
                notes.template(job, path, located, role);
            }
        }
        return environment;
    }

    /** JP1's wth and tho: where only the abnormal limit is written, nothing ends with warning. */
    private int[] exitCodes(Fields fields) {
        YamlNode node = fields.node("exit-codes");
        Fields codes = node == null ? null : notes.open(node, fields.where("exit-codes"), DefinitionKeys.EXIT_CODES);
        if (codes == null) {
            return new int[] {0, 0};
        }
        codes.required("abnormal-above");
        int most = DefinitionDefaults.GREATEST_EXIT_CODE;
        int abnormal = codes.number("abnormal-above", 0, most, 0);
        int warning = codes.number("warning-above", 0, most, abnormal);
        if (warning > abnormal && codes.node("abnormal-above") != null) {
            notes.add(
                    DefinitionMessage.EXIT_CODES,
                    codes.at("warning-above"),
                    "where",
                    codes.where("warning-above"),
                    "found",
                    warning,
                    "expected",
                    "0.." + abnormal);
        }
        return new int[] {warning, abnormal};
    }
}
