package ekiden.store;

import ekiden.timer.Timers;

/** What can be read and written in one transaction. Belongs to the thread that got it, for as long as the work runs. */
public interface Transaction {
    /** {@return versions of definitions} */
    Definitions definitions();

    /** {@return runs and their histories} */
    Runs runs();

    /** {@return the mail catalogue} */
    Mails mails();

    /** {@return how far folders are settled} */
    Cursors cursors();

    /** {@return watch instances} */
    Watches watches();

    /** {@return claims} */
    Claims claims();

    /** {@return what agents are asked to do and have not yet done} */
    Outbox outbox();

    /** {@return which job sent which mail, and what came back of it} */
    SentMails sentMails();

    /** {@return alarms} */
    Alarms alarms();

    /** {@return ids of reports that were taken in already} */
    Reports reports();

    /** {@return the home that the store belongs to} */
    Owner owner();

    /** {@return timers that join this transaction} */
    Timers timers();
}
