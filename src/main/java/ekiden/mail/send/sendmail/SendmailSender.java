package ekiden.mail.send.sendmail;

import ekiden.base.Clock;
import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.profile.Send;
import ekiden.mail.send.MailAddresses;
import ekiden.mail.send.MailQueue;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Hands mails to a mail command. The point of no return is the start of the command: before it the whole mail lies in a file of its own, and everything
 * that can go wrong until then leaves nothing behind. Safe from any thread.
 */
public final class SendmailSender implements MailSender {
    private final Send.Sendmail settings;
    private final MailProgram program;
    private final CommandRun runs;
    private final SendmailLimits limits;
    private final Path scratch;
    private final Semaphore turns;
    private final PostfixQueue queue;

    /**
     * @param settings of the profile
     * @param clock for the deadlines
     * @param limits how much is taken
     * @param scratch an existing folder, for the mail while the command starts
     */
    public SendmailSender(Send.Sendmail settings, Clock clock, SendmailLimits limits, Path scratch) {
        this.settings = settings;
        this.program = MailProgram.of(settings);
        this.runs = new CommandRun(clock, limits);
        this.queue = new PostfixQueue(settings, program, runs, clock, limits);
        this.limits = limits;
        this.scratch = scratch;
        this.turns = new Semaphore(settings.atOnce(), true);
    }

    @Override
    public int atOnce() {
        return settings.atOnce();
    }

    @Override
    public MailQueue queue() {
        return queue;
    }

    @Override
    public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        Result<List<String>> command = command(mail);
        return switch (command) {
            case Result.Failed<List<String>>(Problem problem) -> ended(problem);
            case Result.Ok<List<String>>(List<String> words) -> inTurn(mail, words, progress);
        };
    }

    private SendOutcome inTurn(OutgoingMail mail, List<String> command, SendProgress progress) {
        boolean mine = false;
        try {
            mine = turns.tryAcquire(limits.turn().toMillis(), TimeUnit.MILLISECONDS);
            return mine
                    ? copied(mail, command, progress)
                    : ended(problem(
                            SendMessage.COMMAND_BUSY, "seconds", limits.turn().toSeconds()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return ended(calledOff(mail));
        } finally {
            if (mine) {
                turns.release();
            }
        }
    }

    private SendOutcome copied(OutgoingMail mail, List<String> command, SendProgress progress) {
        Path file;
        try {
            file = Files.createTempFile(scratch, "ekiden-", ".eml");
        } catch (IOException noPlace) {
            return ended(problem(SendMessage.NO_SCRATCH, "folder", scratch, "detail", Reason.of(noPlace)));
        }
        try {
            UnixCopy.write(mail.content(), file);
            return progress.endingData() ? handed(mail, command, file) : ended(calledOff(mail));
        } catch (UnixCopy.Cut | UnixCopy.Unreadable content) {
            Throwable why = content.getCause() == null ? content : content.getCause();
            return ended(Problem.of(
                    SendMessage.CONTENT_UNREADABLE, "messageId", mail.messageId(), "detail", Reason.of(why)));
        } catch (IOException noSpace) {
            return ended(problem(SendMessage.NO_SCRATCH, "folder", scratch, "detail", Reason.of(noSpace)));
        } finally {
            discard(file);
        }
    }

    private SendOutcome handed(OutgoingMail mail, List<String> command, Path file) {
        String sender = SenderTag.tagged(mail.sender(), mail.messageId(), settings.tag());
        return switch (runs.run(
                command, new CommandRun.Input(file, () -> discard(file)), settings.timeout(), limits.outputBytes())) {
            case CommandRun.End.NotStarted(String why) ->
                ended(problem(SendMessage.COMMAND_NOT_STARTED, "detail", why));
            case CommandRun.End.Killed(String said) ->
                uncertain(
                        mail,
                        problem(
                                SendMessage.COMMAND_LATE,
                                "seconds",
                                settings.timeout().toSeconds(),
                                "reply",
                                CommandRun.line(said)));
            case CommandRun.End.Exited(int code, String said) -> judged(mail, sender, code, CommandRun.line(said));
        };
    }

    private SendOutcome judged(OutgoingMail mail, String sender, int code, String said) {
        return switch (Judgement.of(
                code, program.kind(), said, mail.recipients().size())) {
            case QUEUED -> new SendOutcome.Queued(said, sender, !sender.equals(mail.sender()), mail.recipients());
            case NOT_NOW -> ended(problem(SendMessage.COMMAND_NOT_NOW, "code", code, "reply", said));
            case REFUSED -> ended(problem(SendMessage.COMMAND_REFUSED, "code", code, "reply", said));
            case UNCERTAIN -> uncertain(mail, problem(SendMessage.COMMAND_UNCLEAR, "code", code, "reply", said));
        };
    }

    private Result<List<String>> command(OutgoingMail mail) {
        if (mail.recipients().size() > limits.recipients()) {
            return Result.failed(
                    SendMessage.TOO_MANY_RECIPIENTS, "count", mail.recipients().size(), "limit", limits.recipients());
        }
        if (!Files.isExecutable(program.path())) {
            return Result.failed(problem(SendMessage.COMMAND_NOT_STARTED, "detail", Reason.ABSENT));
        }
        String sender = SenderTag.tagged(mail.sender(), mail.messageId(), settings.tag());
        List<String> words = new ArrayList<>(List.of(program.path().toString(), "-i"));
        if (program.kind() == MailProgram.Kind.POSTFIX && !settings.notices().isEmpty()) {
            // To Exim, -N means not to deliver at all.
            words.addAll(List.of("-N", notices(), "-R", "hdrs"));
        }
        words.addAll(List.of(
                "-f", sender.isEmpty() ? "<>" : MailAddresses.wire(sender).orElse(sender), "--"));
        for (String recipient : mail.recipients()) {
            if (!usable(recipient)) {
                return Result.failed(SendMessage.BAD_ADDRESS, "address", MailAddresses.shown(recipient));
            }
            words.add(MailAddresses.wire(recipient).orElse(recipient));
        }
        return sender.isEmpty() || usable(sender)
                ? Result.ok(words)
                : Result.failed(SendMessage.BAD_ADDRESS, "address", MailAddresses.shown(sender));
    }

    /** An argument that this machine's character set cannot hold would name somebody else. */
    private static boolean usable(String address) {
        Charset arguments = Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
        return MailAddresses.wire(address)
                .filter(wire -> arguments.newEncoder().canEncode(wire))
                .isPresent();
    }

    private String notices() {
        return settings.notices().stream()
                .map(one -> one.name().toLowerCase(Locale.ROOT))
                .sorted()
                .collect(Collectors.joining(","));
    }

    /**
     * Looks at the command and asks it for its queue, without a terminal, with nothing to read and with a deadline. Sends nothing.
     *
     * @return what it is, for people, or why a mail could not be handed to it now
     */
    public Result<String> probe() {
        return new Probe(program, runs, limits).look().then(seen -> queue.probe(seen));
    }

    private static Problem calledOff(OutgoingMail mail) {
        return Problem.of(SendMessage.CALLED_OFF, "messageId", mail.messageId());
    }

    private Problem problem(SendMessage message, Object... more) {
        List<Object> values = new ArrayList<>(List.of("program", program.path()));
        values.addAll(List.of(more));
        return Problem.of(message, values.toArray());
    }

    private static SendOutcome ended(Problem problem) {
        return problem.kind() == MessageId.Kind.RETRYABLE
                ? new SendOutcome.Failed(problem, List.of())
                : new SendOutcome.Refused(problem, List.of());
    }

    private static SendOutcome uncertain(OutgoingMail mail, Problem problem) {
        return new SendOutcome.Uncertain(problem, mail.recipients(), List.of());
    }

    private static void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException busy) {
            LazyLogger.of(SendmailSender.class)
                    .log(Level.WARNING, "the temporary file {0} is left: {1}", file, Reason.of(busy));
        }
    }
}
