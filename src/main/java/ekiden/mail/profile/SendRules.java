package ekiden.mail.profile;

import ekiden.model.definition.IfRefused;

/**
 * How the mails of a profile are sent, whatever carries them.
 *
 * @param ifRefused what becomes of a mail that is refused for some, where the mail itself does not say
 */
public record SendRules(IfRefused ifRefused) {
    /** What counts where nothing is said. */
    public static final SendRules DEFAULT = new SendRules(IfRefused.EACH);
}
