package ekiden.mail.send.sendmail;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What lines of Postfix's log say of mails: under which queue ids a sender or a Message-ID was taken, what became of each recipient, and whether the id was
 * removed. Lines of others are passed over. No I/O, not safe from several threads.
 *
 * <p>A content filter gives a mail a second id under the same sender: the last word on a recipient counts, and the mail has left when every id is removed.
 */
final class PostfixLog {
    /** Name and id of the process, queue id, the rest; short ids are upper case hexadecimal, long ones have more letters. */
    private static final Pattern LINE =
            Pattern.compile("\\bpostfix[^\\s\\[]*/(\\w+)\\[\\d+]: ([0-9A-F]{6,}|[0-9A-Za-z]{10,}): (.*)");

    private static final Pattern FROM = Pattern.compile("(?:^|\\s)from=<([^>]*)>");
    private static final Pattern TO = Pattern.compile("^to=<([^>]*)>");
    private static final Pattern ORIGINAL = Pattern.compile("^to=<[^>]*>, orig_to=<([^>]*)>");
    private static final Pattern STATUS =
            Pattern.compile("[, ]status=(sent|deferred|bounced|expired|undeliverable) ?(.*)$");
    private static final Pattern CODE = Pattern.compile("\\b([45]\\d\\d)[ -]");
    private static final int SHOWN = 300;

    /** One queue id. */
    private static final class Stay {
        final Map<String, Word> recipients = new LinkedHashMap<>();

        @Nullable
        String sender;

        @Nullable
        String messageId;

        boolean removed;
        boolean expired;
    }

    /**
     * The last word on a recipient.
     *
     * @param status {@code sent}, {@code deferred}, {@code bounced} or {@code expired}
     * @param text what the next server said, or Postfix itself
     */
    record Word(String status, String text) {
        /** {@return the same once Postfix has given up} */
        Word expired() {
            return status.equals("deferred") ? new Word("expired", text) : this;
        }

        /** {@return the code of a server in it, or 550 where it has none} */
        int code() {
            Matcher code = CODE.matcher(text);
            return code.find() ? Integer.parseInt(code.group(1)) : 550;
        }
    }

    /**
     * All ids of one mail together.
     *
     * @param id the first
     * @param removed whether all are removed
     * @param recipients the last word on each, in lower case
     */
    record Facts(String id, boolean removed, Map<String, Word> recipients) {}

    private final int most;
    private final Map<String, Stay> stays;

    /** @param most queue ids that are remembered; the oldest are forgotten first */
    PostfixLog(int most) {
        this.most = most;
        this.stays = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Stay> eldest) {
                return size() > PostfixLog.this.most;
            }
        };
    }

    /** Takes in the next line. */
    void line(String text) {
        Matcher line = LINE.matcher(text);
        if (!line.find()) {
            return;
        }
        String id = line.group(2);
        String rest = line.group(3);
        switch (line.group(1)) {
            case "pickup", "smtpd" -> sender(id, rest);
            case "cleanup" -> messageId(id, rest);
            case "qmgr" -> managed(id, rest);
            default -> delivery(id, rest);
        }
    }

    private void sender(String id, String rest) {
        Matcher from = FROM.matcher(rest);
        if (from.find()) {
            stay(id).sender = from.group(1);
        }
    }

    private void messageId(String id, String rest) {
        if (rest.startsWith("message-id=")) {
            stay(id).messageId = rest.substring("message-id=".length()).strip();
        }
    }

    private void managed(String id, String rest) {
        if (rest.equals("removed")) {
            Stay known = stays.get(id);
            if (known != null) {
                known.removed = true;
            }
        } else if (rest.contains("status=expired") || rest.contains("status=force-expired")) {
            stay(id).expired = true;
        } else {
            sender(id, rest);
        }
    }

    private void delivery(String id, String rest) {
        Stay known = stays.get(id);
        Matcher status = STATUS.matcher(rest);
        Matcher to = ORIGINAL.matcher(rest);
        boolean original = to.find();
        if (!original) {
            to = TO.matcher(rest);
        }
        if (known != null && (original || to.find()) && status.find()) {
            known.recipients.put(lower(to.group(1)), new Word(status.group(1), words(status.group(2))));
        }
    }

    /** The words stand in brackets. */
    private static String words(String text) {
        String inner = text.startsWith("(") && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
        return inner.length() <= SHOWN ? inner : inner.substring(0, SHOWN);
    }

    private Stay stay(String id) {
        Stay present = stays.get(id);
        // a short id comes again when its former mail is long gone
        if (present == null || present.removed) {
            stays.remove(id);
            present = new Stay();
            stays.put(id, present);
        }
        return present;
    }

    /** What is known of a mail; by its sender where no other mail has that, otherwise by its Message-ID. */
    @Nullable
    Facts of(String sender, boolean own, String messageId) {
        List<String> ids = new ArrayList<>();
        boolean removed = true;
        Map<String, Word> words = new LinkedHashMap<>();
        for (Map.Entry<String, Stay> entry : stays.entrySet()) {
            Stay one = entry.getValue();
            if (own ? sender.equalsIgnoreCase(one.sender) : messageId.equals(one.messageId)) {
                ids.add(entry.getKey());
                removed &= one.removed;
                one.recipients.forEach((to, word) -> words.put(to, one.expired ? word.expired() : word));
            }
        }
        return ids.isEmpty() ? null : new Facts(ids.getFirst(), removed, words);
    }

    static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
