package ekiden.mail.send.sendmail;

import ekiden.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code postqueue -j} lists (postqueue(1)): one JSON object a line. Pure.
 *
 * @param mails in the queue
 */
record QueueListing(List<Mail> mails) {
    QueueListing {
        mails = List.copyOf(mails);
    }

    /**
     * One mail there.
     *
     * @param id its queue id
     * @param queue {@code maildrop}, {@code incoming}, {@code active}, {@code deferred}, {@code hold}, {@code corrupt}
     * @param sender its envelope sender
     * @param reason why it waits, of the first recipient for whom one is given; else empty
     */
    record Mail(String id, String queue, String sender, String reason) {}

    /**
     * @param text the command's output, whole
     * @return the listing; lines that are no such objects are passed over
     */
    static QueueListing parse(String text) {
        List<Mail> mails = new ArrayList<>();
        text.lines().filter(line -> line.startsWith("{")).forEach(line -> {
            Mail mail = mail(line);
            if (mail != null) {
                mails.add(mail);
            }
        });
        return new QueueListing(mails);
    }

    private static @Nullable Mail mail(String line) {
        try {
            Map<String, Object> object = Json.readMap(line);
            String id = text(object, "queue_id");
            return id.isEmpty()
                    ? null
                    : new Mail(id, text(object, "queue_name"), text(object, "sender"), reason(object));
        } catch (Json.Unreadable torn) {
            return null;
        }
    }

    private static String reason(Map<String, Object> object) {
        if (object.get("recipients") instanceof List<?> recipients) {
            for (Object one : recipients) {
                if (one instanceof Map<?, ?> recipient && recipient.get("delay_reason") instanceof String reason) {
                    return CommandRun.line(reason);
                }
            }
        }
        return "";
    }

    private static String text(Map<String, Object> object, String key) {
        return object.get(key) instanceof String text ? text : "";
    }
}
