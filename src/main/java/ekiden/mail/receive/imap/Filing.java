package ekiden.mail.receive.imap;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;

/**
 * A mail that is to be put into a folder.
 *
 * @param messageId with its angle brackets
 * @param date what the server shall take for the time at which it came
 * @param size its bytes
 * @param content its bytes, with CRLF as line ends
 */
public record Filing(String messageId, Instant date, long size, Content content) {
    /** Bytes that can be read from their beginning more than once. */
    public interface Content {
        /**
         * @return the bytes, to be closed
         * @throws IOException when they cannot be read
         */
        InputStream open() throws IOException;
    }
}
