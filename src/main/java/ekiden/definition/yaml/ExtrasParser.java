package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.UnitName;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a mail to send has beside recipients, subject, text and files. */
final class ExtrasParser {
    private final Notes notes;
    private final WorkParser work;

    ExtrasParser(Notes notes, WorkParser work) {
        this.notes = notes;
        this.work = work;
    }

    MailExtras parse(String job, Fields fields, String where) {
        bodies(fields, where);
        String from = fields.text("from");
        if (from != null) {
            work.recipient(fields, "from", new Located(from, fields.at("from")), false);
        }
        work.note(job, fields, "from", from, TemplateUse.Role.SINGLE);
        String html = fields.text("html");
        work.note(job, fields, "html", html, TemplateUse.Role.TEXT);
        List<String> replyTo = work.recipients(job, fields, WorkParser.REPLY_TO);
        MailExtras extras = new MailExtras(
                from,
                replyTo,
                html,
                work.path(job, fields, "html-file"),
                work.path(job, fields, "signature-file"),
                fields.choice("importance", MailExtras.Importance.class, MailExtras.Importance.NORMAL),
                work.path(job, fields, "attach-list"),
                fields.node("if-refused") == null ? null : fields.choice("if-refused", IfRefused.class, IfRefused.EACH),
                fields.choice("ends-at", MailExtras.EndsAt.class, MailExtras.EndsAt.LEFT),
                onBounce(fields));
        return extras.equals(MailExtras.NONE) ? MailExtras.NONE : extras;
    }

    /** A value of the run would let whoever wrote a mail choose what is started. */
    private @Nullable String onBounce(Fields fields) {
        String text = fields.text("on-bounce");
        if (text == null) {
            return null;
        }
        UnitName name = UnitName.parse(text).filter(one -> !one.temporary()).orElse(null);
        if (name == null) {
            fields.badValue("on-bounce", "/GROUP/JOBNET");
            return null;
        }
        notes.unit(fields.where("on-bounce"), new Located(name.value(), fields.at("on-bounce")));
        return name.value();
    }

    private void bodies(Fields fields, String where) {
        YamlNode text = fields.node("text");
        YamlNode textFile = fields.node("text-file");
        YamlNode html = fields.node("html");
        YamlNode htmlFile = fields.node("html-file");
        boolean none = text == null && textFile == null && html == null && htmlFile == null;
        if (none || (text != null && textFile != null)) {
            notes.add(DefinitionMessage.TEXT_OR_FILE, fields.at(), "where", where, "expected", "text | text-file");
        }
        if (html != null && htmlFile != null) {
            notes.add(DefinitionMessage.TEXT_OR_FILE, fields.at(), "where", where, "expected", "html | html-file");
        }
    }
}
