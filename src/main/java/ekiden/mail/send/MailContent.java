package ekiden.mail.send;

import java.io.IOException;
import java.io.InputStream;

/** The bytes of a message, readable more than once. Safe from any thread as long as nobody changes what lies beneath. */
public interface MailContent {
    /**
     * Opens it from its beginning.
     *
     * @return header and body; lines should end with CRLF and hold at most 998 bytes (RFC 5321 §4.5.3.1.6)
     * @throws IOException when it cannot be read
     */
    InputStream open() throws IOException;

    /** {@return how many bytes {@link #open} gives} */
    long size();
}
