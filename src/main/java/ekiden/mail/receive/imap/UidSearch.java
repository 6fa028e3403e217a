package ekiden.mail.receive.imap;

import ekiden.mail.receive.MailboxSession.Wanted;
import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.model.mail.UidSet;

/**
 * UID SEARCH (RFC 3501 §6.4.4), with the short answer of ESEARCH (RFC 4731) where the server has it.
 *
 * <p>A server may search in what it has told this session so far, and look for new mail only when no further command is waiting: Dovecot does.
 * So a NOOP goes before and its end is waited for, unless the server has just told.
 */
final class UidSearch {
    private UidSearch() {}

    static UidSet run(ImapConnection connection, Wanted wanted, UidSet among) throws ImapStop {
        // With nothing to search among it still is a question: its answer is the proof of life.
        if (!connection.fresh() || among.isEmpty()) {
            Noop.run(connection);
        }
        connection.searching();
        if (among.isEmpty()) {
            return UidSet.EMPTY;
        }
        boolean all = among.contains(1) && among.size() == UidSet.MAX;
        String start = "UID SEARCH " + (connection.has("ESEARCH") ? "RETURN (ALL) " : "");
        String kind = switch (wanted) {
            case ALL -> all ? "ALL" : "";
            case UNREAD -> "UNSEEN";
        };
        if (all) {
            return one(connection, new ImapCommand(start + kind));
        }
        UidSet found = UidSet.EMPTY;
        String prefix = start + (kind.isEmpty() ? "" : kind + " ") + "UID ";
        for (UidSet chunk : SetChunks.of(among, connection.limits().commandBytes() - prefix.length(), Long.MAX_VALUE)) {
            found = found.plus(one(connection, new ImapCommand(prefix + SetChunks.text(chunk))));
        }
        // "9:*" of a folder whose last mail is 5 means 5 too (RFC 3501 §9, seq-range).
        return found.and(among);
    }

    /** One search as it stands, without the NOOP before it. */
    static UidSet one(ImapConnection connection, ImapCommand command) throws ImapStop {
        UidHits hits = new UidHits(connection.limits());
        connection.ask(Asked.READ, command, hits, any -> {});
        return hits.all();
    }
}
