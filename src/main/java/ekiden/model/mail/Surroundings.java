package ekiden.model.mail;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What must be known beside a mail to judge it.
 *
 * @param ownDomain the right side of the Message-IDs that jobs of this Ekiden give their mails, or null where that is not known
 * @param authserv the name of the server whose Authentication-Results are believed, or null for none
 */
public record Surroundings(
        @Nullable String ownDomain, @Nullable String authserv) {
    /** Nothing is known. */
    public static final Surroundings NONE = new Surroundings(null, null);

    private static final int DIGITS = 12;

    /**
     * @param home the id of a home
     * @return the right side of the Message-IDs of its jobs: the end of the id, which chance has made
     */
    public static String domainOf(UUID home) {
        String digits = home.toString().replace("-", "");
        return digits.substring(digits.length() - DIGITS) + ".ekiden";
    }

    /**
     * @param messageId of a mail, with its angle brackets, or null
     * @return whether a job of this Ekiden has sent the mail
     */
    public boolean own(@Nullable String messageId) {
        return ownDomain != null && messageId != null && messageId.endsWith("@" + ownDomain + ">");
    }
}
