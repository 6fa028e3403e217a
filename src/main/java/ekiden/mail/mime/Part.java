package ekiden.mail.mime;

import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * An attachment: what it is called and where it lies in the mail. Its bytes are never held, only passed on.
 *
 * @param summary name as declared (may be hostile), type, decoded size
 * @param place where its bytes are
 * @param charset the character set that is declared for it, or null
 */
public record Part(
        AttachmentSummary summary, Place place, @Nullable String charset) {
    /**
     * Decodes the part.
     *
     * @param raw the mail it was found in
     * @param sink takes the decoded bytes
     * @throws IOException when the mail cannot be read, or from the sink
     */
    public void copyTo(RawSource raw, Sink sink) throws IOException {
        place.copyTo(raw, sink);
    }

    /**
     * Opens the decoded part.
     *
     * @param raw the mail it was found in; stays open
     * @return its bytes
     */
    public InputStream open(RawSource raw) {
        return place.open(raw);
    }
}
