package ekiden.http;

import ekiden.base.MessageId;
import ekiden.manager.FilePruning;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import ekiden.model.mail.Bounce;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.mail.Receipt;
import ekiden.model.mail.SavedMail;
import ekiden.model.run.BounceCause;
import ekiden.model.run.Claim;
import ekiden.model.run.JobStatus;
import ekiden.model.run.RunStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What answers look like: the schemas of {@code openapi.yaml}. Components are only ever added; a null one is left out. */
final class Views {
    private Views() {}

    record Health(String product, boolean ready) {}

    record ProblemView(
            String id,
            MessageId.Kind kind,
            Map<String, String> values,
            String text,
            String cause,
            String next,
            @Nullable Integer exit) {}

    record Problems(List<ProblemView> problems) {}

    record Done(boolean done) {}

    record UnitSummary(
            String unit,
            long version,
            UUID definition,
            String folder,
            Instant defined,
            boolean startsByMail,
            boolean temporary,
            int jobs) {}

    record Units(List<UnitSummary> units) {}

    record Unit(
            String unit,
            long version,
            UUID definition,
            String folder,
            Instant defined,
            Map<String, Object> jobnet,
            String yaml) {}

    record Defined(UnitSummary unit, boolean changed) {}

    record Checked(String unit, int jobs) {}

    record Change(
            String key,
            String kind,
            @Nullable String before,
            @Nullable String now) {}

    record Diff(String unit, boolean defined, List<Change> changes) {}

    record JobView(
            String name,
            JobStatus status,
            String statusText,
            int attempt,
            @Nullable String killing,
            @Nullable Integer exitCode,
            @Nullable Long mail,
            @Nullable ProblemView problem,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable List<ReturnedView> returned) {}

    record ReturnedView(
            String recipient, Bounce.Action action, String status, String diagnostic, long mail, Instant at) {}

    record RunView(
            UUID id,
            String label,
            String unit,
            long number,
            UUID definition,
            RunStatus status,
            String statusText,
            boolean over,
            boolean killing,
            @Nullable Long mail,
            @Nullable BounceCause bounce,
            @Nullable ProblemView problem,
            Instant created,
            @Nullable Instant started,
            @Nullable Instant ended,
            @Nullable List<JobView> jobs) {}

    record Runs(List<RunView> runs) {}

    record Events(List<Map<String, Object>> events, boolean over, RunStatus status) {}

    record MailView(
            long id,
            String mailbox,
            String key,
            Instant received,
            CatalogueMail.State state,
            @Nullable String sender,
            @Nullable String recipient,
            List<Address> from,
            List<Address> to,
            List<Address> cc,
            String subject,
            @Nullable Instant date,
            @Nullable String messageId,
            List<AttachmentSummary> attachments,
            List<String> oddities,
            @Nullable Long size,
            @Nullable String sha256,
            @Nullable ProblemView problem,
            @Nullable List<ClaimView> claims,
            @Nullable List<Instant> joins,
            @Nullable Long copyOf,
            @Nullable Receipt receipt) {}

    record Mails(List<MailView> mails) {}

    record TakenMail(
            UUID run,
            long number,
            long mail,
            String mailbox,
            String key,
            boolean atServer,
            Instant received,
            @Nullable ProblemView problem) {}

    record TakenMails(
            List<TakenMail> mails,
            long next,
            long behind,
            @Nullable UUID definition,
            @Nullable Integer left) {}

    record ClaimView(
            String id,
            UUID run,
            @Nullable String label,
            @Nullable String job,
            Claim.State state,
            @Nullable SavedMail saved,
            @Nullable ProblemView problem,
            Instant at) {}

    record OutboxMail(
            UUID run,
            String label,
            String job,
            int attempt,
            String profile,
            List<String> recipients,
            String messageId,
            Instant since,
            long age,
            JobStatus status,
            @Nullable ProblemView problem) {}

    record Outbox(List<OutboxMail> mails, boolean more) {}

    record DiskUse(long spool, long quarantine, long files, long attempts, long journal, boolean whole) {}

    record Pruning(boolean dry, List<FilePruning.Item> items, boolean more) {}

    record AlarmView(
            long id,
            String key,
            ProblemView problem,
            Instant since,
            @Nullable Instant cleared) {}

    record Alarms(List<AlarmView> alarms) {}

    record ProfileView(
            String name,
            Profiles.@Nullable Side receive,
            Profiles.@Nullable Side send,
            @Nullable String from,
            Profiles.@Nullable TokenEnd token,
            @Nullable ProblemView problem,
            List<ReaderView> readers,
            Profiles.@Nullable Canary canary) {}

    record ReaderView(
            String folder,
            String state,
            boolean works,
            @Nullable Instant answered,
            long looks,
            long connections,
            long bytes,
            Profiles.@Nullable Receiving receiving,
            boolean connected,
            Profiles.@Nullable Budget budget,
            @Nullable ProblemView problem) {}

    record FolderCount(
            String folder,
            long uidValidity,
            long atServer,
            long taken,
            long notWanted,
            long quarantined,
            long readElsewhere,
            long before,
            long waiting,
            long gone,
            long unexplained,
            List<Long> unexplainedUids) {}

    record Reconciled(String profile, long unexplained, List<FolderCount> folders) {}

    record WatchVerdict(
            String watch,
            String unit,
            @Nullable String job,
            String verdict,
            List<String> lists,
            List<ConditionView> conditions) {}

    record ConditionView(
            String list,
            @Nullable String name,
            String verdict,
            String wanted,
            @Nullable String seen,
            @Nullable PartedView parted) {}

    record PartedView(String wanted, int agreed, String instead) {}

    record Why(MailView mail, List<WatchVerdict> watches) {}

    record ProfileList(List<ProfileView> profiles, Profiles.Use use) {}

    record StepView(
            String what,
            boolean ok,
            String detail,
            @Nullable ProblemView problem) {}

    record Tested(String profile, boolean ok, List<StepView> steps) {}
}
