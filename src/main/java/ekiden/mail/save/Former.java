package ekiden.mail.save;

import ekiden.model.mail.SavedMail;
import org.jspecify.annotations.Nullable;

/**
 * What the manager's store says of the claim whose folder a mail is to replace.
 *
 * @param claim the claim
 * @param saved what was saved under it, or null where the store knows of nothing that is there
 */
public record Former(String claim, @Nullable SavedMail saved) {}
