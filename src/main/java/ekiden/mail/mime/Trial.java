package ekiden.mail.mime;

/**
 * Opens a suspect mail apart: where it cannot take this process with it. Asked about mails that the process ended over more than once, which is either the
 * mail's doing or the chance of a kill from outside. Safe from any thread.
 */
public interface Trial {
    /**
     * Blocks until the verdict is there, within a deadline of its own.
     *
     * @param name tells the mail from others; letters, digits and dashes
     * @param raw its bytes; not closed
     * @return what became of it
     */
    Verdict of(String name, RawSource raw);

    /** What became of a trial. */
    enum Verdict {
        /** It was opened, read or not, and nothing happened. */
        HARMLESS,
        /** Who opened it did not survive, or did not end in time. */
        HARMFUL,
        /** No trial could be held now; nothing is known. */
        NOT_HELD
    }
}
