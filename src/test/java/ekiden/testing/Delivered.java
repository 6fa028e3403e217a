package ekiden.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A mail as a stand-in for a mail system took it.
 *
 * @param sender envelope sender, without angle brackets
 * @param recipients envelope recipients, in order
 * @param content the message, dots undone; one character (0 to 255) for each byte
 */
public record Delivered(String sender, List<String> recipients, String content) {
    /** Copies the recipients. */
    public Delivered {
        recipients = List.copyOf(recipients);
    }

    /** {@return the message} */
    public byte[] bytes() {
        return content.getBytes(StandardCharsets.ISO_8859_1);
    }
}
