package ekiden.mail.receive;

import java.time.Instant;
import java.util.Set;

/**
 * What is seen of a mail without its body.
 *
 * @param uid which
 * @param size bytes, as the server counts (RFC822.SIZE)
 * @param received when the server had it (INTERNALDATE); the server's clock, information only
 * @param flags as the server writes them, for example {@code \Seen}
 * @param header the header block with its empty line, at most as many bytes as the settings allow
 */
public record Glimpse(long uid, long size, Instant received, Set<String> flags, byte[] header) {
    /** {@return whether somebody has read it} */
    public boolean seen() {
        return flags.stream().anyMatch(flag -> flag.equalsIgnoreCase("\\Seen"));
    }
}
