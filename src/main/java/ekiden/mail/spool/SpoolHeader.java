package ekiden.mail.spool;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What is kept with the bytes of a mail so that it can be processed again after a crash, from this file alone.
 *
 * @param kind which reader brought it, for example {@code smtpd}; that reader knows the facts
 * @param sender envelope sender as given, empty for the null sender and where there is no envelope
 * @param recipients for whom, in order
 * @param received when its bytes began to come in, microseconds
 * @param facts what else the reader wants to know again, by names of its own; no secrets
 */
public record SpoolHeader(
        String kind, String sender, List<SpoolRecipient> recipients, Instant received, Map<String, String> facts) {
    /** Copies list and map. */
    public SpoolHeader {
        recipients = List.copyOf(recipients);
        facts = Map.copyOf(facts);
    }
}
