package ekiden.agent;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.definition.DefinitionMessage;
import ekiden.definition.Template;
import ekiden.definition.TemplateLimits;
import ekiden.definition.Values;
import ekiden.link.Assignment;
import ekiden.mail.send.DraftExtras;
import ekiden.model.definition.MailExtras;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;

/** Fills the files of a mail that hold values of the run. Belongs to one thread. */
final class MailTemplates {
    private final Assignment.SubmitMail mail;
    private final Function<Path, Result<String>> files;
    private final Values values;

    MailTemplates(Assignment.SubmitMail mail, Function<Path, Result<String>> files) {
        this.mail = mail;
        this.files = files;
        this.values = Values.of(Objects.requireNonNullElse(mail.values(), Map.of()));
    }

    private interface Filling {
        Result<String> fill(String text, Values values, TemplateLimits limits);
    }

    /** The text, wherever it comes from. */
    Result<String> text(DraftExtras extras) {
        String template = mail.extras().textTemplate();
        return template == null
                ? extras.text(mail.text(), mail.textFile())
                : filled(Path.of(template), Template::expand);
    }

    /** What the mail has besides, its HTML filled. */
    Result<MailExtras> html() {
        MailExtras extras = mail.extras();
        String template = extras.htmlTemplate();
        return template == null
                ? Result.ok(extras)
                : filled(Path.of(template), Template::expandHtml).then(html -> Result.ok(extras.withHtml(html)));
    }

    private Result<String> filled(Path file, Filling filling) {
        Result<String> text = files.apply(file);
        Result<String> filled = text.then(read -> filling.fill(read, values, TemplateLimits.DEFAULT));
        return text instanceof Result.Ok<String> && filled instanceof Result.Failed<String>(Problem problem)
                ? Result.failed(told(file, problem))
                : filled;
    }

    private Problem told(Path file, Problem problem) {
        Map<String, String> said = problem.values();
        String found = said.getOrDefault("found", "");
        if (problem.id().equals(DefinitionMessage.VALUE_TOO_LONG.id())) {
            String limit = said.getOrDefault("expected", "");
            return Problem.of(
                    AgentMessage.TEMPLATE_TOO_LONG,
                    "file",
                    file,
                    "name",
                    said.getOrDefault("name", ""),
                    "found",
                    found,
                    "expected",
                    limit);
        }
        String known = String.join(", ", new TreeSet<>(values.byName().keySet()));
        return Problem.of(
                AgentMessage.TEMPLATE, "file", file, "found", said.getOrDefault("name", found), "expected", known);
    }
}
