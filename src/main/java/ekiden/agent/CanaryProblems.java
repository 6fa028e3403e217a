package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.ReceiveMessage;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What there is to say about canaries. */
final class CanaryProblems {
    private CanaryProblems() {}

    static Problem unsent(CanaryOrder order, Problem because) {
        return Problem.of(
                ReceiveMessage.CANARY_UNSENT,
                "mailbox",
                order.mailbox(),
                "sender",
                order.sender(),
                "to",
                order.to(),
                "because",
                because.id());
    }

    static Problem overdue(CanaryOrder order, @Nullable UUID id, @Nullable Instant sent) {
        return Problem.of(
                ReceiveMessage.CANARY_OVERDUE,
                "mailbox",
                order.mailbox(),
                "sender",
                order.sender(),
                "to",
                order.to(),
                "seconds",
                order.plan().within().toSeconds(),
                "sent",
                Objects.requireNonNullElse(sent, Instant.EPOCH),
                "messageId",
                "<canary." + id + "@ekiden>");
    }

    static Problem notKept(Path folder, String reason) {
        return Problem.of(AgentMessage.CANARY_NOT_KEPT, "folder", folder, "reason", reason);
    }
}
