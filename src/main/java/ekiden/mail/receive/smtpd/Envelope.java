package ekiden.mail.receive.smtpd;

import ekiden.mail.spool.SpoolHeader;
import ekiden.mail.spool.SpoolRecipient;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * For whom a mail came, from whom, and how.
 *
 * @param sender as given, empty for the null sender
 * @param recipients at least one, in the order they were given, no address twice
 * @param together one verdict for all, so all in one transaction (SMTP); otherwise each by itself (LMTP)
 * @param received when the client began to send the mail, microseconds
 * @param client its network address
 * @param helo what it called itself
 * @param protocol as in RFC 3848, for example {@code ESMTPS}
 */
public record Envelope(
        String sender,
        List<SpoolRecipient> recipients,
        boolean together,
        Instant received,
        String client,
        String helo,
        String protocol) {
    /** What {@link SpoolHeader#kind} says for mails that came in here. */
    public static final String KIND = "smtpd";

    private static final String TOGETHER = "together";
    private static final String CLIENT = "client";
    private static final String HELO = "helo";
    private static final String PROTOCOL = "protocol";

    /** Copies the recipients. */
    public Envelope {
        recipients = List.copyOf(recipients);
    }

    /**
     * The envelope of a mail that was found in the spool at start.
     *
     * @param header of an entry of kind {@link #KIND}
     * @return its envelope
     */
    public static Envelope of(SpoolHeader header) {
        Map<String, String> facts = header.facts();
        return new Envelope(
                header.sender(),
                header.recipients(),
                Boolean.parseBoolean(facts.get(TOGETHER)),
                header.received(),
                facts.getOrDefault(CLIENT, ""),
                facts.getOrDefault(HELO, ""),
                facts.getOrDefault(PROTOCOL, ""));
    }

    /**
     * The mailboxes this mail came for. A mail with several recipients of one mailbox is one mail there.
     *
     * @return each with its recipients, both in the order of the envelope
     */
    public SequencedMap<String, List<String>> mailboxes() {
        SequencedMap<String, List<String>> mailboxes = new LinkedHashMap<>();
        for (SpoolRecipient recipient : recipients) {
            mailboxes
                    .computeIfAbsent(recipient.mailbox(), mailbox -> new ArrayList<>())
                    .add(recipient.address());
        }
        return mailboxes;
    }

    SpoolHeader toHeader() {
        Map<String, String> facts =
                Map.of(TOGETHER, Boolean.toString(together), CLIENT, client, HELO, helo, PROTOCOL, protocol);
        return new SpoolHeader(KIND, sender, recipients, received, facts);
    }
}
