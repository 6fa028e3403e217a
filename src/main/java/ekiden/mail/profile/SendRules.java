package ekiden.mail.profile;

import ekiden.model.definition.IfRefused;
import org.jspecify.annotations.Nullable;

/**
 * How the mails of a profile are sent, whatever carries them.
 *
 * @param ifRefused what becomes of a mail that is refused for some, where the mail itself does not say
 * @param copy where copies are kept, or null for nowhere
 */
public record SendRules(IfRefused ifRefused, @Nullable SentCopy copy) {
    /** What counts where nothing is said. */
    public static final SendRules DEFAULT = new SendRules(IfRefused.EACH, null);
}
