package ekiden.mail.send.sendmail;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What lines of Postfix's log say of mails: under which queue ids a sender or a Message-ID was taken, what became of each recipient, and whether the id was
 * removed. Lines of others are passed over. No I/O, not safe from several threads.
 *
 * <p>A content filter gives a mail a second id under the same sender, an alias of {@code local(8)} one that its first id names: the last word on a recipient
 * counts, for each member of an alias, and the mail has left when every id is removed.
 */
final class PostfixLog {
    /**
     * Name and id of the process, queue id, the rest; short ids are upper case hexadecimal, long ones have more letters. Before it only time and machine:
     * behind the first colon with a blank stands what strangers may have said.
     */
    private static final Pattern LINE =
            Pattern.compile("^(?:(?!: ).)*?\\bpostfix[^\\s\\[]*/(\\w+)\\[\\d+]: ([0-9A-F]{6,}|[0-9A-Za-z]{10,}): (.*)");

    private static final Pattern FROM = Pattern.compile("(?:^|\\s)from=<([^>]*)>");
    private static final Pattern TO = Pattern.compile("^to=<([^>]*)>(?:, orig_to=<([^>]*)>)?");
    /** {@code local(8)}, and a filter that hands on what it was given; short ids, or long ones. */
    private static final Pattern NEXT = Pattern.compile("\\b(?:queued|forwarded) as ([0-9A-Za-z]{6,})");

    private static final Pattern REQUEUED = Pattern.compile("\\sorig_id=([0-9A-Za-z]{6,})");
    private static final Pattern STATUS =
            Pattern.compile("[, ]status=(sent|deferred|bounced|expired|undeliverable) ?(.*)$");
    private static final Pattern CODE = Pattern.compile("\\b([45]\\d\\d)[ -]");
    private static final int SHOWN = 300;

    /**
     * On whom a word is, in lower case.
     *
     * @param asked to whom it was sent
     * @param last what an alias made of that, or the same
     */
    private record Whom(String asked, String last) {}

    /** One queue id. */
    private static final class Stay {
        final Map<Whom, Word> recipients = new LinkedHashMap<>();

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
        boolean sent() {
            return status.equals("sent");
        }

        /** Adds the id under which it goes on. */
        void next(Set<String> ids) {
            Matcher next = NEXT.matcher(text);
            if (sent() && next.find()) {
                ids.add(next.group(1));
            }
        }

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
     * @param recipients the last word on each, in lower case; of an alias that reached somebody, what was said of him, unless others are still waited for
     * @param missed of each alias that reached somebody, the members whom it did not reach
     * @param open ids that are not removed
     */
    record Facts(
            String id,
            boolean removed,
            Map<String, Word> recipients,
            Map<String, Map<String, Word>> missed,
            List<String> open) {}

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
            case "pickup" -> picked(id, rest);
            case "smtpd" -> sender(id, rest);
            case "cleanup" -> messageId(id, rest);
            case "qmgr" -> managed(id, rest);
            default -> delivery(id, rest);
        }
    }

    /** A mail that a person has queued anew goes on under another id; the former is not told to be removed. */
    private void picked(String id, String rest) {
        sender(id, rest);
        Matcher former = REQUEUED.matcher(rest);
        if (former.find()) {
            remove(former.group(1));
        }
    }

    private void remove(String id) {
        Stay known = stays.get(id);
        if (known != null) {
            known.removed = true;
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
            remove(id);
        } else if (rest.contains("status=expired") || rest.contains("status=force-expired")) {
            stay(id).expired = true;
        } else {
            sender(id, rest);
        }
    }

    private void delivery(String id, String rest) {
        Stay known = stays.get(id);
        Matcher status = STATUS.matcher(rest);
        Matcher to = TO.matcher(rest);
        if (known != null && to.find() && status.find()) {
            String last = lower(to.group(1));
            String asked = to.group(2) == null ? last : lower(to.group(2));
            known.recipients.put(new Whom(asked, last), new Word(status.group(1), words(status.group(2))));
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
        Map<String, Stay> its = new LinkedHashMap<>();
        Set<String> next = new HashSet<>();
        boolean more = true;
        while (more) {
            int before = its.size();
            its.clear();
            stays.forEach((id, one) -> {
                boolean mine = own ? sender.equalsIgnoreCase(one.sender) : messageId.equals(one.messageId);
                // an id of the server that took it may be the same by chance
                if (mine || (next.contains(id) && messageId.equals(one.messageId))) {
                    its.put(id, one);
                }
            });
            its.values().forEach(one -> one.recipients.values().forEach(word -> word.next(next)));
            more = its.size() > before;
        }
        return its.isEmpty() ? null : facts(its);
    }

    private static Facts facts(Map<String, Stay> its) {
        List<Stay> all = List.copyOf(its.values());
        Set<String> asked = new LinkedHashSet<>();
        all.forEach(one -> one.recipients.keySet().forEach(whom -> asked.add(whom.asked())));
        Map<String, Word> words = new LinkedHashMap<>();
        Map<String, Map<String, Word>> missed = new LinkedHashMap<>();
        for (String one : asked) {
            Map<String, Word> members = members(all, one);
            Word word = together(members.values());
            words.put(one, word);
            Map<String, Word> failed = new LinkedHashMap<>(members);
            failed.values().removeIf(Word::sent);
            if (word.sent() && !failed.isEmpty()) {
                missed.put(one, failed);
            }
        }
        List<String> open = its.entrySet().stream()
                .filter(entry -> !entry.getValue().removed)
                .map(Map.Entry::getKey)
                .toList();
        return new Facts(its.keySet().iterator().next(), open.isEmpty(), words, missed, open);
    }

    /** The last word on each whom a recipient became, under whichever id. */
    private static Map<String, Word> members(List<Stay> all, String asked) {
        Set<String> names = new HashSet<>(Set.of(asked));
        Map<String, Word> members = new LinkedHashMap<>();
        for (Stay stay : all) {
            Map<String, Word> here = new LinkedHashMap<>();
            stay.recipients.forEach((whom, word) -> {
                if (names.contains(whom.asked())) {
                    here.put(whom.last(), stay.expired ? word.expired() : word);
                    // handed on, to whom the next id says
                    members.remove(whom.asked());
                }
            });
            members.putAll(here);
            names.addAll(here.keySet());
        }
        return members;
    }

    /** While one is waited for nothing is decided; otherwise it was sent where it reached somebody. */
    private static Word together(Collection<Word> members) {
        Word word = members.iterator().next();
        for (Word one : members) {
            if (one.status().equals("deferred")) {
                return one;
            }
            word = one.sent() || !word.sent() ? one : word;
        }
        return word;
    }

    static String lower(String address) {
        return address.toLowerCase(Locale.ROOT);
    }
}
