package ekiden.testing.sim;

import ekiden.agent.Senders;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.OutgoingMail;
import ekiden.mail.send.SendMessage;
import ekiden.mail.send.SendOutcome;
import ekiden.mail.send.SendProgress;
import ekiden.model.mail.Address;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Mail servers as one life of the agent meets them. The agent may end in the middle of every submission. */
final class SimSender implements MailSender, Senders {
    private static final Address FROM = new Address(null, "ekiden@here.example");

    /** From here on bounces are numbered. */
    private static final int BOUNCES = 1_000_000;

    private static final Duration COMES_BACK = Duration.ofMinutes(10);

    private final SimWorld world;
    private final int life;

    SimSender(SimWorld world, int life) {
        this.world = world;
        this.life = life;
    }

    @Override
    public Result<Profile> profile(String profile) {
        return Result.ok(new Profile(FROM, this));
    }

    private boolean unlucky() {
        return world.chance.one(world.faults().sendFault());
    }

    private void mayEnd(String where) {
        if (world.chance.one(world.faults().linkCrash() / 10)) {
            world.crash(world.agentHost, where);
        }
    }

    @Override
    public SendOutcome submit(OutgoingMail mail, SendProgress progress) {
        world.agentHost.mustLive(life);
        if (unlucky()) {
            return failed(SendMessage.NO_CONNECTION);
        }
        whole(mail);
        mayEnd("in the content of a mail");
        if (!progress.endingData()) {
            return failed(SendMessage.CALLED_OFF);
        }
        mayEnd("before the final dot");
        if (unlucky()) {
            return instead(mail);
        }
        world.sendTruth.delivered(mail.messageId());
        mayComeBack(mail.messageId());
        mayEnd("behind the final dot");
        return new SendOutcome.Accepted("2.0.0 taken", mail.recipients());
    }

    /** Also twice. */
    private void mayComeBack(String messageId) {
        for (int copies = world.chance.one(4) ? world.chance.between(1, 2) : 0; copies > 0; copies--) {
            SimMail bounce = SimMail.bounce(BOUNCES + world.clients.size(), messageId, copies);
            world.comes(bounce, world.chance.upTo(COMES_BACK));
        }
    }

    private SendOutcome instead(OutgoingMail mail) {
        return switch (world.chance.below(4)) {
            case 0 -> failed(SendMessage.NOT_NOW);
            case 1 -> new SendOutcome.Refused(problem(SendMessage.REFUSED), List.of());
            case 2 -> uncertain(mail);
            default -> {
                world.sendTruth.delivered(mail.messageId());
                yield uncertain(mail);
            }
        };
    }

    private static SendOutcome uncertain(OutgoingMail mail) {
        return new SendOutcome.Uncertain(problem(SendMessage.UNCERTAIN_LOST), mail.recipients(), List.of());
    }

    private static SendOutcome failed(SendMessage message) {
        return new SendOutcome.Failed(problem(message), List.of());
    }

    private static Problem problem(SendMessage message) {
        return Problem.of(message, "host", "mx.example", "port", 25, "reply", "", "phase", "", "detail", "");
    }

    private void whole(OutgoingMail mail) {
        try (InputStream bytes = mail.content().open()) {
            byte[] all = bytes.readAllBytes();
            String text = new String(all, StandardCharsets.UTF_8);
            if (all.length != mail.content().size() || !text.contains(mail.messageId())) {
                world.violate(Violation.Checker.SENDING, "half a mail was handed over: " + mail.messageId());
            }
        } catch (IOException unreadable) {
            world.violate(Violation.Checker.SENDING, "a mail that cannot be read: " + unreadable);
        }
    }
}
