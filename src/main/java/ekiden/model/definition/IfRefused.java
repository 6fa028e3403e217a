package ekiden.model.definition;

/** What becomes of a mail of which the server takes some recipients and not others. The names are the words of definitions and settings. */
public enum IfRefused {
    /** The others get it; the job ends with warning. */
    EACH,
    /** Nobody gets it, which is decided before any content leaves; where one is only put off, nobody gets it now. */
    ALL_OR_NOTHING
}
