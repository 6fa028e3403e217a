package ekiden.model.mail;

import java.util.List;
import java.util.Objects;

/**
 * What a mail says about the delivery of another one: a delivery status notification (RFC 3464), or the returned mail of a server that writes none. Said by
 * whoever wrote it, and proven by nothing: only what names a mail that was sent from here means anything.
 *
 * @param messageIds of the mail that it is about, with angle brackets, the likeliest first; at most {@value #MAX_IDS}
 * @param recipients what became of whom, at most {@value #MAX_RECIPIENTS}
 */
public record Bounce(List<String> messageIds, List<Recipient> recipients) {
    /** Message-IDs that are kept. */
    public static final int MAX_IDS = 5;

    /** Recipients that are kept. */
    public static final int MAX_RECIPIENTS = 100;

    /** Characters of a server's words that are kept. */
    public static final int MAX_TEXT = 500;

    /** Copies the lists; cuts them. */
    public Bounce {
        messageIds = List.copyOf(first(messageIds, MAX_IDS));
        recipients = List.copyOf(first(recipients, MAX_RECIPIENTS));
    }

    private static <T> List<T> first(List<T> list, int most) {
        return list.size() <= most ? list : list.subList(0, most);
    }

    /** What became of a mail on its way to somebody (RFC 3464 §2.3.3). */
    public enum Action {
        /** It will not arrive. */
        FAILED,
        /** It has not arrived yet, and is tried further. */
        DELAYED,
        /** It has arrived. */
        DELIVERED,
        /** It was handed on to a system that tells no more. */
        RELAYED,
        /** It was handed on to the members of a list. */
        EXPANDED
    }

    /**
     * What became of it for one recipient.
     *
     * @param address whom it was for; empty where that is not said
     * @param action what became of it
     * @param status the code, {@code class.subject.detail} (RFC 3463); empty where none is given
     * @param diagnostic the words of the server that said so; empty where there are none
     */
    public record Recipient(String address, Action action, String status, String diagnostic) {
        /** Cuts what is too long. */
        public Recipient {
            address = cut(address);
            status = cut(status);
            diagnostic = cut(diagnostic);
        }

        private static String cut(String text) {
            String line = Objects.requireNonNullElse(text, "").replaceAll("\\p{Cntrl}", " ");
            if (line.length() <= MAX_TEXT) {
                return line;
            }
            int end = Character.isHighSurrogate(line.charAt(MAX_TEXT - 1)) ? MAX_TEXT - 1 : MAX_TEXT;
            return line.substring(0, end);
        }
    }
}
