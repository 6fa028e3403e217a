package ekiden.definition.yaml;

import ekiden.definition.DefinitionMessage;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.UnitName;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
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
                onBounce(fields),
                template(job, fields, "text-template"),
                template(job, fields, "html-template"));
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

    /** What is filled with the values of a run is chosen by no mail. */
    private @Nullable String template(String job, Fields fields, String key) {
        String name = work.path(job, fields, key, TemplateUse.Role.TEMPLATE);
        if (name != null) {
            notes.templateFile(job, fields.where(key), new Located(name, fields.at(key)));
        }
        return name;
    }

    private void bodies(Fields fields, String where) {
        List<String> texts = List.of("text", "text-file", "text-template");
        List<String> htmls = List.of("html", "html-file", "html-template");
        long text = count(fields, texts);
        long html = count(fields, htmls);
        if (text > 1 || text + html == 0) {
            notes.add(
                    DefinitionMessage.TEXT_OR_FILE, fields.at(), "where", where, "expected", String.join(" | ", texts));
        }
        if (html > 1) {
            notes.add(
                    DefinitionMessage.TEXT_OR_FILE, fields.at(), "where", where, "expected", String.join(" | ", htmls));
        }
    }

    private static long count(Fields fields, List<String> keys) {
        return keys.stream().filter(key -> fields.node(key) != null).count();
    }
}
