package ekiden.mail.receive;

import java.time.Duration;

/**
 * How a folder is watched.
 *
 * @param firstLook which of the mails that lie there already count
 * @param attention how closely it is watched
 * @param deadline an answer to a search must come within this time
 * @param grace how long waiting jobs wait on while the mailbox needs a person
 * @param maxSize the largest mail that is fetched, in bytes
 * @param sameContent what a mail is whose content came before under another UID
 * @param renumbered what is done when the folder's UIDs are given anew
 * @param limits bounds of the work
 */
public record ReaderSettings(
        FirstLook firstLook,
        Attention attention,
        Duration deadline,
        Duration grace,
        long maxSize,
        SameContent sameContent,
        Renumbered renumbered,
        ReaderLimits limits) {
    /** Unread mails, normal attention, 2 minutes, 10 minutes, 2 GiB; copies are noted, new UIDs followed. */
    public static final ReaderSettings DEFAULT = new ReaderSettings(
            FirstLook.UNREAD,
            Attention.NORMAL,
            Duration.ofMinutes(2),
            Duration.ofMinutes(10),
            2L << 30,
            SameContent.NOTE,
            Renumbered.REBIND,
            ReaderLimits.DEFAULT);

    /** Which mails count when a folder is looked at for the first time. */
    public enum FirstLook {
        /** Those that nobody has read. Later too a mail that somebody else reads first triggers nothing. */
        UNREAD,
        /** None: only what comes from now on, and that as under {@link #UNREAD}. */
        NOW,
        /** All. Later too it does not matter who has read a mail. */
        ALL
    }

    /** How closely a folder is watched. */
    public enum Attention {
        /** Hints of the server, quick looks after a mail, and a look now and then. */
        NORMAL,
        /** The server is asked many times a second. */
        CLOSE
    }

    /** What a mail is whose content came before under another UID. */
    public enum SameContent {
        /** Another mail, which is noted to be a copy. */
        NOTE,
        /** The same mail: it joins the first. */
        JOIN
    }

    /** What is done when the folder's UIDs are given anew. */
    public enum Renumbered {
        /** Compare, show what was made of it, go on. */
        REBIND,
        /** Wait for a person's word. */
        ASK
    }

    /** {@return whether short looks were asked for, which give way to nothing} */
    public boolean close() {
        return attention == Attention.CLOSE;
    }

    /** {@return whether a mail that somebody else has read triggers nothing} */
    public boolean unreadOnly() {
        return firstLook != FirstLook.ALL;
    }

    /** {@return the longest pause between two looks: half the deadline, so that one slow answer is no alarm} */
    public Duration longestPause() {
        return longestPause(Duration.ZERO);
    }

    /**
     * @param spread how far apart the looks of one reader must be, so that those of all readers together are not too many
     * @return the longest pause between two looks at a folder where nothing happens: that, but never more than half the deadline
     */
    public Duration longestPause(Duration spread) {
        Duration wanted = spread.compareTo(limits.pause()) > 0 ? spread : limits.pause();
        Duration half = deadline.dividedBy(2);
        return half.compareTo(wanted) < 0 ? half : wanted;
    }
}
