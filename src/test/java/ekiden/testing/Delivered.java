package ekiden.testing;

import java.util.List;

/**
 * A mail as a stand-in for a mail system took it.
 *
 * @param sender envelope sender, without angle brackets
 * @param recipients envelope recipients, in order
 * @param content the message, dots undone
 */
public record Delivered(String sender, List<String> recipients, byte[] content) {
    /** Copies the recipients. */
    public Delivered {
        recipients = List.copyOf(recipients);
    }
}
