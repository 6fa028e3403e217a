package ekiden.mail.profile;

/**
 * A password or token. Shows itself nowhere: not in {@link #toString}, not as JSON, not in a problem. Safe from any thread.
 */
public final class Secret {
    private final String value;

    /**
     * @param value the password or token itself
     */
    public Secret(String value) {
        this.value = value;
    }

    /** {@return the password or token, for the one line that hands it to a server} */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
