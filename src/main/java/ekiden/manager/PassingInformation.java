package ekiden.manager;

import ekiden.definition.ValueNames;
import ekiden.definition.Values;
import ekiden.engine.BounceRule;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Returned;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.AttemptId;
import ekiden.model.run.BounceCause;
import ekiden.model.run.Claim;
import ekiden.model.run.JobRun;
import ekiden.model.run.Run;
import ekiden.store.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values a run hands to its jobs (JP1: passing information): {@code start.…} from the mail that started it, {@code bounce.…} from the
 * returned mail that did, {@code JOB.…} from the jobs before.
 */
final class PassingInformation {
    private PassingInformation() {}

    static Values of(Transaction tx, ManagerSettings settings, Run run) {
        Values values = Values.NONE
                .with("unit", run.unit())
                .with("run.id", run.id().toString())
                .with("run.number", Long.toString(run.number()))
                .with("run.folder", RunFolders.runFolder(settings, run).toString());
        values = mail(tx, ValueNames.START, run.claim(), values);
        BounceCause bounce = run.bounce();
        values = bounce == null ? values : bounce(tx, bounce, values);
        for (JobRun job : run.jobs()) {
            values = mail(tx, job.name(), job.claim(), values);
            values = command(settings, run, job, values);
        }
        return values;
    }

    private static Values bounce(Transaction tx, BounceCause cause, Values values) {
        List<Bounce.Recipient> failed = tx.sentMails().about(cause.messageId()).stream()
                .filter(one -> one.mail() == cause.mail() && BounceRule.failed(one))
                .map(Returned::recipient)
                .toList();
        return values.withBounce(cause.run(), cause.job(), cause.messageId(), cause.mail(), failed);
    }

    private static Values command(ManagerSettings settings, Run run, JobRun job, Values values) {
        if (job.exitCode() == null) {
            return values;
        }
        AttemptId attempt = new AttemptId(run.id(), job.name(), job.attempt());
        Path stdout = settings.attempts().resolve(attempt.toString()).resolve("stdout");
        return values.withCommand(job.name(), job.exitCode(), stdout.toString());
    }

    private static Values mail(Transaction tx, String owner, @Nullable String claimId, Values values) {
        if (claimId == null) {
            return values;
        }
        Claim claim = tx.claims().find(claimId).orElseThrow();
        if (claim.saved() == null) {
            return values;
        }
        CatalogueMail mail = tx.mails().find(claim.mail()).orElseThrow();
        return values.withMail(owner, mail.summary(), files(claim.saved(), mail.id()));
    }

    private static Values.MailFiles files(SavedMail saved, long mail) {
        List<String> paths = saved.attachments().stream()
                .map(SavedMail.SavedFile::path)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return new Values.MailFiles(
                saved.folder(),
                Objects.requireNonNullElse(saved.body(), ""),
                Objects.requireNonNullElse(saved.list(), ""),
                saved.folder() + "/mail.json",
                Long.toString(mail),
                paths);
    }
}
