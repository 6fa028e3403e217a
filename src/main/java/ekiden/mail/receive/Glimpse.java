package ekiden.mail.receive;

import ekiden.base.Sha256;
import ekiden.model.mail.Trace;
import java.time.Instant;
import java.util.Set;

/** What is seen of a mail without its body. Holds the array it is given: whoever makes it does not touch that again. */
public final class Glimpse {
    private final long uid;
    private final long size;
    private final Instant received;
    private final Set<String> flags;
    private final byte[] header;

    /**
     * @param uid which
     * @param size bytes, as the server counts (RFC822.SIZE)
     * @param received when the server had it (INTERNALDATE); the server's clock, information only
     * @param flags as the server writes them, for example {@code \Seen}
     * @param header the header block with its empty line, at most as many bytes as the settings allow
     */
    public Glimpse(long uid, long size, Instant received, Set<String> flags, byte[] header) {
        this.uid = uid;
        this.size = size;
        this.received = received;
        this.flags = Set.copyOf(flags);
        this.header = header;
    }

    /** {@return which mail} */
    public long uid() {
        return uid;
    }

    /** {@return its bytes, as the server counts} */
    public long size() {
        return size;
    }

    /** {@return when the server had it; information only} */
    public Instant received() {
        return received;
    }

    /** {@return its flags, as the server writes them} */
    public Set<String> flags() {
        return flags;
    }

    /** {@return the header block with its empty line; not to be changed} */
    public byte[] header() {
        return header;
    }

    /** {@return what the mail looks like without its body} */
    public Trace trace() {
        return new Trace(size, Sha256.hex(header));
    }

    /** {@return whether somebody has read it} */
    public boolean seen() {
        return flags.stream().anyMatch(flag -> flag.equalsIgnoreCase("\\Seen"));
    }

    @Override
    public String toString() {
        return "Glimpse[uid=" + uid + ", size=" + size + ", received=" + received + ", flags=" + flags + "]";
    }
}
