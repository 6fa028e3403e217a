package ekiden.mail.spool;

import ekiden.model.mail.RawMail;

/**
 * A complete mail in the spool.
 *
 * @param header what was kept with it
 * @param mail place, length and SHA-256 of its bytes
 * @param openings opening marks on it: 0 = was opened without harm; what else they say is {@link Spool#suspicion}
 */
public record SpoolEntry(SpoolHeader header, RawMail mail, int openings) {
    /** {@return its name, unique within the agent} */
    public String place() {
        return mail.place();
    }
}
