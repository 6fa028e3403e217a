package ekiden.mail.receive.imap;

import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;

/** Cuts sets of UIDs so that each fits a command. */
final class SetChunks {
    /** The longest UID, the end of a line, a tag. */
    private static final int SPARE = 64;

    private SetChunks() {}

    /**
     * @param set which mails
     * @param bytes longest text of one
     * @param mails most mails of one
     * @return parts, in order; none for the empty set
     */
    static List<UidSet> of(UidSet set, int bytes, long mails) {
        List<UidSet> chunks = new ArrayList<>();
        List<UidSet.Range> now = new ArrayList<>();
        int length = 0;
        long count = 0;
        for (UidSet.Range range : set.ranges()) {
            long from = range.first();
            while (from <= range.last()) {
                if (!now.isEmpty() && (length > bytes - SPARE || count >= mails)) {
                    chunks.add(new UidSet(now));
                    now = new ArrayList<>();
                    length = 0;
                    count = 0;
                }
                long last = range.last() - from >= mails - count ? from + (mails - count) - 1 : range.last();
                UidSet.Range piece = new UidSet.Range(from, last);
                now.add(piece);
                length += text(piece).length() + 1;
                count += last - from + 1;
                from = last + 1;
            }
        }
        if (!now.isEmpty()) {
            chunks.add(new UidSet(now));
        }
        return chunks;
    }

    /** The set as RFC 3501 writes it; the largest UID there can be stands for "the last there is". */
    static String text(UidSet set) {
        StringBuilder text = new StringBuilder();
        for (UidSet.Range range : set.ranges()) {
            text.append(text.isEmpty() ? "" : ",").append(text(range));
        }
        return text.toString();
    }

    private static String text(UidSet.Range range) {
        String last = range.last() == UidSet.MAX ? "*" : String.valueOf(range.last());
        return range.first() == range.last() ? last : range.first() + ":" + last;
    }
}
