package ekiden.mail.send.sendmail;

import ekiden.base.Clock;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.profile.Send;
import ekiden.mail.send.MailAddresses;
import ekiden.mail.send.MailQueue;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Follows mails through Postfix: {@code postqueue -j} says what is still there, the mail log (where the profile names it) what became of the rest. Of another
 * mail system nothing can be known here. Mails that look at the same time share one listing.
 */
final class PostfixQueue implements MailQueue {
    private final Send.Sendmail settings;
    private final MailProgram program;
    private final CommandRun runs;
    private final Clock clock;
    private final SendmailLimits limits;
    private final PostfixLog log;
    private final @Nullable LogTail tail;
    private @Nullable Result<QueueListing> listing;
    private long listed;

    PostfixQueue(Send.Sendmail settings, MailProgram program, CommandRun runs, Clock clock, SendmailLimits limits) {
        this.settings = settings;
        this.program = program;
        this.runs = runs;
        this.clock = clock;
        this.limits = limits;
        this.log = new PostfixLog(limits.followed());
        String file = settings.log();
        this.tail = file == null ? null : new LogTail(Path.of(file), limits.logBytes());
    }

    @Override
    public Duration patience() {
        return settings.leftWithin();
    }

    @Override
    public boolean tellsDelivery() {
        return program.kind() == MailProgram.Kind.POSTFIX && settings.notices().contains(Send.Notify.SUCCESS);
    }

    @Override
    public synchronized State look(Entry mail) {
        Path command = program.queue();
        if (program.kind() != MailProgram.Kind.POSTFIX || command == null) {
            return new State.Hidden(Problem.of(SendMessage.NOT_FOLLOWED, "program", program.path()));
        }
        Problem unreadable = readLog();
        State.Left left = left(mail, facts(mail));
        if (left != null) {
            return left;
        }
        return switch (listing(command)) {
            case Result.Failed<QueueListing>(Problem problem) -> new State.Hidden(problem);
            case Result.Ok<QueueListing>(QueueListing present) -> state(mail, present, unreadable);
        };
    }

    private PostfixLog.@Nullable Facts facts(Entry mail) {
        return log.of(mail.sender(), mail.own(), mail.messageId());
    }

    private State state(Entry mail, QueueListing present, @Nullable Problem unreadable) {
        PostfixLog.Facts facts = facts(mail);
        for (QueueListing.Mail one : present.mails()) {
            boolean its = mail.own() && one.sender().equalsIgnoreCase(mail.sender());
            if (its || (facts != null && facts.open().contains(one.id()))) {
                return new State.Waiting(one.id(), reason(one));
            }
        }
        return unreadable == null ? new State.NotSeen(facts == null ? null : facts.id()) : new State.Hidden(unreadable);
    }

    private static String reason(QueueListing.Mail mail) {
        return mail.queue() + (mail.reason().isEmpty() ? "" : ": " + mail.reason());
    }

    private static State.@Nullable Left left(Entry mail, PostfixLog.@Nullable Facts facts) {
        if (facts == null || !facts.removed()) {
            return null;
        }
        List<Refusal> bounced = new ArrayList<>();
        String reply = "";
        for (String recipient : mail.recipients()) {
            String asked = PostfixLog.lower(MailAddresses.wire(recipient).orElse(recipient));
            PostfixLog.Word word = facts.recipients().get(asked);
            if (word == null || word.status().equals("deferred")) {
                return null;
            }
            if (word.sent()) {
                reply = CommandRun.line(word.text());
                facts.missed().getOrDefault(asked, Map.of()).forEach((member, no) -> bounced.add(refusal(member, no)));
            } else {
                bounced.add(refusal(recipient, word));
            }
        }
        return new State.Left(facts.id(), reply, bounced);
    }

    private static Refusal refusal(String whom, PostfixLog.Word word) {
        return new Refusal(whom, word.code(), CommandRun.line(word.text()));
    }

    /** {@return what was seen, and whether the log can be read} */
    Result<String> probe(String seen) {
        String file = settings.log();
        if (file == null) {
            return Result.ok(seen);
        }
        return Files.isReadable(Path.of(file))
                ? Result.ok(seen + ", " + file)
                : Result.failed(logUnreadable(Files.exists(Path.of(file)) ? "not readable" : Reason.ABSENT));
    }

    private @Nullable Problem readLog() {
        if (tail == null) {
            return null;
        }
        try {
            tail.next(log::line);
            return null;
        } catch (IOException unreadable) {
            return logUnreadable(Reason.of(unreadable));
        }
    }

    private Problem logUnreadable(String why) {
        return Problem.of(
                SendMessage.LOG_UNREADABLE, "log", Objects.requireNonNullElse(settings.log(), ""), "detail", why);
    }

    private Result<QueueListing> listing(Path command) {
        Result<QueueListing> present = listing;
        if (present == null || clock.nanos() - listed > limits.listing().toNanos()) {
            present = list(command);
            listing = present;
            listed = clock.nanos();
        }
        return present;
    }

    private Result<QueueListing> list(Path command) {
        return switch (runs.run(List.of(command.toString(), "-j"), limits.probe(), limits.queueBytes())) {
            case CommandRun.End.Exited(int code, String said)
            when code == 0 && said.length() < limits.queueBytes() -> Result.ok(QueueListing.parse(said));
            case CommandRun.End.Exited(int code, String said) -> unlisted(command, code + " " + last(said));
            case CommandRun.End.Killed(String said) -> unlisted(command, last(said));
            case CommandRun.End.NotStarted(String why) -> unlisted(command, why);
        };
    }

    private static String last(String said) {
        return CommandRun.line(said.lines().reduce("", (before, line) -> line));
    }

    private static Result<QueueListing> unlisted(Path command, String why) {
        return Result.failed(SendMessage.QUEUE_UNREADABLE, "program", command, "detail", why);
    }
}
