package ekiden.mail.spool;

/** What opening marks found at start say of an entry. */
public enum Suspicion {
    /** It may be opened. */
    NONE,
    /** The process ended twice while it was being opened, by it or by chance: it must be tried apart first. */
    SUSPECT,
    /** That was no chance: it belongs in quarantine. */
    GUILTY
}
