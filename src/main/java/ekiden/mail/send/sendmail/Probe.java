package ekiden.mail.send.sendmail;

import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.send.SendMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What can be known of a mail command without sending a mail: whether it can be run, whose it is, whether this machine's programs use it, and (Postfix,
 * Sendmail) whether it lists its queue without asking anybody.
 */
final class Probe {
    /** Says Postfix, and lists all the same. */
    private static final String DOWN = "Mail system is down";

    private final MailProgram program;
    private final CommandRun runs;
    private final SendmailLimits limits;

    Probe(MailProgram program, CommandRun runs, SendmailLimits limits) {
        this.program = program;
        this.runs = runs;
        this.limits = limits;
    }

    Result<String> look() {
        if (!Files.isExecutable(program.path())) {
            return Result.failed(SendMessage.COMMAND_NOT_STARTED, "program", program.path(), "detail", Reason.ABSENT);
        }
        return switch (program.kind()) {
            case POSTFIX, OTHER -> asked();
            // They list no queue, or not to everybody: what is left is what can be seen of the file.
            case EXIM, MSMTP, SSMTP, NULLMAILER -> Result.ok(shown() + ", not run");
        };
    }

    private Result<String> asked() {
        CommandRun.End end = runs.run(List.of(program.path().toString(), "-bp"), limits.probe());
        return switch (end) {
            case CommandRun.End.NotStarted(String why) ->
                failed(Problem.of(SendMessage.COMMAND_NOT_STARTED, "program", program.path(), "detail", why));
            case CommandRun.End.Killed(String said) ->
                failed(Problem.of(
                        SendMessage.COMMAND_ASKS,
                        "program",
                        program.path(),
                        "seconds",
                        limits.probe().toSeconds(),
                        "reply",
                        CommandRun.line(said)));
            case CommandRun.End.Exited(int code, String said) -> answered(code, said);
        };
    }

    private Result<String> answered(int code, String said) {
        if (code != 0 || said.contains(DOWN)) {
            return failed(Problem.of(
                    SendMessage.COMMAND_UNUSABLE,
                    "program",
                    program.path(),
                    "code",
                    code,
                    "reply",
                    CommandRun.line(said)));
        }
        return Result.ok(
                shown() + ", -bp: " + CommandRun.line(said.lines().findFirst().orElse("")));
    }

    private static Result<String> failed(Problem problem) {
        return Result.failed(problem);
    }

    /** {@return for example {@code /usr/sbin/sendmail -> /usr/bin/msmtp (msmtp), default}} */
    private String shown() {
        String to = program.target().equals(program.path()) ? "" : " -> " + program.target();
        Path machines = MailProgram.ofMachine();
        String rank = program.isDefault() ? ", default" : ", not default: " + (machines == null ? "none" : machines);
        return program.path() + to + " (" + program.kind().word() + ")" + rank;
    }
}
