package ekiden.mail.receive.imap;

import ekiden.mail.receive.BodySink;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.model.mail.UidSet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers the hits of a search as ranges: a million UIDs in a row are two numbers. */
final class UidHits implements Takers {
    private final long most;
    private final int mostRanges;
    private final List<UidSet.Range> ranges = new ArrayList<>();
    private long first;
    private long last;
    private long count;

    UidHits(ImapLimits limits) {
        this.most = limits.hits();
        this.mostRanges = limits.ranges();
    }

    @Override
    public void hits(long from, long to) throws ImapStop {
        if (from < 1 || to > UidSet.MAX) {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "UID " + from);
        }
        count += to - from + 1;
        if (count > most) {
            throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "hits " + most);
        }
        if (first > 0 && from == last + 1) {
            last = to;
            return;
        }
        if (ranges.size() + 1 >= mostRanges && first > 0) {
            throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "ranges " + mostRanges);
        }
        closeRange();
        first = from;
        last = to;
    }

    private void closeRange() {
        if (first > 0) {
            ranges.add(new UidSet.Range(first, last));
        }
    }

    UidSet all() {
        closeRange();
        first = 0;
        return UidSet.ofRanges(ranges);
    }

    @Override
    public BodySink.@Nullable Body body(long uid, long size) {
        return null;
    }
}
