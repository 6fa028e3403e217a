package ekiden.mail.send;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.disk.Disk;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Composes one mail, in memory or into a temporary file, submits it once and cleans up: the core of {@code ekiden mail send}. */
public final class SendOnce {
    private static final Logger LOG = System.getLogger(SendOnce.class.getName());

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
     * Sends a mail.
     *
     * @param draft what to send
     * @param sender through which
     * @param folder an existing folder of this object's own, for the temporary file of a large one
     * @return what became of it
     */
    public Report send(MailDraft draft, MailSender sender, Path folder) {
        return send(draft, sender, folder, SendProgress.NONE);
    }

    /**
     * Sends a mail and tells when its end is near.
     *
     * @param draft what to send
     * @param sender through which
     * @param folder an existing folder of this object's own, for the temporary file of a large one
     * @param progress asked before the point of no return
     * @return what became of it
     */
    public Report send(MailDraft draft, MailSender sender, Path folder, SendProgress progress) {
        Path file = folder.resolve("send-" + sent.incrementAndGet() + ".eml");
        ScratchDisk scratch = new ScratchDisk(disk, file);
        try {
            return switch (new Composer(scratch, limits).compose(draft, file)) {
                case Result.Failed<ComposedMail>(Problem problem) -> new Report(exit(problem), null, problem);
                case Result.Ok<ComposedMail>(ComposedMail mail) ->
                    report(sender.submit(mail.outgoing(scratch), progress)).with(mail.note());
            };
        } finally {
            discard(scratch, file);
        }
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

    private static void discard(ScratchDisk scratch, Path file) {
        try {
            scratch.delete(file);
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "the temporary file " + file + " is left", broken);
        }
    }
}
