package ekiden.agent;

import ekiden.mail.spool.SpoolEntry;
import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolRecipient;
import ekiden.model.mail.MailIdentity;
import ekiden.model.mail.RawMail;
import ekiden.model.mail.UidKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of mails that were fetched before a process or a connection ended and that no commit knows. They need not be fetched again, and a
 * mail that ended the process while it was being opened is recognised by its mark. Safe from any thread.
 */
final class Leftovers {
    /** The kind of spool entries that come from a server. */
    static final String KIND = "server";

    private static final String KEY = "mail";

    private final Map<MailIdentity, SpoolEntry> entries = new LinkedHashMap<>();

    /** What is kept with the bytes of a mail. */
    static SpoolHeader header(MailIdentity identity, Instant received) {
        SpoolRecipient recipient = new SpoolRecipient(identity.mailbox(), identity.mailbox());
        return new SpoolHeader(KIND, "", List.of(recipient), received, Map.of(KEY, identity.key()));
    }

    static boolean ofServer(SpoolEntry entry) {
        return entry.header().kind().equals(KIND);
    }

    private static MailIdentity identity(SpoolHeader header) {
        return new MailIdentity(
                header.recipients().getFirst().mailbox(), header.facts().getOrDefault(KEY, ""));
    }

    /** Takes an entry in; gives back one that lay there under the same identity. */
    synchronized Optional<SpoolEntry> put(SpoolEntry entry) {
        return Optional.ofNullable(entries.put(identity(entry.header()), entry));
    }

    /** Takes in bytes that were read in this life without harm. */
    synchronized void put(MailIdentity identity, RawMail raw, Instant received) {
        entries.put(identity, new SpoolEntry(header(identity, received), raw, 0));
    }

    synchronized @Nullable SpoolEntry take(MailIdentity identity) {
        return entries.remove(identity);
    }

    synchronized boolean isEmpty() {
        return entries.isEmpty();
    }

    /**
     * Gives up those of a folder that are of no use any more.
     *
     * @param mailbox the mail profile's name
     * @param folder the folder
     * @param useless whether nobody asks for the mail of that name
     * @return the places of their bytes
     */
    synchronized List<String> takeUseless(String mailbox, String folder, Predicate<UidKey> useless) {
        List<String> places = new ArrayList<>();
        entries.entrySet().removeIf(one -> {
            boolean drop = one.getKey().mailbox().equals(mailbox)
                    && UidKey.in(folder, one.getKey().key()).filter(useless).isPresent();
            if (drop) {
                places.add(one.getValue().place());
            }
            return drop;
        });
        return places;
    }
}
