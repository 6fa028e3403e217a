package ekiden.mail.receive;

import ekiden.base.StateTable;

/** What the reader of a folder is doing. */
public enum ReaderPhase {
    /** Connects, logs in, opens the folder, asks how far it is settled. */
    CONNECTING,
    /** Asks the server which mails there are. */
    LOOKING,
    /** Reads mails that are not settled, and reports them. */
    READING,
    /** Waits for a hint of the server, or for the time of the next look. */
    WAITING,
    /** Waits after a failure. */
    BACKING_OFF,
    /** The folder has another UIDVALIDITY: its mails are compared with the catalogue, or a person is asked. */
    PAUSED,
    /** Ended. */
    STOPPED;

    /** What can happen to a reader. */
    public enum On {
        /** The folder is open. */
        OPEN,
        /** The folder is open, and its UIDs were given anew. */
        RENUMBER,
        /** A call failed. */
        FAIL,
        /** The search found mails that are not settled. */
        FIND,
        /** The search found nothing new. */
        FIND_NOTHING,
        /** What was found is reported and committed. */
        READ,
        /** A hint of the server, work, or the time of the next look. */
        WAKE,
        /** No answer to a search within the deadline. */
        MISS,
        /** The pause after a failure is over, or a person said to go on. */
        RETRY,
        /** The catalogue knows the folder's mails under their new UIDs. */
        REBIND,
        /** The reader is wanted no more. */
        STOP
    }

    /** The life of a reader. */
    public static final StateTable<ReaderPhase, On> TABLE = StateTable.of("reader", ReaderPhase.class, On.class)
            .row(CONNECTING, On.OPEN, LOOKING)
            .row(CONNECTING, On.RENUMBER, PAUSED)
            .row(CONNECTING, On.FAIL, BACKING_OFF)
            .row(CONNECTING, On.MISS, BACKING_OFF)
            .row(CONNECTING, On.STOP, STOPPED)
            .row(LOOKING, On.FIND, READING)
            .row(LOOKING, On.FIND_NOTHING, WAITING)
            .row(LOOKING, On.FAIL, BACKING_OFF)
            .row(LOOKING, On.MISS, BACKING_OFF)
            .row(LOOKING, On.STOP, STOPPED)
            .row(READING, On.READ, LOOKING)
            .row(READING, On.FAIL, BACKING_OFF)
            .row(READING, On.MISS, BACKING_OFF)
            .row(READING, On.STOP, STOPPED)
            .row(WAITING, On.WAKE, LOOKING)
            .row(WAITING, On.FAIL, BACKING_OFF)
            .row(WAITING, On.MISS, BACKING_OFF)
            .row(WAITING, On.STOP, STOPPED)
            .row(BACKING_OFF, On.RETRY, CONNECTING)
            .row(BACKING_OFF, On.STOP, STOPPED)
            .row(PAUSED, On.REBIND, LOOKING)
            .row(PAUSED, On.RETRY, CONNECTING)
            .row(PAUSED, On.FAIL, BACKING_OFF)
            .row(PAUSED, On.MISS, BACKING_OFF)
            .row(PAUSED, On.STOP, STOPPED)
            .build();
}
