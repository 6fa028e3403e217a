package ekiden.definition;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SaveRule;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fills the templates of a whole job when it becomes ready, so that whoever carries it out sees no template any more. Pure.
 */
public final class Expansion {
    private final Values values;
    private final TemplateLimits limits;
    private @Nullable Problem problem;

    private Expansion(Values values, TemplateLimits limits) {
        this.values = values;
        this.limits = limits;
    }

    /**
     * @param work what a job does, as defined
     * @param values of the run
     * @param limits bounds
     * @return the same work without templates, or the first value that is missing, too long, or makes a condition empty
     */
    public static Result<Work> of(Work work, Values values, TemplateLimits limits) {
        Expansion expansion = new Expansion(values, limits);
        Work filled = switch (work) {
            case ReceiveMail receive -> expansion.receive(receive);
            case RunCommand command -> expansion.command(command);
            case SendMail send -> expansion.send(send);
        };
        Problem problem = expansion.problem;
        return problem == null ? Result.ok(filled) : Result.failed(problem);
    }

    private ReceiveMail receive(ReceiveMail work) {
        Conditions conditions = work.conditions();
        Conditions filled = conditions.any() ? conditions : conditions.map(this::condition);
        return new ReceiveMail(work.profile(), filled, save(work.save()), work.after(), work.claim(), work.priority());
    }

    private SaveRule save(SaveRule save) {
        SaveOptions options = save.options();
        SaveOptions filled = options == null
                ? null
                : new SaveOptions(
                        names(options.folderName()),
                        names(options.attachmentName()),
                        names(options.receptionList()),
                        options.collision(),
                        options.access(),
                        options.retention(),
                        options.checks(),
                        options.settle());
        return new SaveRule(
                names(save.to()),
                names(save.bodyName()),
                names(save.listName()),
                names(save.mailName()),
                save.attachments(),
                filled);
    }

    private @Nullable String names(@Nullable String text) {
        return text == null ? null : value(Template.expandNames(text, values, limits), "");
    }

    /** An empty text would be a part of every subject: a mail without a subject must not make a watch that takes everything. */
    private List<Entry> condition(String key, List<Entry> entries) {
        List<Entry> filled = new ArrayList<>();
        for (Entry entry : entries) {
            // patterns hold no values: a character of a mail would mean something in them
            List<String> texts =
                    entry.form() == Entry.Form.TEXT ? arguments(List.of(entry.text())) : List.of(entry.text());
            texts.forEach(text -> filled.add(entry.with(text)));
        }
        boolean empty = filled.isEmpty() && !entries.isEmpty();
        if (empty || filled.stream().anyMatch(entry -> entry.text().isBlank())) {
            note(Result.failed(DefinitionMessage.CONDITION_EMPTY, "where", key));
        }
        return filled;
    }

    private RunCommand command(RunCommand work) {
        Map<String, String> environment = new LinkedHashMap<>();
        work.environment().forEach((name, text) -> environment.put(name, text(text)));
        return new RunCommand(
                arguments(work.command()), environment, path(work.folder()), work.warningAbove(), work.abnormalAbove());
    }

    private SendMail send(SendMail work) {
        String text = work.text();
        return new SendMail(
                work.profile(),
                arguments(work.to()),
                arguments(work.cc()),
                arguments(work.bcc()),
                text(work.subject()),
                text == null ? null : text(text),
                path(work.textFile()),
                value(Template.expandPaths(work.attach(), values, limits), List.of()),
                extras(work.extras()));
    }

    private MailExtras extras(MailExtras extras) {
        String from = extras.from();
        String html = extras.html();
        return new MailExtras(
                from == null ? null : text(from),
                arguments(extras.replyTo()),
                html == null ? null : value(Template.expandHtml(html, values, limits), ""),
                path(extras.htmlFile()),
                path(extras.signatureFile()),
                extras.importance(),
                path(extras.attachList()),
                extras.ifRefused(),
                extras.endsAt(),
                extras.onBounce(),
                path(extras.textTemplate()),
                path(extras.htmlTemplate()));
    }

    private List<String> arguments(List<String> texts) {
        return value(Template.expandArguments(texts, values, limits), List.of());
    }

    private String text(String text) {
        return value(Template.expand(text, values, limits), "");
    }

    private @Nullable String path(@Nullable String text) {
        return text == null ? null : value(Template.expandPath(text, values, limits), "");
    }

    private <T> T value(Result<T> result, T otherwise) {
        return switch (result) {
            case Result.Ok<T>(T value) -> value;
            case Result.Failed<T> failed -> {
                note(failed);
                yield otherwise;
            }
        };
    }

    private void note(Result<?> result) {
        if (problem == null && result instanceof Result.Failed<?>(Problem first)) {
            problem = first;
        }
    }
}
