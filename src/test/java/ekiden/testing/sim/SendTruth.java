package ekiden.testing.sim;

import ekiden.link.Assignment;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What mail servers really delivered. */
final class SendTruth {
    private final SimWorld world;
    private final Map<String, Integer> deliveries = new LinkedHashMap<>();
    private final Map<String, String> messageIds = new LinkedHashMap<>();

    SendTruth(SimWorld world) {
        this.world = world;
    }

    void assigned(Assignment assignment) {
        if (assignment instanceof Assignment.SubmitMail mail) {
            messageIds.put(mail.attempt().toString(), mail.messageId());
        }
    }

    /** The Message-ID that an attempt sends under, if it was ever assigned. */
    @Nullable
    String messageId(String attempt) {
        return messageIds.get(attempt);
    }

    void delivered(String messageId) {
        world.trace.say(() -> "delivered: " + messageId);
        int count = deliveries.merge(messageId, 1, Integer::sum);
        if (count > 1 + resent(messageId)) {
            world.violate(Violation.Checker.SENDING, messageId + " was delivered " + count + " times");
        }
    }

    /** How many copies may be there besides one: as many as a person had sent again though they may have arrived. */
    int resent(@Nullable String messageId) {
        return (int) messageIds.entrySet().stream()
                .filter(entry -> entry.getValue().equals(messageId) && world.reruns.resent(entry.getKey()))
                .count();
    }

    /** {@return the Message-ID of ours that a mail gives back, or null} */
    @Nullable
    String returned(SimMail mail) {
        return deliveries.keySet().stream()
                .filter(id ->
                        mail.subject().equals("Undelivered") && mail.bytes().contains("\r\nMessage-ID: " + id + "\r\n"))
                .findFirst()
                .orElse(null);
    }

    int deliveries(@Nullable String messageId) {
        return messageId == null ? 0 : deliveries.getOrDefault(messageId, 0);
    }
}
