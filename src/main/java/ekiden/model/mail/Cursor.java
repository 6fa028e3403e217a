package ekiden.model.mail;

/**
 * How far a folder is settled: every mail in {@code settled} was matched, not matched, quarantined or gone, and what came of it is
 * durable. Never a highest number, a date or a flag: a mail that is overtaken by later ones stays unsettled (DESIGN §4).
 *
 * @param folder the folder's name as a person writes it
 * @param uidValidity under which the UIDs hold (RFC 3501 §2.3.1.1)
 * @param settled the settled mails
 */
public record Cursor(String folder, long uidValidity, UidSet settled) {
    /**
     * @param more UIDs settled since
     * @return this cursor with those too
     */
    public Cursor plus(UidSet more) {
        return new Cursor(folder, uidValidity, settled.plus(more));
    }
}
