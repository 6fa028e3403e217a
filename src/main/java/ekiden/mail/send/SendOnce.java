package ekiden.mail.send;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.disk.Disk;
import ekiden.model.definition.IfRefused;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Composes one mail, in memory or into a temporary file, submits it once and cleans up: the core of {@code ekiden mail send}. */
public final class SendOnce {
    private final Disk disk;
    private final ComposeLimits limits;
    private final AtomicLong sent = new AtomicLong();

    /**
     * @param disk where attachments and the temporary file lie
     * @param limits how much goes into one mail
     */
    public SendOnce(Disk disk, ComposeLimits limits) {
        this.disk = disk;
        this.limits = limits;
    }

    /**
     * What became of it.
     *
     * @param exit what a command ends with
     * @param outcome the sender's answer, or null where the mail could not be composed
     * @param problem what went wrong, or null where it was accepted for all or some
     * @param note what people should know of how it was written, or null
     */
    public record Report(
            ExitCode exit,
            @Nullable SendOutcome outcome,
            @Nullable Problem problem,
            @Nullable Problem note) {
        /**
         * With nothing to say of how it was written.
         *
         * @param exit what a command ends with
         * @param outcome the sender's answer, or null
         * @param problem what went wrong, or null
         */
        public Report(ExitCode exit, @Nullable SendOutcome outcome, @Nullable Problem problem) {
            this(exit, outcome, problem, null);
        }

        private Report with(@Nullable Problem written) {
            return new Report(exit, outcome, problem, written);
        }
    }

    /**
     * Composes and sends a mail.
     *
     * @param draft what to send
     * @param rule whether some get it where others are refused
     * @param sender through which
     * @param folder an existing folder of this object's own, for the temporary file of a large one
     * @param progress asked before the point of no return
     * @return what became of it
     */
    public Report send(MailDraft draft, IfRefused rule, MailSender sender, Path folder, SendProgress progress) {
        try (PreparedMail prepared = prepare(draft, rule, folder)) {
            return submit(prepared, sender, progress);
        }
    }

    /**
     * Composes a mail.
     *
     * @param draft what to send
     * @param rule whether some get it where others are refused
     * @param folder an existing folder of this object's own, for the temporary file of a large one
     * @return the mail, or why it could not be composed; to be closed
     */
    public PreparedMail prepare(MailDraft draft, IfRefused rule, Path folder) {
        Path file = folder.resolve("send-" + sent.incrementAndGet() + ".eml");
        ScratchDisk scratch = new ScratchDisk(disk, file);
        return new PreparedMail(new Composer(scratch, limits).compose(draft, file), rule, scratch, file);
    }

    /**
     * Sends a mail.
     *
     * @param prepared composed, or not
     * @param sender through which
     * @param progress asked before the point of no return
     * @return what became of it
     */
    public static Report submit(PreparedMail prepared, MailSender sender, SendProgress progress) {
        OutgoingMail mail = prepared.mail();
        Problem problem = prepared.problem();
        if (mail == null || problem != null) {
            return new Report(problem == null ? ExitCode.DONE : exit(problem), null, problem);
        }
        return report(prepared, sender.submit(mail, progress));
    }

    /**
     * @param prepared composed
     * @param outcome the sender's answer to it, as {@link SendProgress#answered} tells it
     * @return what became of it
     */
    public static Report report(PreparedMail prepared, SendOutcome outcome) {
        return report(outcome).with(prepared.note());
    }

    /**
     * @param outcome the sender's answer
     * @return the exit code that stands for it
     */
    public static ExitCode exit(SendOutcome outcome) {
        return report(outcome).exit();
    }

    /**
     * @param problem of composing or sending, or of the profile that was asked for the password
     * @return the exit code that stands for it
     */
    public static ExitCode exit(Problem problem) {
        return Stream.<MessageId>concat(Arrays.stream(SendMessage.values()), Arrays.stream(ComposeMessage.values()))
                .filter(message -> message.id().equals(problem.id()))
                .map(MessageId::exit)
                .findFirst()
                .orElse(ExitCode.SETTINGS);
    }

    private static Report report(SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted accepted -> new Report(ExitCode.DONE, accepted, null);
            case SendOutcome.Queued queued -> new Report(ExitCode.DONE, queued, null);
            case SendOutcome.PerRecipient some -> new Report(ExitCode.WARNING, some, null);
            case SendOutcome.Refused refused -> new Report(exit(refused.problem()), refused, refused.problem());
            case SendOutcome.Failed failed -> new Report(exit(failed.problem()), failed, failed.problem());
            case SendOutcome.Uncertain uncertain -> new Report(ExitCode.UNCERTAIN, uncertain, uncertain.problem());
        };
    }
}
