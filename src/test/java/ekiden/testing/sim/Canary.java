package ekiden.testing.sim;

import ekiden.testing.sim.Violation.Checker;

/** A bug put in on purpose, so that the checker which must see it can be seen to see it. */
enum Canary {
    /** The store forgets which mails it has seen: one that is sent again is another one. */
    FORGETS_MAILS(Checker.MAILS),
    /** The store does not count the watches that joined: a mail tested with an old list is taken as it is. */
    FORGETS_JOINS(Checker.MAILS),
    /** Forces in the spool do nothing. */
    SPOOL_NOT_FORCED(Checker.DURABLE),
    /** Mails are saved although nobody wants them. */
    SAVES_UNWANTED(Checker.UNWANTED),
    /** The agent keeps no note that a command was begun, and wrappers do not look for one another. */
    FORGETS_STARTS(Checker.COMMANDS),
    /** The agent keeps no note that a mail was being sent. */
    FORGETS_SENDING(Checker.SENDING),
    /** Forces of saved files do nothing. */
    FILES_NOT_FORCED(Checker.FILES),
    /** Reports on saved files never arrive. */
    LOSES_REPORTS(Checker.FINISH),
    /** A commit settles more than it says. */
    CURSOR_RUNS_AHEAD(Checker.LETTERS),
    /** Where UIDs are given anew, nothing is found again. */
    FORGETS_MOVES(Checker.TWICE),
    /** A mail is marked read as soon as it is to be saved. */
    DEED_TOO_EARLY(Checker.DEEDS),
    /** A mail that nobody took is marked read. */
    TREATS_UNWANTED(Checker.UNTOUCHED),
    /** Nobody notes that somebody else read a mail first. */
    FORGETS_OTHERS(Checker.ELSEWHERE),
    /** Searches leave every other mail out. */
    HIDES_MAILS(Checker.RECONCILE),
    /** Nobody looks whether a server still answers. */
    NO_WATCHDOG(Checker.ALIVE),
    /** Start conditions of a mailbox that is in trouble end. */
    ENDS_STARTS(Checker.STARTS);

    final Checker catcher;

    Canary(Checker catcher) {
        this.catcher = catcher;
    }
}
