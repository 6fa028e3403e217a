package ekiden.agent;

import ekiden.base.Problem;
import ekiden.mail.receive.ReaderPhase;
import ekiden.mail.receive.ServerFacts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether a reader works, for people.
 *
 * @param mailbox the mail profile's name
 * @param folder the folder
 * @param phase what it does
 * @param answered when the server last answered a search, or null where it never did
 * @param problem what went wrong since then, or null
 * @param server what the server is, or null while there was no connection
 * @param looks searches that were answered
 * @param connections sessions that were opened
 * @param bytes bytes of bodies that were fetched
 * @param receiving the large mail that is on its way just now, or null
 * @param budget its server's budget of bytes, or null where there is none
 */
public record ReaderStatus(
        String mailbox,
        String folder,
        ReaderPhase phase,
        @Nullable Instant answered,
        @Nullable Problem problem,
        @Nullable ServerFacts server,
        long looks,
        long connections,
        long bytes,
        @Nullable Receiving receiving,
        @Nullable Budget budget) {

    /**
     * A large mail on its way.
     *
     * @param bytes how much of it is here
     * @param size how large it is, as its server says
     */
    public record Receiving(long bytes, long size) {}

    /**
     * How many bytes may be fetched from a server in a time.
     *
     * @param bytes how many
     * @param per in which time
     * @param used how many were, by all readers that share it
     * @param waiting mails of this reader that wait until it is free again
     */
    public record Budget(long bytes, Duration per, long used, long waiting) {}
}
