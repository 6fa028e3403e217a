package ekiden.manager;

import ekiden.base.Ids;
import ekiden.base.Result;
import ekiden.definition.Expansion;
import ekiden.definition.TemplateLimits;
import ekiden.definition.Values;
import ekiden.engine.FileRetention;
import ekiden.link.Assignment;
import ekiden.model.definition.MailExtras;
import ekiden.model.definition.ReceiveMail;
import ekiden.model.definition.RunCommand;
import ekiden.model.definition.SaveOptions;
import ekiden.model.definition.SendMail;
import ekiden.model.definition.Work;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.MailSummary;
import ekiden.model.mail.MessageIds;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.Claim;
import ekiden.model.run.Run;
import ekiden.store.Definitions.Definition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Fills the values of a run into what one of its jobs is to do. */
final class AssignmentBuilder {
    private final Scope scope;
    private final Run run;
    private final Definition definition;

    AssignmentBuilder(Scope scope, Run run, Definition definition) {
        this.scope = scope;
        this.run = run;
        this.definition = definition;
    }

    /** What a job is to do, without templates; or the value that is missing. */
    Result<Work> work(String job) {
        Values values = PassingInformation.of(scope.tx, scope.settings, run);
        return Expansion.of(definition.jobnet().job(job).work(), values, TemplateLimits.DEFAULT);
    }

    Result<Assignment> build(AttemptId attempt) {
        return work(attempt.job()).then(work -> Result.ok(assignment(attempt, work)));
    }

    private Assignment assignment(AttemptId attempt, Work work) {
        return switch (work) {
            case RunCommand command -> command(attempt, command);
            case SendMail mail -> mail(attempt, mail);
            case ReceiveMail ignored -> throw new IllegalStateException("a watch is not assigned");
        };
    }

    private Assignment command(AttemptId attempt, RunCommand command) {
        List<String> words = new ArrayList<>(command.command());
        words.set(0, program(words.getFirst()));
        Map<String, String> environment = new LinkedHashMap<>(command.environment());
        environment.put("EKIDEN_UNIT", run.unit());
        environment.put("EKIDEN_RUN", run.label());
        environment.put("EKIDEN_JOB", attempt.job());
        environment.put("EKIDEN_ATTEMPT", Integer.toString(attempt.attempt()));
        String folder = command.folder();
        return new Assignment.ExecuteCommand(
                attempt, words, environment, folder == null ? runFolder() : fromDefinition(folder), handed());
    }

    /** The saved files that jobs of the run are told of. */
    private List<Assignment.Handed> handed() {
        List<Assignment.Handed> handed = new ArrayList<>();
        for (Claim claim : scope.tx.claims().of(run.id())) {
            SavedMail saved = FileRetention.files(claim);
            if (saved != null && saved.attachments().stream().anyMatch(file -> file.path() != null)) {
                SaveOptions how = how(claim.job());
                handed.add(new Assignment.Handed(claim.id(), saved, how.settle() != null, how.access()));
            }
        }
        return handed;
    }

    private SaveOptions how(@Nullable String job) {
        ReceiveMail receive = job == null
                ? definition.jobnet().start()
                : definition.jobnet().job(job).work() instanceof ReceiveMail watch ? watch : null;
        return receive == null ? SaveOptions.DEFAULT : receive.save().how();
    }

    /** A path with a slash starts from the definition's folder; a bare name is looked up on the agent's PATH. */
    private String program(String word) {
        return word.contains("/") ? fromDefinition(word) : word;
    }

    private String fromDefinition(String path) {
        return Path.of(definition.folder()).resolve(path).normalize().toString();
    }

    private Assignment mail(AttemptId attempt, SendMail mail) {
        String textFile = mail.textFile();
        return new Assignment.SubmitMail(
                attempt,
                mail.profile(),
                mail.to(),
                mail.cc(),
                mail.bcc(),
                mail.subject(),
                mail.text(),
                textFile == null ? null : fromDefinition(textFile),
                mail.attach(),
                runFolder(),
                messageId(attempt),
                scope.now,
                inReplyTo(),
                handed(),
                extras(mail.extras()),
                values(mail.extras()),
                references());
    }

    /** The files are the agent's, so it is the one who fills them. */
    private @Nullable Map<String, List<String>> values(MailExtras extras) {
        return extras.textTemplate() == null && extras.htmlTemplate() == null
                ? null
                : PassingInformation.of(scope.tx, scope.settings, run).texts();
    }

    private MailExtras extras(MailExtras extras) {
        String html = extras.htmlFile();
        String signature = extras.signatureFile();
        return new MailExtras(
                extras.from(),
                extras.replyTo(),
                extras.html(),
                html == null ? null : fromDefinition(html),
                signature == null ? null : fromDefinition(signature),
                extras.importance(),
                extras.attachList(),
                extras.ifRefused(),
                extras.endsAt(),
                null,
                absolute(extras.textTemplate()),
                absolute(extras.htmlTemplate()));
    }

    private @Nullable String absolute(@Nullable String file) {
        return file == null ? null : fromDefinition(file);
    }

    /** The same for every attempt of the job, so that a resend can be told from another mail. */
    private String messageId(AttemptId attempt) {
        UUID id = Ids.derive(run.id(), "mail of " + attempt.job(), run.created());
        return "<" + id + "@" + OwnMails.domainForMail(scope.tx) + ">";
    }

    /** An id that cannot be written is left out: that the mail goes is worth more than its place in a thread. */
    private @Nullable String inReplyTo() {
        String id = answered().map(MailSummary::messageId).orElse(null);
        return id != null && MessageIds.valid(id) ? id : null;
    }

    /** RFC 5322 §3.6.4: those of the mail that is answered, and its own. */
    private List<String> references() {
        List<String> references =
                new ArrayList<>(answered().map(MailSummary::thread).orElse(List.of()));
        String id = inReplyTo();
        if (id != null) {
            references.remove(id);
            references.add(id);
        }
        return references;
    }

    /** The mail that started the run. */
    private Optional<MailSummary> answered() {
        return Optional.ofNullable(run.claim())
                .flatMap(scope.tx.claims()::find)
                .flatMap(claim -> scope.tx.mails().find(claim.mail()))
                .map(CatalogueMail::summary);
    }

    private String runFolder() {
        return RunFolders.runFolder(scope.settings, run).toString();
    }
}
