package ekiden.agent;

import ekiden.base.LazyLogger;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.receive.CanaryEvent;
import ekiden.mail.send.ComposeLimits;
import ekiden.mail.send.ComposedMail;
import ekiden.mail.send.Composer;
import ekiden.mail.send.MailAddresses;
import ekiden.mail.send.MailDraft;
import ekiden.mail.send.SendOutcome;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * Hands canaries to the sending side of a profile, the same that sends the mails of jobs. Handed over again a canary keeps its id, so that it does
 * no harm when it arrives twice. Blocks; safe from any thread for different mailboxes.
 */
final class CanaryMail {
    private static final Logger LOG = LazyLogger.of(CanaryMail.class);

    private final AgentPorts ports;
    private final CanaryFiles files;
    private final Composer composer;

    CanaryMail(AgentPorts ports, CanaryFiles files) {
        this.ports = ports;
        this.files = files;
        this.composer = new Composer(ports.disk(), ComposeLimits.DEFAULT);
    }

    /** Sends one, and says what became of it. */
    CanaryEvent send(CanaryOrder order, UUID id) {
        try {
            String mark = files.made(ports.ids()).of(id);
            Result<SendOutcome> sent = ports.senders()
                    .profile(order.sender())
                    .then(profile -> compose(order, id, mark, profile.from())
                            .then(mail -> Result.ok(profile.sender().submit(mail.outgoing(ports.disk()), () -> true))));
            return switch (sent) {
                case Result.Failed<SendOutcome>(Problem problem) -> failed(id, problem);
                case Result.Ok<SendOutcome>(SendOutcome outcome) -> event(id, outcome);
            };
        } catch (IOException wrong) {
            LOG.log(Level.WARNING, "the key of canaries cannot be used: {0}", wrong.getMessage());
            return failed(id, CanaryProblems.notKept(ports.settings().canaries(), Reason.of(wrong)));
        } catch (RuntimeException bug) {
            LOG.log(Level.ERROR, "sending a canary ended by a bug", bug);
            String name = bug.getClass().getSimpleName();
            return failed(id, Problem.of(AgentMessage.WORK_BUG, "what", "canary of " + order.mailbox(), "bug", name));
        } finally {
            discard(files.mail(order.mailbox()));
        }
    }

    private Result<ComposedMail> compose(CanaryOrder order, UUID id, String mark, Address from) {
        return MailAddresses.parse(order.to()).then(to -> {
            MailDraft draft = new MailDraft(
                    from,
                    List.of(to),
                    List.of(),
                    List.of(),
                    "Ekiden canary: " + order.mailbox(),
                    text(order.mailbox()),
                    List.of(),
                    "<canary." + id + "@ekiden>",
                    ports.clock().now().atZone(ZoneId.systemDefault()).toOffsetDateTime(),
                    null,
                    List.of(),
                    MailDraft.Extras.canary(mark));
            return composer.compose(draft, files.mail(order.mailbox()));
        });
    }

    private static String text(String mailbox) {
        return """
                This mail was sent by Ekiden to see whether mail reaches the mailbox "%1$s".
                It is recognised and removed when it arrives. Nothing needs to be done.

                このメールは、メールボックス「%1$s」にメールが届くことを確かめるためにEkidenが送信しました。
                届くと認識されて削除されます。何もする必要はありません。
                """.formatted(mailbox);
    }

    /** One that may have been delivered is handed over again all the same: a second one is recognised too. */
    private static CanaryEvent event(UUID id, SendOutcome outcome) {
        return switch (outcome) {
            case SendOutcome.Accepted ignored -> new CanaryEvent.Accepted(id);
            case SendOutcome.Queued ignored -> new CanaryEvent.Accepted(id);
            case SendOutcome.PerRecipient ignored -> new CanaryEvent.Accepted(id);
            case SendOutcome.Refused refused -> new CanaryEvent.Failed(id, refused.problem(), false);
            case SendOutcome.Failed failed -> new CanaryEvent.Failed(id, failed.problem(), true);
            case SendOutcome.Uncertain uncertain -> new CanaryEvent.Failed(id, uncertain.problem(), true);
        };
    }

    private static CanaryEvent failed(UUID id, Problem problem) {
        return new CanaryEvent.Failed(id, problem, problem.kind() != MessageId.Kind.PERMANENT);
    }

    private void discard(Path file) {
        try {
            ports.disk().delete(file);
        } catch (IOException later) {
            LOG.log(Level.DEBUG, "a canary that was sent is left in the home until the next start", later);
        }
    }
}
