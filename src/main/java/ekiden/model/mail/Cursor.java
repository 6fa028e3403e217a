package ekiden.model.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * How far a folder is settled: every mail in {@code settled} was matched, not matched, quarantined or gone, and what came of it is
 * durable. Never a highest number, a date or a flag: a mail that is overtaken by later ones stays unsettled (DESIGN §4).
 *
 * @param folder the folder's name as a person writes it
 * @param uidValidity under which the UIDs hold (RFC 3501 §2.3.1.1)
 * @param settled the settled mails
 * @param begun UIDVALIDITYs under which some of its mails are known already, because following them has begun and not come to its end
 */
public record Cursor(String folder, long uidValidity, UidSet settled, List<Long> begun) {
    /** Copies the list. */
    public Cursor {
        begun = List.copyOf(begun);
    }

    /** A cursor all of whose mails are known under its own UIDVALIDITY. */
    public Cursor(String folder, long uidValidity, UidSet settled) {
        this(folder, uidValidity, settled, List.of());
    }

    /**
     * @param more UIDs settled since
     * @return this cursor with those too
     */
    public Cursor plus(UidSet more) {
        return new Cursor(folder, uidValidity, settled.plus(more), begun);
    }

    /**
     * @param to a UIDVALIDITY under which some of its mails are known from now on
     * @return this cursor with it
     */
    public Cursor begins(long to) {
        if (begun.contains(to)) {
            return this;
        }
        List<Long> more = new ArrayList<>(begun);
        more.add(to);
        return new Cursor(folder, uidValidity, settled, more);
    }
}
