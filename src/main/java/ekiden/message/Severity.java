package ekiden.message;

/** What a message means for the work at hand; the last letter of its id. */
public enum Severity {
    /** The work stops. */
    ERROR,
    /** The work goes on. */
    WARNING,
    /** For information. */
    INFORMATION;

    /**
     * @param id a message id
     * @return its severity; an id without one counts as an error
     */
    public static Severity of(String id) {
        if (id.endsWith("-W")) {
            return WARNING;
        }
        return id.endsWith("-I") ? INFORMATION : ERROR;
    }
}
