package ekiden.mail.receive.imap;

import ekiden.mail.receive.imap.Causes.Asked;
import ekiden.mail.receive.imap.Response.Code;
import ekiden.model.mail.UidSet;

/** UID COPY (RFC 3501 §6.4.7), believed only as far as its answer says which mails were copied (COPYUID, RFC 4315 §3). */
final class UidCopy {
    private UidCopy() {}

    /** {@return the mails that are known to be in the other folder too} */
    static UidSet run(ImapConnection connection, UidSet mails, String folder) throws ImapStop {
        String name = ModifiedUtf7.encode(folder);
        int budget = Math.max(200, connection.limits().commandBytes() - name.length() * 2 - 32);
        UidSet copied = UidSet.EMPTY;
        for (UidSet chunk : SetChunks.of(mails, budget, Long.MAX_VALUE)) {
            Response.Tagged end = connection.ask(
                    Asked.TARGET, new ImapCommand("UID COPY " + SetChunks.text(chunk) + " ").string(name));
            copied = copied.plus(copied(end.code()).and(chunk));
        }
        return copied;
    }

    /** {@code COPYUID 38505 304,319:320 3956:3958}: as many there as here, or the answer is worth nothing. */
    static UidSet copied(Code code) {
        String[] words = code.arguments().strip().split(" +");
        if (!code.is("COPYUID") || words.length != 3) {
            return UidSet.EMPTY;
        }
        try {
            UidSet source = UidSet.parse(words[1]);
            return source.size() == UidSet.parse(words[2]).size() ? source : UidSet.EMPTY;
        } catch (IllegalArgumentException wrong) {
            return UidSet.EMPTY;
        }
    }
}
