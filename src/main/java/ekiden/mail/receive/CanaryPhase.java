package ekiden.mail.receive;

import ekiden.base.StateTable;

/** Where the canary mail of a mailbox stands: the newest one that was sent, or is being sent. */
public enum CanaryPhase {
    /** None is on its way: none was ever sent, or the last one was seen. */
    RESTING,
    /** It is being handed to the server. */
    SENDING,
    /** The server did not take it; it is handed over again soon. */
    PUT_OFF,
    /** The server took it; it was not seen yet. */
    UNDER_WAY,
    /** It could not be sent. */
    UNSENT,
    /** The server took it, and it was not seen in time. */
    OVERDUE;

    /** What can happen to it. */
    public enum On {
        /** It is time to send: the next one, or the same one again. */
        DUE,
        /** The server took it. */
        ACCEPT,
        /** It was not taken, and there is time for another try. */
        PUT_OFF,
        /** It was not taken, and there is no other try. */
        FAIL,
        /** A reader saw it. */
        SEE,
        /** Its time is over. */
        MISS
    }

    /** The life of a canary. */
    public static final StateTable<CanaryPhase, On> TABLE = StateTable.of("canary", CanaryPhase.class, On.class)
            .row(RESTING, On.DUE, SENDING)
            .row(SENDING, On.ACCEPT, UNDER_WAY)
            .row(SENDING, On.PUT_OFF, PUT_OFF)
            .row(SENDING, On.FAIL, UNSENT)
            .row(SENDING, On.SEE, RESTING)
            .row(PUT_OFF, On.DUE, SENDING)
            .row(PUT_OFF, On.SEE, RESTING)
            .row(UNDER_WAY, On.SEE, RESTING)
            .row(UNDER_WAY, On.MISS, OVERDUE)
            .row(UNSENT, On.DUE, SENDING)
            .row(UNSENT, On.SEE, RESTING)
            .row(OVERDUE, On.DUE, SENDING)
            .row(OVERDUE, On.SEE, RESTING)
            .build();
}
